package label

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/jpmall/jpmall/order"
)

// RowCode is why a row of a return file was not placed, for programs to decide on.
type RowCode string

// The codes. Those with "Allow" may be in [ReaderConfig.Allow].
const (
	// no tracking number yet: the label has not been printed
	RowNoNumber RowCode = "no_number"
	// not a tracking number, or rounded by a spreadsheet
	RowNumber RowCode = "number"
	// the carrier's check digit is wrong. Allow: accepted unchanged
	RowCheckDigit RowCode = "check_digit"
	RowNoKey      RowCode = "no_key"      // no key of this package: a label made by hand
	RowUnknownKey RowCode = "unknown_key" // the key store does not have the key, or no parcel fits
	RowAmbiguous  RowCode = "ambiguous"   // several parcels fit; someone must choose
	// the same key and number occurred earlier in the file; nothing is lost
	RowRepeated RowCode = "repeated"
	// the same number with several keys; none of them was placed
	RowNumberTwice RowCode = "number_twice"
	// more numbers than the parcel has boxes; none of them was placed
	RowTooMany RowCode = "too_many"
	// fewer numbers than the parcel has boxes. Allow: placed with those there are
	RowIncomplete RowCode = "incomplete"
	RowOtherDay   RowCode = "other_day" // not of ReaderConfig.ShippedOn
	// came back in an earlier file and was kept; nothing is lost
	RowKnown RowCode = "known"
	// another number of this parcel came back in an earlier file
	RowConflict RowCode = "conflict"
)

// ReaderConfig configures a Reader.
type ReaderConfig struct {
	Keys KeyStore // required: the KeyStore of the Writer
	// rows of another day are not placed, such as those of yesterday's file; zero accepts any day
	ShippedOn order.Date
	Allow     []RowCode
}

// Reader reads the files in which label software returns tracking numbers. It is safe for
// concurrent use.
type Reader struct{ cfg ReaderConfig }

// NewReader validates cfg and returns a Reader. An error names the field that is wrong.
func NewReader(cfg ReaderConfig) (*Reader, error) {
	if cfg.Keys == nil {
		return nil, errors.New("label: ReaderConfig.Keys is nil")
	}
	for _, c := range cfg.Allow {
		if c != RowCheckDigit && c != RowIncomplete {
			return nil, fmt.Errorf("label: ReaderConfig.Allow: %q is nothing that can be allowed",
				c)
		}
	}
	return &Reader{cfg}, nil
}

// Back is the content of a return file: every row is part of an Arrival or has a Problem.
type Back struct {
	Tool     string // whose file it is: b2cloud, ehiden3, yupri, clickpost, kangaroo, istar2
	Arrivals []Arrival
	Problems []RowProblem
	// labels of the same layouts without a number, in this file or an earlier one
	Missing []Entry
}

// Arrival is one parcel with its tracking numbers, ready to be reported.
type Arrival struct {
	ParcelRef
	Key      string
	Shipment order.Shipment // for order.Actor.Ship or the client's Ship
	Lines    []int          // of the file
	// what may be wrong but does not stop it: an unusual length, or 福山's check digit, known from
	// one shipper only
	Warnings []order.Text

	entry Entry
}

// RowProblem is a row that was not placed.
type RowProblem struct {
	Line       int // in the file, from 1
	Code       RowCode
	Text       order.Text  // the reason, for the shop's staff; no personal data
	Key        string      // if one could be read
	Number     string      // the tracking number, if one could be read
	Candidates []ParcelRef // for RowAmbiguous
}

// item is a row on its way to its parcel.
type item struct {
	line   int
	number string
	day    order.Date
	entry  Entry
	warn   order.Text
}

// Read reads a whole return file of B2クラウド, e飛伝III (and II), ゆうプリR, クリックポスト, カンガルー・マジックII or
// iSTAR-2, in Shift_JIS or UTF-8, up to 64 MiB. The header row may be among the first 50 rows, and
// columns in any order. Nothing is guessed: a row that does not lead to exactly one parcel is a
// Problem. An error means that the file could not be read at all, or that the key store failed.
//
// Read changes nothing. Once the numbers have been reported to the mall, call Keep.
func (r *Reader) Read(ctx context.Context, in io.Reader) (Back, error) {
	data, err := io.ReadAll(io.LimitReader(in, maxFile+1))
	if err != nil {
		return Back{}, fmt.Errorf("label: return file: %w", err)
	}
	rows, err := readRows(data)
	if err != nil {
		return Back{}, err
	}
	s, err := shapeOf(rows)
	if err != nil {
		return Back{}, err
	}
	back := Back{Tool: s.name}
	entries, err := r.lookUp(ctx, s, rows[s.first:])
	if err != nil {
		return Back{}, err
	}
	var items []item
	for _, row := range rows[s.first:] {
		if it, problem := r.place(s, row, entries); problem != nil {
			back.Problems = append(back.Problems, *problem)
		} else {
			items = append(items, it)
		}
	}
	r.gather(&back, items)
	slices.SortStableFunc(back.Problems, func(a, b RowProblem) int { return a.Line - b.Line })
	return back, r.missing(ctx, &back, entries)
}

// cell returns a cell of a row, or "".
func cell(row csvRow, n int) string {
	if n < 0 || n >= len(row.cells) {
		return ""
	}
	return row.cells[n]
}

// ask returns what to look up for a row: its key, or a digest of its contents.
func (s shape) ask(row csvRow) (text string, key bool) {
	for _, n := range s.keys {
		if k, ok := readKey(cell(row, n)); ok {
			return k, true
		}
	}
	if len(s.keys) > 0 || s.person < 0 {
		return "", false
	}
	contents := cell(row, s.contents)
	if words := strings.Fields(clean(contents)); len(words) > 0 {
		if k, ok := readKey(words[len(words)-1]); ok {
			return k, true
		}
	}
	return matchOf(cell(row, s.postal), cell(row, s.person), contents), false
}

// lookUp loads all entries that the rows may belong to, by key or digest.
func (r *Reader) lookUp(ctx context.Context, s shape, rows []csvRow) (map[string][]Entry, error) {
	var ask []string
	for _, row := range rows {
		if text, _ := s.ask(row); text != "" {
			ask = append(ask, text)
		}
	}
	slices.Sort(ask)
	ask = slices.Compact(ask)
	found := map[string][]Entry{}
	if len(ask) == 0 {
		return found, nil
	}
	entries, err := r.cfg.Keys.Load(ctx, ask...)
	if err != nil {
		return nil, fmt.Errorf("label: key store: %w", err)
	}
	for _, e := range entries {
		found[e.Key] = append(found[e.Key], e)
		if e.Match != "" {
			found[e.Match] = append(found[e.Match], e)
		}
	}
	return found, nil
}

// place finds the parcel and the number of one row.
func (r *Reader) place(s shape, row csvRow, entries map[string][]Entry) (item, *RowProblem) {
	problem := func(code RowCode, en, ja string) *RowProblem {
		return &RowProblem{Line: row.line, Code: code, Text: say(en, ja)}
	}
	text, isKey := s.ask(row)
	if text == "" {
		return item{}, problem(RowNoKey, "the row has no key of a label that was written here",
			"この行に送り状データの管理番号がありません")
	}
	cellText := cell(row, s.number)
	number, err := order.ReadTracking(cellText)
	named := func(p *RowProblem) *RowProblem {
		if isKey {
			p.Key = text
		}
		p.Number = number
		return p
	}
	switch {
	case strings.Trim(cellText, " '\"=\u3000") == "":
		return item{}, named(problem(RowNoNumber, "the label has no tracking number yet",
			"伝票番号がまだありません（未発行）"))
	case err != nil:
		return item{}, named(problem(RowNumber, err.Error(), "伝票番号として読み取れません（表計算ソフトで開いて保存していませんか）"))
	case len(number) > 10 && strings.HasSuffix(number, "000000"):
		return item{}, named(problem(RowNumber,
			"the number ends with six zeros: a spreadsheet has rounded it; export the file again",
			"伝票番号の末尾が0に丸められています。ファイルを出力し直してください"))
	}
	e, p := r.entry(entries[text], number, problem)
	if p != nil {
		return item{}, named(p)
	}
	it := item{line: row.line, number: number, day: e.ShipOn, entry: e}
	if day, ok := readDay(cell(row, s.date)); ok {
		it.day = day
	}
	err = order.CheckTracking(e.Carrier, number)
	// only the check digits of 12 digits and of S10 are sure enough to stop a row
	if err != nil && (len(number) < 12 || len(number) > 13) {
		it.warn, err = say(err.Error(), "伝票番号の桁数またはチェックデジットが正しくない可能性があります"), nil
	}
	switch {
	case err != nil && !slices.Contains(r.cfg.Allow, RowCheckDigit):
		return item{}, named(problem(RowCheckDigit, err.Error(),
			"伝票番号のチェックデジットが一致しません"+lostZero(e, number).JA))
	case lostZero(e, number) != order.Text{}:
		return item{}, named(problem(RowNumber, lostZero(e, number).EN, lostZero(e, number).JA))
	case !r.cfg.ShippedOn.IsZero() && it.day != r.cfg.ShippedOn:
		return item{}, named(problem(RowOtherDay,
			"the row is of "+it.day.String()+", another day than asked for",
			"出荷日（"+it.day.In(order.Japanese)+"）が指定日と異なります"))
	}
	return it, nil
}

// entry chooses the one entry that a row speaks of.
func (r *Reader) entry(
	found []Entry, number string, problem func(RowCode, string, string) *RowProblem,
) (Entry, *RowProblem) {
	var open []Entry
	var earlier bool
	for _, e := range found {
		switch {
		case slices.ContainsFunc(slices.Concat(e.Numbers, e.Void),
			func(n string) bool { return order.SameTracking(n, number) }):
			return Entry{}, problem(RowKnown, "the number came back in an earlier file",
				"以前のファイルで取り込み済みの伝票番号です")
		case len(e.Numbers) > 0:
			earlier = true
		default:
			open = append(open, e)
		}
	}
	switch {
	case len(open) == 1:
		return open[0], nil
	case len(open) > 1:
		p := problem(RowAmbiguous, fmt.Sprintf("%d parcels fit this row: say which by hand",
			len(open)),
			fmt.Sprintf("該当する荷物が%d件あり、特定できません", len(open)))
		for _, e := range open {
			p.Candidates = append(p.Candidates, e.ParcelRef)
		}
		return Entry{}, p
	case earlier:
		return Entry{}, problem(RowConflict,
			"another number of this parcel came back in an earlier file", "この荷物には別の伝票番号が取り込み済みです")
	}
	return Entry{}, problem(RowUnknownKey, "no label that was written here fits this row",
		"該当する送り状データがありません")
}

// Keep records the numbers of arrivals that have been reported, so that reading the same file
// again does not return them. Safe to repeat.
func (r *Reader) Keep(ctx context.Context, arrivals ...Arrival) error {
	entries := make([]Entry, len(arrivals))
	for i, a := range arrivals {
		entries[i] = a.entry
		entries[i].Numbers = nil
		for _, n := range a.Shipment.Numbers {
			entries[i].Numbers = append(entries[i].Numbers, n.Number)
		}
	}
	if len(entries) == 0 {
		return nil
	}
	return r.cfg.Keys.Save(ctx, entries...)
}

// Tasks returns the shipments with their orders, for [order.Actor.Ship]. of[i] is the Arrival of
// tasks[i], for Keep. An Arrival whose order is not among orders is left out.
func (b Back) Tasks(orders []order.Order) (tasks []order.Task[order.Shipment], of []Arrival) {
	at := map[order.Ref]order.Order{}
	for _, o := range orders {
		at[order.Ref{Mall: o.Mall, Shop: o.Shop, ID: o.ID}] = o
	}
	for _, a := range b.Arrivals {
		if o, ok := at[order.Ref{Mall: a.Mall, Shop: a.Shop, ID: a.Order}]; ok {
			tasks = append(tasks, order.Task[order.Shipment]{Order: o, Do: a.Shipment})
			of = append(of, a)
		}
	}
	return tasks, of
}

// readDay reads a date in the formats of the tools.
func readDay(text string) (order.Date, bool) {
	text = strings.TrimSpace(halve(strings.Trim(text, "'\"=")))
	if text, _, _ = strings.Cut(text, " "); text == "" {
		return order.Date{}, false
	}
	for _, format := range []string{"2006/1/2", "2006-1-2", joined} {
		if t, err := time.ParseInLocation(format, text, order.JST); err == nil {
			return order.DateOf(t), true
		}
	}
	return order.Date{}, false
}
