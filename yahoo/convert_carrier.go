package yahoo

import "github.com/jpmall/jpmall/timeslot"

// carriers maps the mall's carrier codes both ways, one code a carrier: 西武運輸 is what セイノースーパーエクスプレス
// was, 日本トラック what NXトランスポート was, and 日通通運 is 日本通運 (the malls share these codes, and Rakuten's list
// has the newer names).
var carriers = []struct {
	code    ShipCompanyCode
	carrier timeslot.Carrier
}{
	{CompanyYamato, timeslot.Yamato},
	{CompanySagawa, timeslot.Sagawa},
	{CompanyJapanPost, timeslot.JapanPost},
	{CompanySeino, timeslot.Seino},
	{CompanySeibu, timeslot.SeinoSuperExpress},
	{CompanyFukuyama, timeslot.Fukuyama},
	{CompanyMeitetsu, timeslot.Meitetsu},
	{CompanyTonami, timeslot.Tonami},
	{CompanyDaiichiKamotsu, timeslot.Daiichi},
	{CompanyNiigataUnyu, timeslot.Niigata},
	{CompanyChuetsu, timeslot.Chuetsu},
	{CompanyOkayama, timeslot.Okayama},
	{CompanyKurume, timeslot.Kurume},
	{CompanySanyoJidosha, timeslot.Sanyo},
	{CompanyNihonTruck, timeslot.NXTransport},
	{CompanyEcohai, timeslot.EcoHai},
	{CompanyEMS, timeslot.EMS},
	{CompanyDHL, timeslot.DHL},
	{CompanyFedEx, timeslot.FedEx},
	{CompanyUPS, timeslot.UPS},
	{CompanyNittsuTransport, timeslot.Nittsu},
	{CompanyTNT, timeslot.TNT},
	{CompanyOCS, timeslot.OCS},
	{CompanyUSPS, timeslot.USPS},
	{CompanySFExpress, timeslot.SFExpress},
	{CompanyAramex, timeslot.Aramex},
	{CompanySGHGlobal, timeslot.SGHGlobal},
	{CompanyJPLogistics, timeslot.JPLogistics},
	{CompanyMagicalMove, timeslot.MagicalMove},
	{CompanyAskul, timeslot.AskulLogist},
	{CompanyStorePickup, timeslot.StorePickup},
	{CompanyOther, timeslot.OtherCarrier},
}

// oldCompanies are the codes of orders before 2018-10.
var oldCompanies = map[ShipCompanyCode]ShipCompanyCode{
	"999": CompanyOther, "103": CompanyYamato, "104": CompanySagawa, "100": CompanyJapanPost,
}

// Current returns the code in use since 2018-10 for an older one; any other code is returned as it
// is.
func (c ShipCompanyCode) Current() ShipCompanyCode {
	if now, ok := oldCompanies[c]; ok {
		return now
	}
	return c
}

// Carrier returns the carrier of a code and the mall's name for it. For an unknown code, carrier is
// empty and name is the code.
func (c ShipCompanyCode) Carrier() (carrier timeslot.Carrier, name string) {
	c = c.Current()
	for _, row := range carriers {
		if row.code == c {
			return row.carrier, c.Name()
		}
	}
	return "", c.Name()
}

// CompanyOf returns the mall's code for a carrier, or for the company that runs it; ok is false
// when the mall has none. Other names of a carrier (ヤマト運輸) are read by [timeslot.ParseCarrier].
func CompanyOf(carrier timeslot.Carrier) (code ShipCompanyCode, ok bool) {
	carrier = timeslot.ParseCarrier(string(carrier))
	for _, c := range []timeslot.Carrier{carrier, carrier.Company()} {
		for _, row := range carriers {
			if row.carrier == c && c != "" {
				return row.code, true
			}
		}
	}
	return "", false
}
