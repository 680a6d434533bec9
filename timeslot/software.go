package timeslot

// Software is the label software (送り状発行ソフト) that a code is for, together with
// the contract where two contracts have different codes. It is an open type; for an
// unknown one every question ends in ErrNoTable.
type Software string

// The label software whose slots are known.
const (
	B2             Software = "b2"              // Yamato B2クラウド and B2: 宅急便, 宅急便コンパクト
	B2TimeService  Software = "b2-time-service" // Yamato B2, slip type タイムサービス
	YamatoWeb      Software = "yamato-web"      // Yamato's web sending form
	EHiden2Five    Software = "ehiden2-5"       // Sagawa e飛伝II, contract of five slots
	EHiden2Six     Software = "ehiden2-6"       // Sagawa e飛伝II, option of six slots
	EHiden3Five    Software = "ehiden3-5"       // Sagawa e飛伝III, contract of five slots
	EHiden3Six     Software = "ehiden3-6"       // Sagawa e飛伝III, option of six slots
	EHidenProFive  Software = "ehiden-pro-5"    // Sagawa e飛伝Pro, contract of five slots
	EHidenProSix   Software = "ehiden-pro-6"    // Sagawa e飛伝Pro, option of six slots
	YuPri          Software = "yupri"           // Japan Post ゆうパックプリントR, Webゆうプリ
	YuPackApp      Software = "yupack-app"      // Japan Post ゆうパックスマホ割
	KangarooMagic2 Software = "kangaroo-magic2" // Seino カンガルーマジック2: slots known, codes not
	ISTAR2         Software = "istar2"          // Fukuyama iSTAR-2: slots known, codes not
)
