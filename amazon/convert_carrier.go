package amazon

import "github.com/jpmall/jpmall/timeslot"

// Carrier codes of Amazon.co.jp. Codes are required since 2022-08-31 and must match a listed value exactly; the official list is on
// a page of Seller Central that needs a login, so these are the values found in public copies of it. CarrierOther needs a name.
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

// carriers is read from the top: the first code of a carrier is the one that is written. An older code is only read, and so is Self
// Delivery, which some copies of the list have and others do not.
var carriers = []struct {
	code    string
	carrier timeslot.Carrier
}{
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

// CarrierOf reads the carrier of a package: one of Amazon's codes, or a name that timeslot knows. Any other text stays as it is.
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

// CarrierCode gives the carrierCode that confirmShipment wants. A carrier without a code of its own is CarrierOther with its
// Japanese name; a service (ネコポス) goes under its company's code. A carrier written as people write it (ヤマト運輸), or as one of Amazon's
// codes, counts as the one that CarrierOf knows.
func CarrierCode(c timeslot.Carrier) (code, name string) {
	c = CarrierOf(string(c))
	for _, known := range carriers {
		if known.carrier == c.Company() && known.carrier != timeslot.SelfDelivery {
			return known.code, ""
		}
	}
	return CarrierOther, c.Name()
}
