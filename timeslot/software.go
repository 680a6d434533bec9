package timeslot

import "slices"

// Software is the label software (送り状発行ソフト) that a code is for. Where two contracts have different
// codes, each is a Software. The type is open: Code and Slot of any other text fail with
// [ErrNoTable].
type Software string

// The label software with known slots.
const (
	B2            Software = "b2"              // Yamato B2クラウド and B2: 宅急便, 宅急便コンパクト
	B2TimeService Software = "b2-time-service" // Yamato B2, slip type タイムサービス
	YamatoWeb     Software = "yamato-web"      // Yamato's web sending form
	EHiden2Five   Software = "ehiden2-5"       // Sagawa e飛伝II, five-slot contract
	EHiden2Six    Software = "ehiden2-6"       // Sagawa e飛伝II, six-slot option
	EHiden3Five   Software = "ehiden3-5"       // Sagawa e飛伝III, five-slot contract
	EHiden3Six    Software = "ehiden3-6"       // Sagawa e飛伝III, six-slot option
	// Sagawa e飛伝Pro, five-slot contract; seals not known
	EHidenProFive Software = "ehiden-pro-5"
	// Sagawa e飛伝Pro, six-slot option; seals not known
	EHidenProSix   Software = "ehiden-pro-6"
	YuPri          Software = "yupri"           // Japan Post ゆうパックプリントR, Webゆうプリ
	YuPackApp      Software = "yupack-app"      // Japan Post ゆうパックスマホ割
	KangarooMagic2 Software = "kangaroo-magic2" // Seino カンガルーマジック2: slots known, codes not
	ISTAR2         Software = "istar2"          // Fukuyama iSTAR-2: slots known, codes not
	TimedMailForm  Software = "timed-mail"      // 配達時間帯指定郵便, counter form: no codes
	NittsuLegacy   Software = "nittsu"          // 日本通運, former parcel business: codes not known
)

// [SagawaDateSeal] is the 指定シール code of e飛伝II for a delivery date (指定日配達). For slots see
// [Code.Seal].
const SagawaDateSeal = "005"

// Offer is one slot that a carrier offers.
type Offer struct {
	Slot Slot // Morning for 午前中, whatever its hours
	// The carrier's hours for the slot; both zero if it states none.
	From  Clock
	To    Clock
	Label string // as the carrier writes it

	// The first and last day on which the slot is offered. A zero Since means that it is not known
	// or always was; a zero Until means that it still is.
	Since, Until Date

	Code string   // the software's code; empty if not known
	Seal string   // Sagawa's 指定シール code; empty if there is none or it is not known
	Sure Sureness // how reliable the code is, or the slot if there is no code
}

// on reports whether the slot is offered on a day; the zero day means the newest state of the
// table.
func (o Offer) on(day Date) bool {
	if day.IsZero() {
		return o.Until.IsZero()
	}
	return day.Compare(o.Since) >= 0 && (o.Until.IsZero() || day.Compare(o.Until) <= 0)
}

// is reports whether the offer is the wanted slot, by name or by hours: 08:00-12:00 is the morning
// of a carrier whose morning lasts from 8 to 12.
func (o Offer) is(want Slot) bool {
	if o.Slot == want {
		return true
	}
	return o.To > o.From && o.Slot.Kind() != KindUntil && want == window(o.From, o.To)
}

// Known reports whether the package has a table for s.
func (s Software) Known() bool {
	_, ok := tables[s]
	return ok
}

// Carrier returns the carrier that s prints labels for, or "" if s is unknown.
func (s Software) Carrier() Carrier { return tables[s].carrier }

// Offers returns the slots offered on a day, in the order of the table. The zero Date means the
// newest state of the table. Unknown software has none.
func (s Software) Offers(day Date) []Offer {
	var list []Offer
	for _, o := range tables[s].offers {
		if o.on(day) {
			list = append(list, o)
		}
	}
	return list
}

// Softwares returns the software that has a table, sorted.
func Softwares() []Software {
	list := make([]Software, 0, len(tables))
	for s := range tables {
		list = append(list, s)
	}
	slices.Sort(list)
	return list
}
