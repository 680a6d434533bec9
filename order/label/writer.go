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

// Config says how labels of one layout are written.
type Config struct {
	Layout Layout
	Keys   KeyStore // required: the way back from a tracking number to its order

	Sender     order.Party               // ご依頼主, where nothing below names another
	Shops      map[order.Ref]order.Party // ご依頼主 of a shop; the Ref has mall and shop only
	BuyerSends bool                      // where the goods go to somebody else than the buyer, the buyer is the ご依頼主

	Account       Account
	ShipOn        order.Date // 出荷予定日; zero is today in Japan
	Contents      string     // 品名 of every parcel; empty takes the names of its lines
	KeyInContents bool       // writes the key behind the contents, for クリックポスト, which returns no key. The recipient sees it
	Phone         string     // printed where the mall gives no telephone number of the recipient; empty refuses such parcels

	// Replace holds what to print in the place of characters that the encoding lacks, agreed on by the shop: they are
	// mostly parts of names. See SuggestedReplacements.
	Replace map[string]string
	// Shorten is asked for a shorter text where one does not fit. False, or a text that does not fit either, refuses
	// the label.
	Shorten func(Overflow) (string, bool)
	// Slots is asked for another slot where the carrier does not offer the wanted one that day.
	Slots timeslot.Policy
	// Allow lists objections that do not stop: codes of order.MayShip ("not_confirmed" never stops anyway) and those of this
	// package that say so. What was overruled stands in Label.Notes.
	Allow []Code
	// Plan decides for one parcel. Nil is the zero Plan for all.
	Plan func(order.Order, order.Parcel) Plan
}

// Account is what the contract with the carrier gives.
type Account struct {
	Code   string `json:"code,omitempty"`   // 請求先顧客コード (B2), お客様コード (e飛伝), 荷送人コード (カンガルー・マジックII)
	Branch string `json:"branch,omitempty"` // 請求先分類コード
	Fare   string `json:"fare,omitempty"`   // 運賃管理番号
}

// Cool delivery, for Plan.Cool.
const (
	Chilled = "chilled" // 冷蔵
	Frozen  = "frozen"  // 冷凍
)

// Plan is what the shop decides about one parcel. The zero Plan is one box by the layout's first service, as the buyer
// wished.
type Plan struct {
	Skip      bool           // no label by this writer: another carrier takes it
	Service   string         // Service.Name
	Cool      string         // Chilled, Frozen or empty
	Boxes     int            // 0 is one
	Sender    *order.Party   // ご依頼主
	Honorific string         // 敬称; empty is 様
	Contents  []string       // 品名
	Handling  []string       // 荷扱い
	Note      string         // 記事
	Size      string         // 荷物サイズ, as the tool writes it
	DeliverOn *order.Date    // in the place of the buyer's date; the zero Date is none
	Slot      *timeslot.Slot // in the place of the buyer's slot
	Collect   *Collect       // in the place of the order's cash on delivery
}

// Collect is what is to be collected at the door for one parcel; nothing with an Amount of zero yen.
type Collect struct {
	Amount order.Money // tax included
	Tax    order.Money // the tax in it
}

// Overflow is a text that does not fit.
type Overflow struct {
	ParcelRef
	Field  Field
	Text   string
	Widths []int // of the columns that the text may use, in their order
	Count  Count
}

// Writer makes labels of orders. It is safe for concurrent use.
type Writer struct {
	cfg     Config
	columns []column
	replace *strings.Replacer
}

// NewWriter checks the configuration.
func NewWriter(cfg Config) (*Writer, error) {
	cfg.Layout = cfg.Layout.clone()
	if err := cfg.Layout.Check(); err != nil {
		return nil, err
	}
	if cfg.Keys == nil {
		return nil, errors.New("label: Config.Keys is nil: without it no tracking number finds back to its order")
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
			return nil, fmt.Errorf("label: Config.Replace: %q to %q: it has to be a text that %s holds", from, to, cfg.Layout.Encoding)
		}
	}
	w := &Writer{cfg: cfg, replace: replacer(cfg.Replace), columns: groups(cfg.Layout)}
	return w, nil
}

// stopsByMayShip tells whether a code is one of order.MayShip that stops an order, or a label.
func stopsByMayShip(c Code) bool {
	return slices.Contains([]order.ObjectionCode{
		order.ObjectCancelled, order.ObjectCancelRequested, order.ObjectOnHold, order.ObjectNotPaid, order.ObjectReserved,
		order.ObjectUnknownStatus, order.ObjectUnreadSlot, order.ObjectAddressPending, order.ObjectMallShips, order.ObjectShipped,
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
	Collect   order.Money   // undetermined where nothing is collected
	Notes     []Reason      // what somebody may want to see

	match string
	rows  int
	data  []byte
}

// Batch is what became of the parcels of some orders: each is in one of the three lists.
type Batch struct {
	Labels   []Label
	Refusals []Refusal
	Skipped  []ParcelRef // by Plan.Skip

	layout Layout
}

// Labels makes a label for each parcel of the orders, or a refusal with all its reasons; one parcel's fault does not
// stop the others. The labels' keys are saved before it returns, so print none of a call that gave an error. Give it
// orders that were just read: what a database remembers may have been cancelled since.
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
		return Batch{}, fmt.Errorf("label: the shipping date %s is more than %d days ahead, which %s refuses",
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
			d := draft{Writer: w, order: &orders[i], parcel: &orders[i].Parcels[n], ref: refOf(orders[i], n), ship: ship, row: row}
			d.known = keys[d.ref]
			if w.cfg.Plan != nil {
				d.plan = w.cfg.Plan(orders[i], orders[i].Parcels[n])
			}
			if d.plan.Skip {
				batch.Skipped = append(batch.Skipped, d.ref)
				continue
			}
			if seen[d.ref] {
				d.refuse(GivenTwice, "", order.Text{EN: "the order was given twice in one call", JA: "同じ受注が二重に渡されました"})
			}
			seen[d.ref] = true
			d.object(objections, n)
			label := d.label()
			if len(d.reasons) > 0 {
				batch.Refusals = append(batch.Refusals, Refusal{ParcelRef: d.ref, Reasons: d.reasons})
				continue
			}
			batch.Labels = append(batch.Labels, label)
			entries = append(entries, w.entry(label))
		}
	}
	if len(entries) == 0 {
		return batch, nil
	}
	return batch, w.cfg.Keys.Save(ctx, entries...)
}

func (w *Writer) entry(l Label) Entry {
	e := Entry{Key: l.Key, ParcelRef: l.ParcelRef, Layout: w.cfg.Layout.Name, Carrier: l.Carrier, ShipOn: l.ShipOn, Match: l.match}
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

// keys gives every parcel its key, and what the store knows of it.
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
			return nil, errors.New("label: no free key was found: does the KeyStore find entries by their keys?")
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
