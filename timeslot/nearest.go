package timeslot

import (
	"cmp"
	"slices"
)

// maxNearest is how many slots a NotOfferedError names.
const maxNearest = 2

// notOffered returns the error for a slot that is not offered on that day.
func (t table) notOffered(s Software, slot Slot, day Date) error {
	e := &NotOfferedError{Software: s, Carrier: t.carrier, Slot: slot, Day: day}
	from, to := nominal(slot)
	type candidate struct {
		slot     Slot
		distance Clock
	}
	var legal []candidate
	for _, o := range t.offers {
		if o.on(day) {
			a, b := o.From, o.To
			if a == b {
				a, b = nominal(o.Slot)
			}
			legal = append(legal, candidate{o.Slot, max(a-from, from-a) + max(b-to, to-b)})
			continue
		}
		if !o.is(slot) {
			continue
		}
		if !o.Until.IsZero() && (day.IsZero() || day.Compare(o.Until) > 0) {
			e.Until = o.Until
		} else {
			e.Since = o.Since
		}
	}
	slices.SortStableFunc(legal, func(a, b candidate) int {
		return cmp.Compare(a.distance, b.distance)
	})
	for _, c := range legal[:min(len(legal), maxNearest)] {
		e.Nearest = append(e.Nearest, c.slot)
	}
	return e
}

// nominal assigns hours to any slot, only to measure its distance from others: a word has no
// hours.
func nominal(s Slot) (from, to Clock) {
	first, last := At(8, 0), At(21, 0) // the day of a delivery round
	switch s.Kind() {
	case KindMorning:
		return first, At(12, 0)
	case KindAfternoon:
		return At(12, 0), At(17, 0)
	case KindNight:
		return At(17, 0), last
	case KindUntil:
		_, to := s.clocks()
		return min(first, to), to
	case KindFrom:
		from, _ := s.clocks()
		return from, max(from, last)
	case KindWindow:
		return s.clocks()
	}
	return first, last
}

// overlap reports whether two slots share time, a word by its nominal hours.
func overlap(a, b Slot) bool {
	fromA, toA := nominal(a)
	fromB, toB := nominal(b)
	return fromA < toB && fromB < toA
}
