package rakuten

import "github.com/jpmall/jpmall/timeslot"

// DeliveryCompany (配送会社コード) is Rakuten's code of a delivery company, so far "1000" to "1031".
type DeliveryCompany string

// [OtherCompany] (その他) is the code of companies without one. getOrder also returns it where the
// shop chose none.
const OtherCompany DeliveryCompany = "1000"

type company struct {
	code    DeliveryCompany
	name    string
	carrier timeslot.Carrier
}

// companies is the one table of carriers, both ways. Source: 配送会社コード of the pages
// updateOrderShipping and getOrder.
var companies = []company{
	{OtherCompany, "その他", timeslot.OtherCarrier},
	{"1001", "ヤマト運輸", timeslot.Yamato},
	{"1002", "佐川急便", timeslot.Sagawa},
	{"1003", "日本郵便", timeslot.JapanPost},
	{"1004", "西濃運輸", timeslot.Seino},
	{"1005", "セイノースーパーエクスプレス", timeslot.SeinoSuperExpress},
	{"1006", "福山通運", timeslot.Fukuyama},
	{"1007", "名鉄運輸", timeslot.Meitetsu},
	{"1008", "トナミ運輸", timeslot.Tonami},
	{"1009", "第一貨物", timeslot.Daiichi},
	{"1010", "新潟運輸", timeslot.Niigata},
	{"1011", "中越運送", timeslot.Chuetsu},
	{"1012", "岡山県貨物運送", timeslot.Okayama},
	{"1013", "久留米運送", timeslot.Kurume},
	{"1014", "山陽自動車運送", timeslot.Sanyo},
	{"1015", "NXトランスポート", timeslot.NXTransport},
	{"1016", "エコ配", timeslot.EcoHai},
	{"1017", "EMS", timeslot.EMS},
	{"1018", "DHL", timeslot.DHL},
	{"1019", "FedEx", timeslot.FedEx},
	{"1020", "UPS", timeslot.UPS},
	{"1021", "日本通運", timeslot.Nittsu},
	{"1022", "TNT", timeslot.TNT},
	{"1023", "OCS", timeslot.OCS},
	{"1024", "USPS", timeslot.USPS},
	{"1025", "SFエクスプレス", timeslot.SFExpress},
	{"1026", "Aramex", timeslot.Aramex},
	{"1027", "SGHグローバル・ジャパン", timeslot.SGHGlobal},
	{"1028", "Rakuten EXPRESS", timeslot.RakutenExpress},
	{"1029", "日本郵便 楽天倉庫出荷", timeslot.RakutenPostShipment},
	{"1030", "ヤマト運輸 クロネコゆうパケット", timeslot.KuronekoYuPacket},
	{"1031", "名鉄NX運輸", timeslot.MeitetsuNX},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (d DeliveryCompany) Name() string {
	for _, c := range companies {
		if c.code == d {
			return c.name
		}
	}
	return string(d)
}

// Known reports whether the value is documented.
func (d DeliveryCompany) Known() bool { return d.Name() != string(d) }

// Carrier returns the carrier of the code; an unknown code keeps its text.
func (d DeliveryCompany) Carrier() timeslot.Carrier {
	for _, c := range companies {
		if c.code == d {
			return c.carrier
		}
	}
	return timeslot.Carrier(d)
}

// CompanyOf returns Rakuten's code of a carrier; ok is false where there is none. A service without
// a code gives that of its company (ネコポス gives ヤマト運輸). carrier may also be one of Rakuten's codes,
// or any name that [timeslot.ParseCarrier] knows (ヤマト運輸).
func CompanyOf(carrier timeslot.Carrier) (code DeliveryCompany, ok bool) {
	carrier = timeslot.ParseCarrier(string(carrier))
	for _, c := range companies {
		if c.carrier == carrier || c.code == DeliveryCompany(carrier) {
			return c.code, true
		}
	}
	if company := carrier.Company(); company != carrier {
		return CompanyOf(company)
	}
	return "", false
}
