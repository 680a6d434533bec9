package yahoo

// ShipCompanyCode is a carrier (配送会社). Orders before 2018-10 have codes of three digits; Current
// returns the code of today.
type ShipCompanyCode string

// The values of [ShipCompanyCode].
const (
	CompanyOther           ShipCompanyCode = "1000"
	CompanyYamato          ShipCompanyCode = "1001"
	CompanySagawa          ShipCompanyCode = "1002"
	CompanyJapanPost       ShipCompanyCode = "1003"
	CompanySeino           ShipCompanyCode = "1004"
	CompanySeibu           ShipCompanyCode = "1005"
	CompanyFukuyama        ShipCompanyCode = "1006"
	CompanyMeitetsu        ShipCompanyCode = "1007"
	CompanyTonami          ShipCompanyCode = "1008"
	CompanyDaiichiKamotsu  ShipCompanyCode = "1009"
	CompanyNiigataUnyu     ShipCompanyCode = "1010"
	CompanyChuetsu         ShipCompanyCode = "1011"
	CompanyOkayama         ShipCompanyCode = "1012"
	CompanyKurume          ShipCompanyCode = "1013"
	CompanySanyoJidosha    ShipCompanyCode = "1014"
	CompanyNihonTruck      ShipCompanyCode = "1015"
	CompanyEcohai          ShipCompanyCode = "1016"
	CompanyEMS             ShipCompanyCode = "1017"
	CompanyDHL             ShipCompanyCode = "1018"
	CompanyFedEx           ShipCompanyCode = "1019"
	CompanyUPS             ShipCompanyCode = "1020"
	CompanyNittsuTransport ShipCompanyCode = "1021"
	CompanyTNT             ShipCompanyCode = "1022"
	CompanyOCS             ShipCompanyCode = "1023"
	CompanyUSPS            ShipCompanyCode = "1024"
	CompanySFExpress       ShipCompanyCode = "1025"
	CompanyAramex          ShipCompanyCode = "1026"
	CompanySGHGlobal       ShipCompanyCode = "1027"
	CompanyJPLogistics     ShipCompanyCode = "1028"
	CompanyMagicalMove     ShipCompanyCode = "1029"
	CompanyAskul           ShipCompanyCode = "5000"
	CompanyStorePickup     ShipCompanyCode = "5001"
)

var shipCompanyCodeNames = []valueName[ShipCompanyCode]{
	{CompanyOther, "その他"},
	{CompanyYamato, "ヤマト運輸"},
	{CompanySagawa, "佐川急便"},
	{CompanyJapanPost, "日本郵便"},
	{CompanySeino, "西濃運輸"},
	{CompanySeibu, "西武運輸"},
	{CompanyFukuyama, "福山通運"},
	{CompanyMeitetsu, "名鉄運輸"},
	{CompanyTonami, "トナミ運輸"},
	{CompanyDaiichiKamotsu, "第一貨物"},
	{CompanyNiigataUnyu, "新潟運輸"},
	{CompanyChuetsu, "中越運送"},
	{CompanyOkayama, "岡山県貨物運送"},
	{CompanyKurume, "久留米運送"},
	{CompanySanyoJidosha, "山陽自動車運送"},
	{CompanyNihonTruck, "日本トラック"},
	{CompanyEcohai, "エコ配"},
	{CompanyEMS, "EMS"},
	{CompanyDHL, "DHL"},
	{CompanyFedEx, "FedEx"},
	{CompanyUPS, "UPS"},
	{CompanyNittsuTransport, "日通通運"},
	{CompanyTNT, "TNT"},
	{CompanyOCS, "OCS"},
	{CompanyUSPS, "USPS"},
	{CompanySFExpress, "SFエクスプレス"},
	{CompanyAramex, "Aramex"},
	{CompanySGHGlobal, "SGHグローバル・ジャパン"},
	{CompanyJPLogistics, "JPロジスティクス"},
	{CompanyMagicalMove, "MagicalMove"},
	{CompanyAskul, "ASKUL LOGIST"},
	{CompanyStorePickup, "店頭受け取り"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v ShipCompanyCode) Name() string { return nameOf(shipCompanyCodeNames, v) }

// Known reports whether the value is documented.
func (v ShipCompanyCode) Known() bool { return knownIn(shipCompanyCodeNames, v) }
