package faulttest_test

import (
	"bytes"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/labeltest"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/label"
	"github.com/jpmall/jpmall/timeslot"
)

// labelTool is a layout and the stand-in for its tool.
type labelTool struct {
	layout label.Layout
	tool   *labeltest.Tool
}

func labelTools() []labelTool {
	return []labelTool{
		{label.B2(), labeltest.B2()}, {label.EHiden3(timeslot.EHiden3Six), labeltest.EHiden3()}, {label.YuPri(), labeltest.YuPri()},
		{label.ClickPost(), labeltest.ClickPost()}, {label.KangarooMagic2(), labeltest.Kangaroo()},
	}
}

// TestLabelsOutNumbersIn goes the whole way of a shop's day for all four malls and the label tools:
// orders of the fake malls become files, each tool's stand-in reads its files strictly and answers,
// the numbers find back to their orders, the malls are told, and show them. Several boxes, several
// parcels, cash on delivery and refusals are among them.
func TestLabelsOutNumbersIn(t *testing.T) {
	for n, lt := range labelTools() {
		t.Run(lt.layout.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				day := &labelDay{labelTool: lt, store: label.NewMemory()}
				for _, m := range openMalls(t, uint64(100+10*n), 60) {
					day.sources = append(day.sources, m.source(t, m.wire))
				}
				day.read(t)
				day.print(t)
				time.Sleep(6 * time.Hour) // the parcels are packed; nobody can cancel any more
				day.report(t)
			})
		})
	}
}

type labelDay struct {
	labelTool
	store   label.KeyStore
	sources []order.Source
	orders  []order.Order
	answers [][]byte
}

func (d *labelDay) read(t *testing.T) {
	for _, s := range d.sources {
		for o, err := range s.Orders(t.Context(), order.Query{From: time.Now().AddDate(0, 0, -14)}) {
			require.NoError(t, err)
			d.orders = append(d.orders, o)
		}
	}
}

// print writes the labels and lets the tool print them.
func (d *labelDay) print(t *testing.T) {
	account := label.Account{Code: "000000000000", Fare: "01"}
	allow := []label.Code{label.DatePast, label.NotCarried}
	if d.layout.Carrier == timeslot.Seino { // knows 午前 and 午後 only
		account.Code, allow = account.Code[:11], append(allow, label.SlotNotOffered)
	}
	w, err := label.NewWriter(label.Config{
		Layout: d.layout, Keys: d.store, Account: account, Replace: label.SuggestedReplacements(),
		Sender: order.Party{Name: "見本商店", Postal: "000-0001", Prefecture: "東京都", City: "例示市",
			Address: []string{"見本町1-1"}, Phone: "000-0000-0001"},
		Phone: "000-0000-0001", Allow: allow, Contents: "雑貨", KeyInContents: d.layout.Name == "clickpost",
		Plan: func(o order.Order, _ order.Parcel) label.Plan {
			p := label.Plan{}
			if o.Payment.Method != order.CashOnDelivery && len(o.ID)%2 == 0 && o.ID[len(o.ID)-1]%3 == 0 {
				p.Boxes = 2
			}
			if billed, ok := o.Amounts.Billed.Yen(); ok && billed > 0 && o.Payment.Method == order.CashOnDelivery &&
				len(o.Parcels) == 1 {
				// what the shop's books say
				p.Collect = &label.Collect{Amount: order.Yen(billed), Tax: order.Yen(billed / 11)}
			}
			return p
		},
	})
	require.NoError(t, err)
	batch, err := w.Labels(t.Context(), d.orders)
	require.NoError(t, err)
	parcels, reasons := 0, map[label.Code]int{}
	for _, o := range d.orders {
		parcels += len(o.Parcels)
	}
	require.Equal(t, parcels, len(batch.Labels)+len(batch.Refusals))
	for _, r := range batch.Refusals {
		for _, why := range r.Reasons {
			reasons[why.Code]++
		}
	}
	require.NotZero(t, reasons[label.Code(order.ObjectCancelled)])
	require.NotZero(t, reasons[label.Code(order.ObjectShipped)])
	cash, boxes, several := 0, 0, map[string]int{}
	for _, l := range batch.Labels {
		several[l.Order]++
		if l.Collect.Known() {
			cash++
		}
		if l.Boxes > 1 {
			boxes++
		}
	}
	if d.layout.Services[0].COD {
		require.NotZero(t, cash)
	}
	require.NotZero(t, boxes)
	require.Less(t, len(several), len(batch.Labels), "an order with several parcels")
	files, err := batch.Files()
	require.NoError(t, err)
	for _, f := range files {
		answer, err := d.tool.Print(f.Data)
		require.NoError(t, err, "the tool refuses %s", f.Name)
		d.answers = append(d.answers, answer)
	}
	t.Logf("%d parcels: %d labels, %d with cash on delivery, refused: %v", parcels, len(batch.Labels), cash, reasons)
	require.NotEmpty(t, batch.Labels)
}

// report reads the answers, tells the malls, and looks whether they show the numbers.
func (d *labelDay) report(t *testing.T) {
	reader, err := label.NewReader(label.ReaderConfig{Keys: d.store})
	require.NoError(t, err)
	actor, err := order.NewActor(d.sources...)
	require.NoError(t, err)
	reported := map[order.Mall]int{}
	for _, answer := range d.answers {
		back, err := reader.Read(t.Context(), bytes.NewReader(answer))
		require.NoError(t, err)
		require.Empty(t, back.Problems)
		tasks, of := back.Tasks(d.orders)
		require.Equal(t, back.Arrivals, of)
		opts := order.WriteOptions{FirstNumbers: true} // malls that hold one number take the first of several boxes
		results, err := actor.Ship(t.Context(), tasks, opts)
		for i, r := range results {
			require.Equal(t, order.Done, r.Outcome, "%s %s: %s", r.Mall, r.Order, r.Message)
			reported[r.Mall]++
			require.Contains(t, d.numbersOf(t, r.Mall, r.Order), tasks[i].Do.Numbers[0].Number, "%s %s", r.Mall,
				r.Order)
		}
		require.NoError(t, err)
		require.NoError(t, reader.Keep(t.Context(), back.Arrivals...))
		again, err := reader.Read(t.Context(), bytes.NewReader(answer))
		require.NoError(t, err)
		require.Empty(t, again.Arrivals, "the same file brings nothing twice")
	}
	require.Len(t, reported, 4, "all four malls: %v", reported)
}

func (d *labelDay) numbersOf(t *testing.T, mall order.Mall, id string) (all []string) {
	for _, s := range d.sources {
		if s.Mall() != mall {
			continue
		}
		o, err := s.Order(t.Context(), id)
		require.NoError(t, err)
		for _, p := range o.Parcels {
			for _, r := range p.Shipments {
				all = append(all, r.Tracking)
			}
		}
	}
	return all
}
