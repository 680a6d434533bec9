package label

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// gather combines the rows of each parcel and removes those that contradict each other.
func (r *Reader) gather(back *Back, items []item) {
	problem := func(it item, code RowCode, en, ja string) {
		back.Problems = append(back.Problems, RowProblem{Line: it.line, Code: code, Text: say(en,
			ja), Key: it.entry.Key, Number: it.number})
	}
	owners := map[string][]string{} // number -> keys
	for _, it := range items {
		n := strings.ToUpper(it.number)
		if !slices.Contains(owners[n], it.entry.Key) {
			owners[n] = append(owners[n], it.entry.Key)
		}
	}
	parcels := map[string][]item{}
	var keys []string
	for _, it := range items {
		key := it.entry.Key
		if len(owners[strings.ToUpper(it.number)]) > 1 {
			problem(it, RowNumberTwice, "the same number stands under several keys",
				"同じ伝票番号が複数の荷物に付いています")
			continue
		}
		if slices.ContainsFunc(parcels[key],
			func(other item) bool { return order.SameTracking(other.number, it.number) }) {
			problem(it, RowRepeated, "key and number stood before in the file", "同じ行がファイル内に重複しています")
			continue
		}
		if parcels[key] == nil {
			keys = append(keys, key)
		}
		parcels[key] = append(parcels[key], it)
	}
	for _, key := range keys {
		rows := parcels[key]
		want := max(rows[0].entry.Rows, 1)
		code, en, ja := RowCode(""), "", ""
		switch {
		case len(rows) > want:
			code = RowTooMany
			en = "the parcel has %d boxes, but %d numbers"
			ja = "個数%dに対して伝票番号が%d件あります"
		case len(rows) < want && !slices.Contains(r.cfg.Allow, RowIncomplete):
			code = RowIncomplete
			en = "the parcel has %d boxes, but %d numbers only"
			ja = "個数%dに対して伝票番号が%d件しかありません"
		}
		if code != "" {
			for _, it := range rows {
				problem(it, code, fmt.Sprintf(en, want, len(rows)),
					fmt.Sprintf(ja, want, len(rows)))
			}
			continue
		}
		back.Arrivals = append(back.Arrivals, arrival(rows))
	}
}

func arrival(rows []item) Arrival {
	e := rows[0].entry
	a := Arrival{ParcelRef: e.ParcelRef, Key: e.Key, entry: e, Shipment: order.Shipment{
		Order: e.Order, Parcel: e.Parcel, Carrier: e.Carrier,
		At: handedOver(rows[0].day, time.Now()),
	}}
	if strings.HasPrefix(e.Parcel, "#") {
		a.Shipment.Parcel = ""
	}
	if !e.Carrier.Known() {
		a.Shipment.CarrierName = e.Carrier.Name()
	}
	for _, it := range rows {
		a.Lines = append(a.Lines, it.line)
		if !it.warn.IsZero() {
			a.Warnings = append(a.Warnings, it.warn)
		}
		a.Shipment.Numbers = append(a.Shipment.Numbers, order.Tracking(it.number)...)
	}
	return a
}

// handedOver returns noon of the day in Japan, or now if that is still to come today.
func handedOver(day order.Date, now time.Time) time.Time {
	noon := day.Time().Add(12 * time.Hour)
	if day == order.DateOf(now) && noon.After(now) {
		return now
	}
	return noon
}

// missing lists the labels without a number, of the layouts that occur in the file.
func (r *Reader) missing(ctx context.Context, back *Back, entries map[string][]Entry) error {
	var layouts []string
	arrived := map[string]bool{}
	for _, found := range entries {
		for _, e := range found {
			if !slices.Contains(layouts, e.Layout) {
				layouts = append(layouts, e.Layout)
			}
		}
	}
	slices.Sort(layouts)
	for _, a := range back.Arrivals {
		arrived[a.Key] = true
	}
	for _, l := range layouts {
		waiting, err := r.cfg.Keys.Waiting(ctx, l)
		if err != nil {
			return fmt.Errorf("label: key store: %w", err)
		}
		for _, e := range waiting {
			if !arrived[e.Key] {
				back.Missing = append(back.Missing, e)
			}
		}
	}
	return nil
}

// lostZero reports a number of digits that is not as long as its carrier's numbers are: most often
// a leading zero is lost. The check digit is the same with and without it and proves nothing, so
// the number is not repaired. Services without a certain length are not checked.
func lostZero(e Entry, number string) order.Text {
	lengths := []int{12}
	switch {
	case strings.Trim(number, "0123456789") != "":
		return order.Text{}
	case e.Carrier == timeslot.KuronekoYuPacket: // may be a number of 日本郵便
		return order.Text{}
	case e.Carrier == timeslot.ClickPost || e.Carrier.Company() == timeslot.Yamato:
	case e.Carrier.Company() == timeslot.Sagawa:
		lengths = append(lengths, 10)
	default:
		return order.Text{}
	}
	if slices.Contains(lengths, len(number)) {
		return order.Text{}
	}
	return say(
		fmt.Sprintf(
			"the number has %d digits instead of 12: a spreadsheet may have taken zeros from its front; export the file again", len(number)),
		fmt.Sprintf("伝票番号が%d桁です（本来は12桁）。先頭の0が失われた可能性があります。ファイルを出力し直してください", len(number)))
}
