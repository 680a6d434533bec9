package timeslot

import "slices"

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
	EHidenProFive  Software = "ehiden-pro-5"    // Sagawa e飛伝Pro, contract of five slots; seals not known
	EHidenProSix   Software = "ehiden-pro-6"    // Sagawa e飛伝Pro, option of six slots; seals not known
	YuPri          Software = "yupri"           // Japan Post ゆうパックプリントR, Webゆうプリ
	YuPackApp      Software = "yupack-app"      // Japan Post ゆうパックスマホ割
	KangarooMagic2 Software = "kangaroo-magic2" // Seino カンガルーマジック2: slots known, codes not
	ISTAR2         Software = "istar2"          // Fukuyama iSTAR-2: slots known, codes not
	TimedMailForm  Software = "timed-mail"      // 配達時間帯指定郵便, counter form: no codes
	NittsuLegacy   Software = "nittsu"          // 日本通運, former parcel business: codes not known
)

// SagawaDateSeal is the 指定シール code that e飛伝II wants for a delivery date
// (指定日配達); the seals for slots are in Code.Seal.
const SagawaDateSeal = "005"

// Offer is one slot as a carrier offers it.
type Offer struct {
	Slot  Slot   // Morning for 午前中, whatever its hours
	From  Clock  // the hours that the carrier gives to the slot;
	To    Clock  // both zero where it gives none
	Label string // as the carrier writes it

	// The days on which the slot is offered. A zero Since was so from the start, or
	// its beginning is not known; a zero Until is offered still.
	Since, Until Date

	Code string   // what the software wants; empty where it is not known
	Seal string   // Sagawa's 指定シール code; empty where there is none or it is not known
	Sure Sureness // how well the code is known, or the slot where there is no code
}

// on reports whether the offer stands on a day; the zero day stands for the newest
// state of the table.
func (o Offer) on(day Date) bool {
	if day.IsZero() {
		return o.Until.IsZero()
	}
	return day.Compare(o.Since) >= 0 && (o.Until.IsZero() || day.Compare(o.Until) <= 0)
}

// is reports whether the offer is the wanted slot, by its name or by its hours:
// 08:00-12:00 is the morning of a carrier whose morning lasts from 8 to 12.
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

// Carrier is the carrier that s prints labels for; empty if s is unknown.
func (s Software) Carrier() Carrier { return tables[s].carrier }

// Offers lists the slots on offer on a day, in the order of the day. The zero Date
// stands for the newest state of the table. An unknown software offers nothing.
func (s Software) Offers(day Date) []Offer {
	var list []Offer
	for _, o := range tables[s].offers {
		if o.on(day) {
			list = append(list, o)
		}
	}
	return list
}

// Softwares lists the software that has a table, sorted.
func Softwares() []Software {
	list := make([]Software, 0, len(tables))
	for s := range tables {
		list = append(list, s)
	}
	slices.Sort(list)
	return list
}
