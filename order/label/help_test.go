package label_test

import (
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/japanese"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/label"
	"github.com/jpmall/jpmall/timeslot"
)

func day(n int) order.Date { return order.DateOf(time.Now()).AddDays(n) }

// sample is an order that every tool can print.
func sample(change func(*order.Order)) order.Order {
	o := order.Order{
		Mall: order.Rakuten, Shop: "example-shop", ID: "123456-20261120-0000000001", Status: order.ReadyToShip,
		Buyer: order.Party{Name: "例示 花子", Postal: "000-2345", Prefecture: "大阪府", City: "大阪市北区",
			Address: []string{"見本町9-9"}, Phone: "000-0000-0002"},
		Parcels: []order.Parcel{{ID: "1", Recipient: order.Party{
			Name: "見本 太郎", Postal: "000-1234", Prefecture: "東京都", City: "千代田区",
			Address: []string{"見本町1-2-3", "架空ハイツ101"}, Phone: "000-0123-4567",
		}, Lines: []order.Line{{Name: "煎茶 50包", Quantity: 1}}, Delivery: order.Delivery{Slot: timeslot.NoPreference}}},
		Payment: order.Payment{Method: order.Card, Paid: order.Yes},
	}
	if change != nil {
		change(&o)
	}
	return o
}

var sender = order.Party{Name: "見本商店", Postal: "000-0001", Prefecture: "京都府", City: "京都市中京区", Address: []string{"例示町1"},
	Phone: "000-0000-0001"}

// config is a configuration that works with every layout.
func config(l label.Layout) label.Config {
	return label.Config{Layout: l, Keys: label.NewMemory(), Sender: sender,
		Account: label.Account{Code: "000000000000"[:min(12, width(l))], Fare: "01"}}
}

func width(l label.Layout) int {
	for _, c := range l.Columns {
		if c.Field == label.AccountCode {
			return c.Width
		}
	}
	return 12
}

func write(t testing.TB, cfg label.Config, orders ...order.Order) label.Batch {
	t.Helper()
	w, err := label.NewWriter(cfg)
	require.NoError(t, err)
	batch, err := w.Labels(t.Context(), orders)
	require.NoError(t, err)
	return batch
}

// one writes one label and gives its cells, or its reasons.
func one(t testing.TB, cfg label.Config, o order.Order) (cells []string, reasons []label.Reason) {
	t.Helper()
	batch := write(t, cfg, o)
	if len(batch.Refusals) > 0 {
		return nil, batch.Refusals[0].Reasons
	}
	rows := read(t, batch)
	if cfg.Layout.Header {
		rows = rows[1:]
	}
	return rows[0], nil
}

func read(t testing.TB, batch label.Batch) (rows [][]string) {
	t.Helper()
	files, err := batch.Files()
	require.NoError(t, err)
	for _, f := range files {
		text, err := japanese.ShiftJIS.NewDecoder().String(string(f.Data))
		require.NoError(t, err)
		require.NotContains(t, text, "\ufffd")
		require.True(t, strings.HasSuffix(text, "\r\n"))
		got, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		require.NoError(t, err)
		rows = append(rows, got...)
	}
	return rows
}

// filled returns the cells that are not empty, by column from 1.
func filled(cells []string) map[int]string {
	m := map[int]string{}
	for i, c := range cells {
		if c != "" {
			m[i+1] = c
		}
	}
	return m
}

func codes(reasons []label.Reason) (all []string) {
	for _, r := range reasons {
		all = append(all, string(r.Code)+" "+r.Field)
	}
	return all
}
