package aupay

import "github.com/jpmall/jpmall/timeslot"

// carriers maps the mall's codes both ways; JPエクスプレス and Rakuten EXPRESS have ended and are read only.
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

// Carrier is the shared name of the carrier behind a code; a code that is not known keeps its text.
func (c Carrier) Carrier() timeslot.Carrier {
	carrier, _ := carrierOf(c)
	return carrier
}

// CompanyOf is the mall's code for a carrier, or for the company that runs it; ok is false where the mall has none, or has one only for
// shipments of the past (JPエクスプレス, Rakuten EXPRESS). A carrier written as people write it (ヤマト運輸) counts as the one that
// timeslot.ParseCarrier knows.
func CompanyOf(carrier timeslot.Carrier) (code Carrier, ok bool) {
	carrier = timeslot.ParseCarrier(string(carrier))
	for _, c := range carriers {
		if !c.ended && (c.carrier == carrier || c.carrier == carrier.Company()) {
			return c.code, true
		}
	}
	return "", false
}

// carrierOf reads a code; an unknown one is a carrier with that text as its name.
func carrierOf(code Carrier) (timeslot.Carrier, string) {
	for _, c := range carriers {
		if c.code == code {
			return c.carrier, c.name
		}
	}
	return timeslot.Carrier(code), string(code)
}
