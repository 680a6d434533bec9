package yahoo

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/jpmall/jpmall/order"
)

// placeOf reads the id of a record: "1" or "2" is the place of a number in the order.
func placeOf(record string) (at int, ok bool) {
	switch record {
	case "1":
		return 0, true
	case "2":
		return 1, true
	}
	return 0, false
}

// place computes the two numbers that an order will have, and the change: nil is left as it is. cut
// are the numbers that find no place.
func place(
	numbers []order.TrackingNumber, now [maxNumbers]string,
) (change [maxNumbers]*string, places [maxNumbers]string, cut []string, err error) {
	put := func(i int, number string) error {
		if change[i] != nil {
			return fmt.Errorf("place %d is given twice", i+1)
		}
		change[i], now[i] = &number, number
		return nil
	}
	for _, n := range numbers { // corrections first: they may make room
		at, ok := placeOf(n.Record)
		if !ok {
			continue
		}
		if n.Remove {
			n.Number = ""
		}
		if err := put(at, n.Number); err != nil {
			return change, now, nil, err
		}
	}
	for _, n := range numbers {
		if n.Record != "" || slices.ContainsFunc(now[:],
			func(there string) bool { return order.SameTracking(there, n.Number) }) {
			continue
		}
		free := slices.Index(now[:], "")
		if free < 0 {
			cut = append(cut, n.Number)
			continue
		}
		change[free] = nil // what this very call has emptied, the new number takes
		if err := put(free, n.Number); err != nil {
			return change, now, nil, err
		}
	}
	return change, now, cut, nil
}

// recordsOf are the places that a change fills, or empties.
func recordsOf(change [maxNumbers]*string, emptied bool) []string {
	var all []string
	for i, p := range change {
		if p != nil && (*p == "") == emptied {
			all = append(all, strconv.Itoa(i+1))
		}
	}
	return all
}
