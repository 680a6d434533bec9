package label

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// Config configures a Writer.
type Config struct {
	Layout Layout
	Keys   KeyStore // required: finds the parcel of a returned tracking number

	Sender order.Party               // ご依頼主, unless Plan, BuyerSends or Shops gives another
	Shops  map[order.Ref]order.Party // ご依頼主 by shop; the Ref has mall and shop only
	// the buyer is the ご依頼主 if the recipient is someone else
	BuyerSends bool

	Account  Account
	ShipOn   order.Date // 出荷予定日; zero is today in Japan
	Contents string     // 品名 of every parcel; if empty, the names of its lines
	// appends the key to the contents, for クリックポスト, which returns no key. The recipient sees it
	KeyInContents bool
	// printed if the order has no telephone number of the recipient; if empty, such parcels are
	// refused where the tool requires one
	Phone string

	// Replace maps characters that the encoding lacks to what is printed instead. It is the shop's
	// decision, since most of them occur in names. See SuggestedReplacements.
	Replace map[string]string
	// Shorten returns a shorter text for one that does not fit. If it returns false, or a text
	// that does not fit either, the label is refused.
	Shorten func(Overflow) (string, bool)
	// Slots chooses another slot if the carrier does not offer the wanted one on that day.
	Slots timeslot.Policy
	// Allow lists codes that do not refuse a label: those of order.MayShip ("not_confirmed" never
	// does) and those of this package documented so. Label.Notes lists what was overruled.
	Allow []Code
	// Plan is called for each parcel; nil means the zero Plan for all.
	Plan func(order.Order, order.Parcel) Plan
}

// Account holds the shop's codes from its contract with the carrier.
type Account struct {
	Code   string `json:"code,omitempty"`   // 請求先顧客コード (B2), お客様コード (e飛伝), 荷送人コード (カンガルー・マジックII)
	Branch string `json:"branch,omitempty"` // 請求先分類コード
	Fare   string `json:"fare,omitempty"`   // 運賃管理番号
}

// Values of [Plan.Cool].
const (
	Chilled = "chilled" // 冷蔵
	Frozen  = "frozen"  // 冷凍
)

// Plan is what the shop decides about one parcel. The zero Plan is one box by the layout's first
// service, with the buyer's wishes.
type Plan struct {
	Skip      bool           // no label from this writer, because another carrier is used
	Service   string         // Service.Name
	Cool      string         // Chilled, Frozen or empty
	Boxes     int            // 0 is one
	Sender    *order.Party   // ご依頼主
	Honorific string         // 敬称; empty is 様
	Contents  []string       // 品名
	Handling  []string       // 荷扱い
	Note      string         // 記事
	Size      string         // 荷物サイズ, as the tool expects it
	DeliverOn *order.Date    // replaces the buyer's date; the zero Date is none
	Slot      *timeslot.Slot // replaces the buyer's slot
	Collect   *Collect       // replaces the order's cash on delivery
}

// Collect is the cash to collect on delivery of one parcel; an Amount of zero yen is none.
type Collect struct {
	Amount order.Money // tax included
	Tax    order.Money // included in Amount
}

// Overflow is a text that does not fit its columns.
type Overflow struct {
	ParcelRef
	Field  Field
	Text   string
	Widths []int // of the columns that share the text, in order
	Count  Count
}

// Writer makes labels of orders. It is safe for concurrent use.
type Writer struct {
	cfg     Config
	columns []column
	replace *strings.Replacer
}

// NewWriter validates cfg and returns a Writer. An error names the field that is wrong, or all
// fields that the layout requires on every label and cfg leaves empty: parts of Account, and of
// Sender unless Plan, BuyerSends or Shops may give another.
func NewWriter(cfg Config) (*Writer, error) {
	cfg.Layout = cfg.Layout.clone()
	if err := cfg.Layout.Check(); err != nil {
		return nil, err
	}
	if cfg.Keys == nil {
		return nil,
			errors.New(
				"label: Config.Keys is nil: without it no tracking number finds back to its order")
	}
	if !cfg.ShipOn.IsZero() && !cfg.ShipOn.Valid() {
		return nil, errors.New("label: Config.ShipOn is no day")
	}
	for _, c := range cfg.Allow {
		if !slices.Contains(allowed, c) && !stopsByMayShip(c) {
			return nil, fmt.Errorf("label: Config.Allow: %q is nothing that can be allowed", c)
		}
	}
	for from, to := range cfg.Replace {
		if miss := lacking(cfg.Layout.Encoding, to); from == "" || len(miss) > 0 {
			return nil,
				fmt.Errorf("label: Config.Replace: %q to %q: it has to be a text that %s holds",
					from, to, cfg.Layout.Encoding)
		}
	}
	w := &Writer{cfg: cfg, replace: replacer(cfg.Replace), columns: groups(cfg.Layout)}
	if empty := w.empty(); len(empty) > 0 {
		return nil, fmt.Errorf("label: %s needs %s, which Config leaves empty", cfg.Layout.Title,
			strings.Join(empty, ", "))
	}
	return w, nil
}

// empty returns the fields of Config that every label needs and that are empty, with the headers of
// their columns.
func (w *Writer) empty() (names []string) {
	account, sender := w.cfg.Account, w.cfg.Sender
	fields := map[Field][2]string{ // name and value
		AccountCode:   {"Account.Code", account.Code},
		AccountBranch: {"Account.Branch", account.Branch},
		AccountFare:   {"Account.Fare", account.Fare},
	}
	if w.cfg.Plan == nil && !w.cfg.BuyerSends && len(w.cfg.Shops) == 0 {
		fields[SenderName] = [2]string{"Sender.Name",
			sender.Company + sender.Department + nameOf(sender)}
		fields[SenderPostal] = [2]string{"Sender.Postal", sender.Postal}
		fields[SenderPhone] = [2]string{"Sender.Phone", sender.Phone}
		fields[SenderAddress] = [2]string{"Sender.Address",
			sender.Prefecture + sender.City + strings.Join(sender.Address, "")}
	}
	for _, c := range w.columns {
		f, ok := fields[c.field]
		if ok && c.required && c.first.Value == "" && clean(f[1]) == "" {
			names = append(names, fmt.Sprintf("Config.%s (%s)", f[0], c.first.Header))
		}
	}
	return names
}

// stopsByMayShip reports whether a code of order.MayShip refuses an order, or a label.
func stopsByMayShip(c Code) bool {
	return slices.Contains([]order.ObjectionCode{
		order.ObjectCancelled, order.ObjectCancelRequested, order.ObjectOnHold, order.ObjectNotPaid,
		order.ObjectReserved,
		order.ObjectUnknownStatus, order.ObjectUnreadSlot, order.ObjectAddressPending,
		order.ObjectMallShips, order.ObjectShipped,
	}, order.ObjectionCode(c))
}

// Label is the label of one parcel, ready to be written.
type Label struct {
	ParcelRef
	Key       string
	Carrier   timeslot.Carrier
	Service   string
	Boxes     int
	ShipOn    order.Date
	DeliverOn order.Date    // zero is as soon as possible
	Slot      timeslot.Slot // as printed
	Collect   order.Money   // undetermined if nothing is collected
	Notes     []Reason      // what the shop may want to check

	match string
	rows  int
	data  []byte
}

// Batch is the result of [Writer.Labels]: each parcel is in exactly one of the lists.
type Batch struct {
	Labels   []Label
	Refusals []Refusal
	Skipped  []ParcelRef // by Plan.Skip

	layout Layout
}

// Labels makes a label for each parcel of the orders, or a Refusal with all reasons; a refused
// parcel does not affect the others. Pass orders that have just been read: a stored order may have
// been cancelled since.
//
// An error means that the shipping date is past or too far ahead, or that the key store failed;
// print none of its labels then. The keys of the labels are saved before Labels returns. Safe to
// repeat: a parcel keeps its key, and a label written before gets a note.
func (w *Writer) Labels(ctx context.Context, orders []order.Order) (Batch, error) {
	today := order.DateOf(time.Now())
	ship := w.cfg.ShipOn
	if ship.IsZero() {
		ship = today
	}
	if ship.Compare(today) < 0 {
		return Batch{}, fmt.Errorf("label: the shipping date %s is past", ship)
	}
	if most := w.cfg.Layout.ShipDays; most > 0 && ship.Compare(today.AddDays(most)) > 0 {
		return Batch{},
			fmt.Errorf("label: the shipping date %s is more than %d days ahead, which %s refuses",
				ship, most, w.cfg.Layout.Title)
	}
	keys, err := w.keys(ctx, orders)
	if err != nil {
		return Batch{}, err
	}
	batch := Batch{layout: w.cfg.Layout}
	var entries []Entry
	seen := map[ParcelRef]bool{}
	row := make([]string, len(w.cfg.Layout.Columns))
	for i := range orders {
		objections := order.MayShip(orders[i])
		for n := range orders[i].Parcels {
			d := draft{Writer: w, order: &orders[i], parcel: &orders[i].Parcels[n],
				ref: refOf(orders[i], n), ship: ship, row: row}
			d.known = keys[d.ref]
			if w.cfg.Plan != nil {
				d.plan = w.cfg.Plan(orders[i], orders[i].Parcels[n])
			}
			if d.plan.Skip {
				batch.Skipped = append(batch.Skipped, d.ref)
				continue
			}
			if seen[d.ref] {
				d.refuse(GivenTwice, "", order.Text{EN: "the order was given twice in one call",
					JA: "同じ受注が二重に渡されました"})
			}
			seen[d.ref] = true
			d.object(objections, n)
			label := d.label()
			if len(d.reasons) > 0 {
				batch.Refusals = append(batch.Refusals,
					Refusal{ParcelRef: d.ref, Reasons: d.reasons})
				continue
			}
			batch.Labels = append(batch.Labels, label)
			entries = append(entries, w.entry(label, d.known))
		}
	}
	if len(entries) == 0 {
		return batch, nil
	}
	return batch, w.cfg.Keys.Save(ctx, entries...)
}

func (w *Writer) entry(l Label, known Entry) Entry {
	e := Entry{Key: l.Key, ParcelRef: l.ParcelRef, Layout: w.cfg.Layout.Name, Carrier: l.Carrier,
		ShipOn: l.ShipOn, Match: l.match, Void: slices.Concat(known.Void, known.Numbers)}
	e.Rows = 1
	if w.cfg.Layout.RowPerBox || w.cfg.Layout.NumberEach {
		e.Rows = l.Boxes
	}
	return e
}

func refOf(o order.Order, n int) ParcelRef {
	ref := ParcelRef{Mall: o.Mall, Shop: o.Shop, Order: o.ID, Parcel: o.Parcels[n].ID}
	if ref.Parcel == "" && len(o.Parcels) > 1 {
		ref.Parcel = fmt.Sprintf("#%d", n+1)
	}
	return ref
}

// keys returns each parcel's key, with the store's entry for it.
func (w *Writer) keys(ctx context.Context, orders []order.Order) (map[ParcelRef]Entry, error) {
	all := map[ParcelRef]Entry{}
	var open []ParcelRef
	for _, o := range orders {
		for n := range o.Parcels {
			ref := refOf(o, n)
			if _, twice := all[ref]; !twice {
				all[ref] = Entry{}
				open = append(open, ref)
			}
		}
	}
	owner := map[string]ParcelRef{}
	for try := 0; len(open) > 0; try++ {
		if try == 8 {
			return nil,
				errors.New(
					"label: no free key was found: does the KeyStore find entries by their keys?")
		}
		ask := make([]string, len(open))
		for i, ref := range open {
			ask[i] = keyOf(ref, try)
		}
		known, err := w.cfg.Keys.Load(ctx, ask...)
		if err != nil {
			return nil, fmt.Errorf("label: key store: %w", err)
		}
		held := make(map[string]Entry, len(known))
		for _, e := range known {
			held[e.Key] = e
		}
		var taken []ParcelRef
		for i, ref := range open {
			e, ok := held[ask[i]]
			if other, used := owner[ask[i]]; ok && e.ParcelRef != ref || used && other != ref {
				taken = append(taken, ref)
				continue
			}
			owner[ask[i]] = ref
			e.Key, e.ParcelRef = ask[i], ref
			all[ref] = e
		}
		open = taken
	}
	return all, nil
}
