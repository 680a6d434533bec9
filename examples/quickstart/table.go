package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/width"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/examples/internal/shops"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

const (
	plain = ""
	pink  = "\x1b[30;105m" // a slot nobody could read: the pink cell
	red   = "\x1b[31m"
	bold  = "\x1b[1m"
	reset = "\x1b[0m"
)

// printer writes tables that line up on a terminal, where a Japanese character is two columns wide.
type printer struct {
	out    io.Writer
	colour bool
	err    error
}

func newPrinter(out io.Writer) *printer {
	p := &printer{out: out}
	if f, ok := out.(*os.File); ok && os.Getenv("NO_COLOR") == "" {
		info, err := f.Stat()
		p.colour = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	return p
}

func (p *printer) printf(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.out, format, args...)
	}
}

type cell struct {
	text   string
	colour string
}

// table prints rows in columns; a column whose title ends in a blank is set to the right.
func (p *printer) table(titles []string, rows [][]cell) {
	widths := make([]int, len(titles))
	for i, t := range titles {
		widths[i] = columns(strings.TrimSpace(t))
		for _, row := range rows {
			widths[i] = max(widths[i], columns(row[i].text))
		}
	}
	line := func(row []cell) {
		var b strings.Builder
		for i, c := range row {
			pad := strings.Repeat(" ", widths[i]-columns(c.text))
			shown := c.text
			if p.colour && c.colour != plain {
				shown = c.colour + c.text + reset
			}
			if strings.HasSuffix(titles[i], " ") {
				shown = pad + shown
			} else if i < len(row)-1 {
				shown += pad
			}
			b.WriteString(shown)
			if i < len(row)-1 {
				b.WriteString("  ")
			}
		}
		p.printf("%s\n", b.String())
	}
	head := make([]cell, len(titles))
	for i, t := range titles {
		head[i] = cell{strings.TrimSpace(t), bold}
	}
	line(head)
	for _, row := range rows {
		line(row)
	}
}

// columns is how wide s is on a terminal.
func columns(s string) int {
	n := 0
	for _, r := range s {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

func (p *printer) orders(orders []order.Order) {
	rows := make([][]cell, 0, len(orders))
	for _, o := range orders {
		total := cell{o.Amounts.Billed.In(order.English), plain}
		if r := o.Reconcile(); r.Verdict == order.Differs {
			total = cell{total.text + " ≠ " + r.Sum.In(order.English), red}
		}
		date, slot := deliveryOf(o)
		rows = append(rows, []cell{
			{string(o.Mall), plain}, {o.ID, plain}, {o.Status.String(), plain},
			{o.Placed.In(order.JST).Format("01-02 15:04"), plain},
			{prefecture(o), plain}, {strconv.Itoa(len(o.Lines())), plain}, total, {date, plain},
			slot,
		})
	}
	p.table([]string{"MALL", "NUMBER", "STATUS", "PLACED", "BUYER IN", "LINES ", "TOTAL ",
		"DELIVER ON", "SLOT"}, rows)
	p.printf("?? a slot label that could not be read   - no preference   " +
		"≠ the parts of the amount do not add up to it\n")
}

// prefecture is the buyer's; malls that do not tell the buyer's address (Amazon) tell the
// recipient's.
func prefecture(o order.Order) string {
	if o.Buyer.Prefecture == "" && len(o.Parcels) > 0 {
		return o.Parcels[0].Recipient.Prefecture
	}
	return o.Buyer.Prefecture
}

// deliveryOf is the first parcel's date and slot; an unread slot of any parcel goes first, because
// it stops the label printer.
func deliveryOf(o order.Order) (string, cell) {
	var date string
	slot := cell{}
	for i, parcel := range o.Parcels {
		d := parcel.Delivery
		if i == 0 {
			date, slot.text = d.Date.String(), slotText(d.Slot)
		}
		if d.Unresolved() {
			return d.Date.String(), cell{"?? " + strings.Join(strings.Fields(d.Label), " "), pink}
		}
	}
	return date, slot
}

func slotText(s timeslot.Slot) string {
	if s == timeslot.NoPreference {
		return "-"
	}
	return s.In(order.English)
}

func (p *printer) summary(orders []order.Order) {
	p.printf("\n")
	var rows [][]cell
	for _, mall := range []order.Mall{order.Rakuten, order.Yahoo, order.Amazon, order.AuPay} {
		n, unread, differs, untold, ship := 0, 0, 0, 0, 0
		sum := order.Yen(0)
		for _, o := range orders {
			if o.Mall != mall {
				continue
			}
			n++
			if o.Unresolved() {
				unread++
			}
			switch o.Reconcile().Verdict {
			case order.Differs:
				differs++
			case order.CannotBeTold:
				untold++
			}
			if o.Status == order.ReadyToShip || o.Status == order.New {
				ship++
			}
			if o.Amounts.Billed.Known() && o.Status != order.Cancelled {
				sum = sum.Add(o.Amounts.Billed)
			}
		}
		if n == 0 {
			continue
		}
		rows = append(rows, []cell{
			{mall.Name(), plain}, {strconv.Itoa(n), plain}, {strconv.Itoa(ship), plain},
			{sum.In(order.English), plain},
			count(unread, pink), count(differs, red), {strconv.Itoa(untold), plain},
		})
	}
	p.table([]string{"MALL", "ORDERS ", "TO DO ", "BILLED ", "SLOT UNREAD ", "SUM DIFFERS ",
		"SUM OPEN "}, rows)
	p.printf("TO DO: new or ready to ship. SUM OPEN: sums that cannot be checked; at Amazon all, " +
		"which does not document what its total contains.\n")
}

func count(n int, colour string) cell {
	if n == 0 {
		colour = plain
	}
	return cell{strconv.Itoa(n), colour}
}

func (p *printer) expiring(all []shops.Shop, now time.Time) {
	var rows [][]cell
	for _, shop := range all {
		for _, e := range shop.Expiries(now) {
			if e.State != credential.Valid {
				rows = append(rows, []cell{
					{string(shop.Source.Mall()), plain}, {shop.Source.Shop(), plain},
					{e.Name, plain}, {e.State.String(), red}, {e.End, plain},
				})
			}
		}
	}
	if len(rows) > 0 {
		p.printf("\nKeys that need a look (examples/expiry says what to do):\n")
		p.table([]string{"MALL", "SHOP", "KEY", "STATE", "ENDS"}, rows)
	}
}
