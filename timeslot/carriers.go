package timeslot

// carrierFact is one row of the carrier table.
type carrierFact struct {
	id       Carrier
	company  Carrier // set for services
	ja, en   string
	aliases  []string // further names that people and malls write, beside a slot too
	short    []string // names so short that they mean the carrier only where nothing else stands
	software Software // the usual label software, where one is known and no contract decides
	noSlots  bool
}

// carriers lists every known carrier. Names are those of the malls' lists.
var carriers = []carrierFact{
	{id: Yamato, ja: "ヤマト運輸", en: "Yamato Transport", aliases: []string{"クロネコヤマトの宅急便", "ヤマト宅急便", "ヤマト便", "ヤマト", "クロネコヤマト", "クロネコ", "宅急便", "宅急便コンパクト", "YamatoTransport"}, short: []string{"黒猫", "黒猫ヤマト", "くろねこ", "TA-Q-BIN", "TAQBIN", "クール宅急便"}, software: B2},
	{id: Sagawa, ja: "佐川急便", en: "Sagawa Express", aliases: []string{"飛脚", "佐川", "飛脚宅配便", "SagawaExpress"}, short: []string{"佐川宅配便", "佐川急便宅配便", "飛脚クール便"}},
	{id: JapanPost, ja: "日本郵便", en: "Japan Post", aliases: []string{"日本郵政", "ゆうパック", "郵便局", "JapanPost"}, short: []string{"郵便", "郵パック", "JP", "ゆうびん", "ゆうびんきょく", "日本郵便ゆうパック"}, software: YuPri},
	{id: Seino, ja: "西濃運輸", en: "Seino Transportation", aliases: []string{"西濃", "カンガルー便"}, short: []string{"セイノー", "西濃カンガルー便", "カンガルー"}, software: KangarooMagic2},
	{id: SeinoSuperExpress, ja: "セイノースーパーエクスプレス", en: "Seino Super Express", aliases: []string{"西武運輸", "西部運輸"}, short: []string{"SSX", "セイノースーパー"}},
	{id: Fukuyama, ja: "福山通運", en: "Fukuyama Transporting", aliases: []string{"福山", "福通"}, short: []string{"フクツー", "福山通運株式会社"}, software: ISTAR2},
	{id: Meitetsu, ja: "名鉄運輸", en: "Meitetsu Transport", short: []string{"名鉄"}},
	{id: MeitetsuNX, ja: "名鉄NX運輸", en: "Meitetsu NX Transport"},
	{id: Tonami, ja: "トナミ運輸", en: "Tonami Transportation", aliases: []string{"トナミ"}},
	{id: Daiichi, ja: "第一貨物", en: "Daiichi Freight"},
	{id: Niigata, ja: "新潟運輸", en: "Niigata Transport", short: []string{"新潟"}},
	{id: Chuetsu, ja: "中越運送", en: "Chuetsu Transport", short: []string{"中越"}},
	{id: Okayama, ja: "岡山県貨物運送", en: "Okayamaken Freight Transportation", aliases: []string{"岡山県貨物"}, short: []string{"岡山", "オカケン"}},
	{id: Kurume, ja: "久留米運送", en: "Kurume Transportation", short: []string{"久留米"}},
	{id: Sanyo, ja: "山陽自動車運送", en: "Sanyo Motor Transportation", short: []string{"山陽自動車"}},
	{id: NXTransport, ja: "NXトランスポート", en: "NX Transport", aliases: []string{"日本トラック", "日通トランスポート"}},
	{id: Nittsu, ja: "日本通運", en: "Nippon Express", aliases: []string{"日通", "日通通運", "NipponExpress", "NITTSU"}, software: NittsuLegacy},
	{id: EcoHai, ja: "エコ配", en: "Eco Hai"},
	{id: JPLogistics, ja: "JPロジスティクス", en: "JP Logistics", aliases: []string{"トールエクスプレスジャパン", "トールエクスプレス"}},
	{id: JPExpress, ja: "JPエクスプレス", en: "JP Express"},
	{id: RakutenExpress, ja: "Rakuten EXPRESS", en: "Rakuten EXPRESS", aliases: []string{"楽天エクスプレス"}},
	{id: MagicalMove, ja: "MagicalMove", en: "MagicalMove", aliases: []string{"マジカルムーブ"}},
	{id: AskulLogist, ja: "ASKUL LOGIST", en: "ASKUL LOGIST"},
	{id: SGHGlobal, ja: "SGHグローバル・ジャパン", en: "SGH Global Japan"},
	{id: EMS, ja: "EMS", en: "EMS", aliases: []string{"国際スピード郵便"}},
	{id: DHL, ja: "DHL", en: "DHL", aliases: []string{"DHLジャパン", "DHLExpress"}},
	{id: FedEx, ja: "FedEx", en: "FedEx", aliases: []string{"フェデックス"}},
	{id: UPS, ja: "UPS", en: "UPS", aliases: []string{"ユーピーエス"}},
	{id: TNT, ja: "TNT", en: "TNT"},
	{id: OCS, ja: "OCS", en: "OCS"},
	{id: USPS, ja: "USPS", en: "USPS"},
	{id: SFExpress, ja: "SFエクスプレス", en: "SF Express", aliases: []string{"順豊エクスプレス"}},
	{id: Aramex, ja: "Aramex", en: "Aramex"},
	{id: SelfDelivery, ja: "自社配送", en: "Self Delivery", aliases: []string{"自社便"}, short: []string{"自社"}},
	{id: StorePickup, ja: "店頭受け取り", en: "Store Pickup", aliases: []string{"店頭受取"}, noSlots: true},
	{id: OtherCarrier, ja: "その他", en: "Other", short: []string{"その他配送会社", "その他の配送会社"}},
	{id: RakutenPostShipment, company: JapanPost, ja: "日本郵便 楽天倉庫出荷", en: "Japan Post, from Rakuten's warehouse"},

	{id: YamatoTimeService, company: Yamato, ja: "宅急便タイムサービス", en: "Yamato Time Service", aliases: []string{"タイムサービス"}, software: B2TimeService},
	{id: Nekopos, company: Yamato, ja: "ネコポス", en: "Nekopos", noSlots: true},
	{id: KuronekoYuPacket, company: Yamato, ja: "クロネコゆうパケット", en: "Kuroneko Yu-Packet", aliases: []string{"クロネコゆうパケット便", "ヤマト運輸 クロネコゆうパケット"}, noSlots: true},
	{id: KuronekoDM, company: Yamato, ja: "クロネコDM便", en: "Kuroneko DM", aliases: []string{"DM便"}, noSlots: true},
	{id: YuPacket, company: JapanPost, ja: "ゆうパケット", en: "Yu-Packet", short: []string{"ゆうパケ"}, noSlots: true},
	{id: ClickPost, company: JapanPost, ja: "クリックポスト", en: "Click Post", short: []string{"クリポ"}, noSlots: true},
	{id: YuMail, company: JapanPost, ja: "ゆうメール", en: "Yu-Mail", short: []string{"ゆうメール便"}, noSlots: true},
	{id: HikyakuMail, company: Sagawa, ja: "飛脚メール便", en: "Hikyaku Mail", aliases: []string{"佐川メール便", "飛脚ゆうメール便", "飛脚ゆうメール"}, noSlots: true},
	{id: KonekoBin, company: Yamato, ja: "こねこ便420", en: "Koneko Bin 420", aliases: []string{"こねこ便"}, noSlots: true},
	{id: KuronekoYuMail, company: Yamato, ja: "クロネコゆうメール", en: "Kuroneko Yu-Mail", aliases: []string{"クロネコゆうメール便"}, noSlots: true},
	{id: YuPacketPost, company: JapanPost, ja: "ゆうパケットポスト", en: "Yu-Packet Post", aliases: []string{"ゆうパケットポストmini", "ゆうパケットポストミニ"}, noSlots: true},
	{id: YuPacketPlus, company: JapanPost, ja: "ゆうパケットプラス", en: "Yu-Packet Plus", noSlots: true},
	{id: LetterPackLight, company: JapanPost, ja: "レターパックライト", en: "Letter Pack Light", aliases: []string{"レタパライト", "レターパック370", "レターパック430"}, noSlots: true},
	{id: LetterPackPlus, company: JapanPost, ja: "レターパックプラス", en: "Letter Pack Plus", aliases: []string{"レタパプラス", "レターパック520", "レターパック600"}, noSlots: true},
	{id: SmartLetter, company: JapanPost, ja: "スマートレター", en: "Smart Letter", noSlots: true},
	{id: StandardMail, company: JapanPost, ja: "定形郵便", en: "Standard-Size Mail", aliases: []string{"定型郵便"}, short: []string{"定形", "定型", "定形内", "定形内郵便"}, noSlots: true},
	{id: NonStandardMail, company: JapanPost, ja: "定形外郵便", en: "Nonstandard-Size Mail", aliases: []string{"定型外郵便"}, short: []string{"定形外", "定型外"}, noSlots: true},
	{id: OrdinaryMail, company: JapanPost, ja: "普通郵便", en: "Ordinary Mail", noSlots: true},
	{id: SimpleRegistered, company: JapanPost, ja: "簡易書留", en: "Simplified Registered Mail", aliases: []string{"簡易書留郵便"}, noSlots: true},
	{id: SpecifiedRecord, company: JapanPost, ja: "特定記録郵便", en: "Specified Record Mail", aliases: []string{"特定記録"}, noSlots: true},
	{id: TimedMail, company: JapanPost, ja: "配達時間帯指定郵便", en: "Japan Post Timed Mail", software: TimedMailForm},
	{id: YuPackSmartphone, company: JapanPost, ja: "ゆうパックスマホ割", en: "Yu-Pack Smartphone Discount", software: YuPackApp},
}
