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

// carrierOf reads a code; an unknown one is a carrier with that text as its name.
func carrierOf(code Carrier) (timeslot.Carrier, string) {
	for _, c := range carriers {
		if c.code == code {
			return c.carrier, c.name
		}
	}
	return timeslot.Carrier(code), string(code)
}
