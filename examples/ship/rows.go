package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// row is one line of the file.
type row struct {
	line    int
	mall    order.Mall
	shop    string
	order   string
	carrier string
	number  string
	date    order.Date
}

func readFile(file string) ([]row, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := readRows(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return rows, nil
}

// titles are the columns; shop may be missing.
var titles = []string{"mall", "order", "carrier", "number", "date", "shop"}

func readRows(in io.Reader) ([]row, error) {
	table := csv.NewReader(in)
	head, err := table.Read()
	if err != nil {
		return nil, fmt.Errorf("first line: %w", err)
	}
	at := map[string]int{}
	for i, title := range head {
		title = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(title, "\ufeff")))
		if !slices.Contains(titles, title) {
			return nil, fmt.Errorf("line 1: column %q is not known; want %s", title,
				strings.Join(titles, ", "))
		}
		at[title] = i
	}
	for _, title := range titles[:5] {
		if _, ok := at[title]; !ok {
			return nil, fmt.Errorf("line 1: column %s is missing", title)
		}
	}
	var rows []row
	var faults []error
	for {
		cells, err := table.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		line, _ := table.FieldPos(0)
		cell := func(title string) string {
			if i, ok := at[title]; ok {
				return strings.TrimSpace(cells[i])
			}
			return ""
		}
		r := row{line: line, mall: order.Mall(cell("mall")), shop: cell("shop"),
			order: cell("order"), carrier: cell("carrier"), number: cell("number")}
		r.date, err = order.ParseDate(cell("date"))
		for title, missing := range map[string]bool{
			"mall": r.mall == "", "order": r.order == "", "carrier": r.carrier == "",
			"number": r.number == "", "date": err == nil && r.date.IsZero(),
		} {
			if missing {
				err = errors.Join(err, fmt.Errorf("%s is empty", title))
			}
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("line %d: %w", line, err))
		}
		rows = append(rows, r)
	}
	if len(rows) == 0 {
		return nil, errors.New("the file has no rows")
	}
	return rows, errors.Join(faults...)
}

// shipmentsOf reads the orders that the rows name, and makes one shipment of the rows that belong
// together.
func shipmentsOf(
	ctx context.Context, rows []row, sources []order.Source,
) ([]order.Task[order.Shipment], error) {
	var tasks []order.Task[order.Shipment]
	var faults []error
	at := map[row]int{}
	for _, r := range rows {
		key := r
		key.line, key.number = 0, ""
		if i, again := at[key]; again {
			tasks[i].Do.Numbers = append(tasks[i].Do.Numbers, order.Tracking(r.number)...)
			continue
		}
		source, err := sourceOf(r, sources)
		if err != nil {
			faults = append(faults, fmt.Errorf("line %d: %w", r.line, err))
			continue
		}
		o, err := source.Order(ctx, r.order)
		if err != nil {
			faults = append(faults, fmt.Errorf("line %d: %w", r.line, err))
			continue
		}
		s := order.Shipment{Carrier: timeslot.ParseCarrier(r.carrier),
			Numbers: order.Tracking(r.number), At: handedOver(r.date)}
		if !s.Carrier.Known() {
			s.CarrierName = r.carrier
		}
		at[key] = len(tasks)
		tasks = append(tasks, order.Task[order.Shipment]{Order: o, Do: s})
	}
	return tasks, errors.Join(faults...)
}

// handedOver is an instant of that day: noon, or now when noon of today is still to come.
func handedOver(day order.Date) time.Time {
	noon := day.Time().Add(12 * time.Hour)
	if now := time.Now(); day == order.DateOf(now) && noon.After(now) {
		return now
	}
	return noon
}

func sourceOf(r row, sources []order.Source) (order.Source, error) {
	var found []order.Source
	for _, s := range sources {
		if s.Mall() == r.mall && (r.shop == "" || s.Shop() == r.shop) {
			found = append(found, s)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, fmt.Errorf("there is no shop %s of mall %q in the configuration", r.shop,
			r.mall)
	}
	return nil, fmt.Errorf("there are %d shops of mall %s: say in column shop which one",
		len(found), r.mall)
}
