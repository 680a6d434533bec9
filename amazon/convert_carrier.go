package amazon

import "github.com/jpmall/jpmall/timeslot"

// Carrier codes of Amazon.co.jp. Codes are required since 2022-08-31 and must match a listed value
// exactly. The official list is on a page of Seller Central that needs a login; these values are
// from public copies of it. [CarrierOther] needs a name.
const (
	CarrierYamato    = "YAMATO"
	CarrierSagawa    = "SAGAWA"
	CarrierNittsu    = "NITTSU"
	CarrierJapanPost = "Japan Post"
	CarrierSeino     = "SEINO TRANSPORTATION"
	CarrierJPExpress = "JP_EXPRESS"
	CarrierFedEx     = "FEDEX_JP"
	CarrierOther     = "Other"
)

// carrierCode is one of Amazon's codes with its carrier.
type carrierCode struct {
	code    string
	carrier timeslot.Carrier
}

// carriers is searched from the top: the first code of a carrier is the one that is sent. The older
// codes are only read, and so is Self Delivery, which some copies of the list have and others do
// not.
var carriers = []carrierCode{
	{CarrierYamato, timeslot.Yamato},
	{CarrierSagawa, timeslot.Sagawa},
	{CarrierNittsu, timeslot.Nittsu},
	{CarrierJapanPost, timeslot.JapanPost},
	{CarrierSeino, timeslot.Seino},
	{CarrierJPExpress, timeslot.JPExpress},
	{CarrierFedEx, timeslot.FedEx},
	{"YamatoTransport", timeslot.Yamato}, // older values
	{"SagawaExpress", timeslot.Sagawa},
	{"NipponExpress", timeslot.Nittsu},
	{"Self Delivery", timeslot.SelfDelivery},
}

// CarrierOf returns the carrier of a package, from one of Amazon's codes or a name that timeslot
// knows. Any other text is returned unchanged.
func CarrierOf(text string) timeslot.Carrier {
	if text == "" {
		return ""
	}
	for _, c := range carriers {
		if c.code == text {
			return c.carrier
		}
	}
	return timeslot.ParseCarrier(text)
}

// CompanyOf returns Amazon's code for a carrier, or for the company that runs it (ネコポス). carrier
// may be anything that [CarrierOf] reads (ヤマト運輸). ok is false when Amazon has no code:
// confirmShipment then takes [CarrierOther] with a name.
func CompanyOf(carrier timeslot.Carrier) (code string, ok bool) {
	company := CarrierOf(string(carrier)).Company()
	if company == timeslot.OtherCarrier {
		return CarrierOther, true
	}
	for _, known := range carriers {
		if known.carrier == company && known.carrier != timeslot.SelfDelivery {
			return known.code, true
		}
	}
	return "", false
}
