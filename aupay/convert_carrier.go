package aupay

import "github.com/jpmall/jpmall/timeslot"

// carriers maps the mall's codes both ways. JPエクスプレス and Rakuten EXPRESS have ended and are only
// read.
var carriers = []struct {
	code    Carrier
	carrier timeslot.Carrier
	name    string
	ended   bool
}{
	{CarrierYamato, timeslot.Yamato, "ヤマト運輸", false},
	{CarrierSagawa, timeslot.Sagawa, "佐川急便", false},
	{CarrierJPExpress, timeslot.JPExpress, "JPエクスプレス", true},
	{CarrierFukuyama, timeslot.Fukuyama, "福山通運", false},
	{CarrierSeino, timeslot.Seino, "西濃運輸", false},
	{CarrierJapanPost, timeslot.JapanPost, "日本郵便", false},
	{CarrierRakutenExpress, timeslot.RakutenExpress, "Rakuten EXPRESS", true},
	{CarrierOther, timeslot.OtherCarrier, "その他配送会社", false},
}

// Carrier returns the shared name of the carrier; an unknown code keeps its text.
func (c Carrier) Carrier() timeslot.Carrier {
	carrier, _ := carrierOf(c)
	return carrier
}

// CompanyOf returns the mall's code for a carrier, or for the company that runs it. ok is false
// where the mall has none, or has one only for past shipments (JPエクスプレス, Rakuten EXPRESS). carrier
// may be any text that [timeslot.ParseCarrier] knows, such as ヤマト運輸.
func CompanyOf(carrier timeslot.Carrier) (code Carrier, ok bool) {
	carrier = timeslot.ParseCarrier(string(carrier))
	for _, c := range carriers {
		if !c.ended && (c.carrier == carrier || c.carrier == carrier.Company()) {
			return c.code, true
		}
	}
	return "", false
}

// carrierOf returns the carrier of a code; an unknown one has its text as its name.
func carrierOf(code Carrier) (timeslot.Carrier, string) {
	for _, c := range carriers {
		if c.code == code {
			return c.carrier, c.name
		}
	}
	return timeslot.Carrier(code), string(code)
}
