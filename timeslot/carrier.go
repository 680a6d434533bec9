package timeslot

import "strings"

// Carrier is a delivery company (配送会社), or one of its services where the service
// decides about slots (ネコポス knows none, although Yamato's 宅急便 does). It is an
// open type: a text that is none of the constants is a legal carrier that keeps its
// text as its name. The zero Carrier means that none is known.
//
// A mall's own carrier codes are mapped to Carriers by that mall's package.
type Carrier string

// Companies, as the malls' carrier lists name them.
const (
	Yamato              Carrier = "yamato" // with 宅急便 and 宅急便コンパクト
	Sagawa              Carrier = "sagawa" // with 飛脚宅配便
	JapanPost           Carrier = "japan-post"
	Seino               Carrier = "seino"
	SeinoSuperExpress   Carrier = "seino-super-express"
	Fukuyama            Carrier = "fukuyama"
	Meitetsu            Carrier = "meitetsu"
	MeitetsuNX          Carrier = "meitetsu-nx"
	Tonami              Carrier = "tonami"
	Daiichi             Carrier = "daiichi"
	Niigata             Carrier = "niigata"
	Chuetsu             Carrier = "chuetsu"
	Okayama             Carrier = "okayama"
	Kurume              Carrier = "kurume"
	Sanyo               Carrier = "sanyo"
	NXTransport         Carrier = "nx-transport"
	Nittsu              Carrier = "nittsu"
	EcoHai              Carrier = "ecohai"
	JPLogistics         Carrier = "jp-logistics"
	JPExpress           Carrier = "jp-express"
	RakutenExpress      Carrier = "rakuten-express"
	MagicalMove         Carrier = "magical-move"
	AskulLogist         Carrier = "askul-logist"
	SGHGlobal           Carrier = "sgh-global"
	EMS                 Carrier = "ems"
	DHL                 Carrier = "dhl"
	FedEx               Carrier = "fedex"
	UPS                 Carrier = "ups"
	TNT                 Carrier = "tnt"
	OCS                 Carrier = "ocs"
	USPS                Carrier = "usps"
	SFExpress           Carrier = "sf-express"
	Aramex              Carrier = "aramex"
	SelfDelivery        Carrier = "self-delivery"
	StorePickup         Carrier = "store-pickup"
	OtherCarrier        Carrier = "other" // the malls' その他, when no name came with it
	RakutenPostShipment Carrier = "japan-post-rakuten"
)

// Services that differ from their company's parcels in what they know of slots.
const (
	YamatoTimeService Carrier = "yamato-time-service"    // タイムサービス: until 10:00 or 17:00
	Nekopos           Carrier = "nekopos"                // no slots
	KuronekoYuPacket  Carrier = "kuroneko-yu-packet"     // no slots
	KuronekoDM        Carrier = "kuroneko-dm"            // no slots
	YuPacket          Carrier = "yu-packet"              // no slots
	ClickPost         Carrier = "click-post"             // no slots
	YuMail            Carrier = "yu-mail"                // no slots
	HikyakuMail       Carrier = "hikyaku-mail"           // no slots
	TimedMail         Carrier = "japan-post-timed-mail"  // 配達時間帯指定郵便, letters
	YuPackSmartphone  Carrier = "yu-pack-smartphone-app" // ゆうパックスマホ割
)

// carrierFact is one row of the carrier table.
type carrierFact struct {
	id       Carrier
	company  Carrier // set for services
	ja, en   string
	aliases  []string // further names that people and malls write
	software Software // the usual label software, where one is known and no contract decides
	noSlots  bool
}

// carriers lists every known carrier. Names are those of the malls' lists.
var carriers = []carrierFact{
	{id: Yamato, ja: "ヤマト運輸", en: "Yamato Transport", aliases: []string{"ヤマト", "クロネコヤマト", "クロネコ", "宅急便", "宅急便コンパクト", "YamatoTransport"}, software: B2},
	{id: Sagawa, ja: "佐川急便", en: "Sagawa Express", aliases: []string{"佐川", "飛脚宅配便", "SagawaExpress"}},
	{id: JapanPost, ja: "日本郵便", en: "Japan Post", aliases: []string{"ゆうパック", "郵便局", "JapanPost"}, software: YuPri},
	{id: Seino, ja: "西濃運輸", en: "Seino Transportation", aliases: []string{"西濃", "カンガルー便"}, software: KangarooMagic2},
	{id: SeinoSuperExpress, ja: "セイノースーパーエクスプレス", en: "Seino Super Express", aliases: []string{"西武運輸", "西部運輸"}},
	{id: Fukuyama, ja: "福山通運", en: "Fukuyama Transporting", aliases: []string{"福山", "福通"}, software: ISTAR2},
	{id: Meitetsu, ja: "名鉄運輸", en: "Meitetsu Transport"},
	{id: MeitetsuNX, ja: "名鉄NX運輸", en: "Meitetsu NX Transport"},
	{id: Tonami, ja: "トナミ運輸", en: "Tonami Transportation", aliases: []string{"トナミ"}},
	{id: Daiichi, ja: "第一貨物", en: "Daiichi Freight"},
	{id: Niigata, ja: "新潟運輸", en: "Niigata Transport"},
	{id: Chuetsu, ja: "中越運送", en: "Chuetsu Transport"},
	{id: Okayama, ja: "岡山県貨物運送", en: "Okayamaken Freight Transportation"},
	{id: Kurume, ja: "久留米運送", en: "Kurume Transportation"},
	{id: Sanyo, ja: "山陽自動車運送", en: "Sanyo Motor Transportation"},
	{id: NXTransport, ja: "NXトランスポート", en: "NX Transport", aliases: []string{"日本トラック", "日通トランスポート"}},
	{id: Nittsu, ja: "日本通運", en: "Nippon Express", aliases: []string{"日通", "日通通運", "NipponExpress", "NITTSU"}, software: NittsuLegacy},
	{id: EcoHai, ja: "エコ配", en: "Eco Hai"},
	{id: JPLogistics, ja: "JPロジスティクス", en: "JP Logistics"},
	{id: JPExpress, ja: "JPエクスプレス", en: "JP Express"},
	{id: RakutenExpress, ja: "Rakuten EXPRESS", en: "Rakuten EXPRESS"},
	{id: MagicalMove, ja: "MagicalMove", en: "MagicalMove"},
	{id: AskulLogist, ja: "ASKUL LOGIST", en: "ASKUL LOGIST"},
	{id: SGHGlobal, ja: "SGHグローバル・ジャパン", en: "SGH Global Japan"},
	{id: EMS, ja: "EMS", en: "EMS", aliases: []string{"国際スピード郵便"}},
	{id: DHL, ja: "DHL", en: "DHL"},
	{id: FedEx, ja: "FedEx", en: "FedEx", aliases: []string{"フェデックス"}},
	{id: UPS, ja: "UPS", en: "UPS"},
	{id: TNT, ja: "TNT", en: "TNT"},
	{id: OCS, ja: "OCS", en: "OCS"},
	{id: USPS, ja: "USPS", en: "USPS"},
	{id: SFExpress, ja: "SFエクスプレス", en: "SF Express"},
	{id: Aramex, ja: "Aramex", en: "Aramex"},
	{id: SelfDelivery, ja: "自社配送", en: "Self Delivery", aliases: []string{"自社便"}},
	{id: StorePickup, ja: "店頭受け取り", en: "Store Pickup", aliases: []string{"店頭受取"}, noSlots: true},
	{id: OtherCarrier, ja: "その他", en: "Other"},
	{id: RakutenPostShipment, company: JapanPost, ja: "日本郵便 楽天倉庫出荷", en: "Japan Post, from Rakuten's warehouse"},

	{id: YamatoTimeService, company: Yamato, ja: "宅急便タイムサービス", en: "Yamato Time Service", aliases: []string{"タイムサービス"}, software: B2TimeService},
	{id: Nekopos, company: Yamato, ja: "ネコポス", en: "Nekopos", noSlots: true},
	{id: KuronekoYuPacket, company: Yamato, ja: "クロネコゆうパケット", en: "Kuroneko Yu-Packet", aliases: []string{"ヤマト運輸 クロネコゆうパケット"}, noSlots: true},
	{id: KuronekoDM, company: Yamato, ja: "クロネコDM便", en: "Kuroneko DM", aliases: []string{"DM便"}, noSlots: true},
	{id: YuPacket, company: JapanPost, ja: "ゆうパケット", en: "Yu-Packet", noSlots: true},
	{id: ClickPost, company: JapanPost, ja: "クリックポスト", en: "Click Post", noSlots: true},
	{id: YuMail, company: JapanPost, ja: "ゆうメール", en: "Yu-Mail", noSlots: true},
	{id: HikyakuMail, company: Sagawa, ja: "飛脚メール便", en: "Hikyaku Mail", noSlots: true},
	{id: TimedMail, company: JapanPost, ja: "配達時間帯指定郵便", en: "Japan Post Timed Mail", software: TimedMailForm},
	{id: YuPackSmartphone, company: JapanPost, ja: "ゆうパックスマホ割", en: "Yu-Pack Smartphone Discount", software: YuPackApp},
}

// fact finds the row of a known carrier. The table is short; a walk is quick enough.
func (c Carrier) fact() (carrierFact, bool) {
	for i := range carriers {
		if carriers[i].id == c {
			return carriers[i], true
		}
	}
	return carrierFact{}, false
}

// Known reports whether c is one of the package's carriers.
func (c Carrier) Known() bool {
	_, ok := c.fact()
	return ok
}

// Name is the Japanese name; an unknown carrier's is its own text.
func (c Carrier) Name() string {
	if f, ok := c.fact(); ok {
		return f.ja
	}
	return string(c)
}

// EnglishName is the English name; an unknown carrier's is its own text.
func (c Carrier) EnglishName() string {
	if f, ok := c.fact(); ok {
		return f.en
	}
	return string(c)
}

// Company is the company that runs the service c, or c itself.
func (c Carrier) Company() Carrier {
	if f, ok := c.fact(); ok && f.company != "" {
		return f.company
	}
	return c
}

// NoSlots reports whether c is known to offer no delivery slots at all, as ネコポス
// and クリックポスト do. False does not say that it offers any.
func (c Carrier) NoSlots() bool {
	f, _ := c.fact()
	return f.noSlots
}

// Software is the label software whose codes c's shippers use, where the package
// knows one. It is empty for Sagawa, whose two contracts have different codes
// (choose one of the EHiden constants), and for carriers whose software is unknown.
func (c Carrier) Software() Software {
	f, _ := c.fact()
	return f.software
}

// Carriers lists the known carriers, companies first.
func Carriers() []Carrier {
	list := make([]Carrier, len(carriers))
	for i := range carriers {
		list[i] = carriers[i].id
	}
	return list
}

// ParseCarrier finds the carrier of a name: its text form, its Japanese or English
// name or another name in use (クロネコヤマト, ゆうパック), whatever the width and
// spacing. Nothing is searched inside a longer text. Any other text, trimmed of
// spaces, is returned as an unknown Carrier.
func ParseCarrier(name string) Carrier {
	var buf, other [foldBuffer]byte
	key := string(appendFold(buf[:0], name))
	for _, f := range carriers {
		for _, n := range append([]string{string(f.id), f.ja, f.en}, f.aliases...) {
			if key == string(appendFold(other[:0], n)) {
				return f.id
			}
		}
	}
	return Carrier(strings.TrimSpace(name))
}
