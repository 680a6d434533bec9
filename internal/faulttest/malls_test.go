package faulttest_test

import (
	"fmt"
	"maps"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/yahoo"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// mall is a fake mall with what the tests do to it. All use of the fakes' own ways to add and
// change orders is in this file.
type mall struct {
	name    order.Mall
	limits  order.Limiters // of the clients; nil is their own
	key     string         // the public key, where there is one
	open    func(*http.Client) (order.Source, error)
	wire    http.RoundTripper
	ids     func() []string
	add     func(placed time.Time) (id string)
	put     func(order.Order) (id string, err error)
	change  func(id, mark string, cancel bool)
	truth   func(id string) string   // the order's mark and state as the fake has them
	marked  func(order.Order) string // the same of an order that was read
	inject  func(fault) error
	clear   func()
	count   func(operation string) int
	pending func() int
	close   func()

	// sets the documented rates, where the fake is given faster ones; nil where it is not
	documented func()
	slow       func(time.Duration) // how long the mall takes for what it does later; nil where nothing is
	// delivery day and slot as the fake has them; nil where they cannot be changed
	wish    func(id string) string
	bill    func(id string, yen int64)    // changes what the buyer is billed and nothing else
	stock   func(sku order.SKU, n int64)  // sets it; nil for a mall without a StockKeeper
	planned func(id string) order.Verdict // what Reconcile should say, by what the fake put into the order
}

// fault has the fields of every fake's Fault.
type fault = rakutentest.Fault

// openMalls makes four fakes, each with n orders of the two weeks before now.
func openMalls(t *testing.T, seed uint64, n int) []*mall {
	t.Helper()
	malls := make([]*mall, len(openers))
	for i := range malls {
		malls[i] = openMall(t, i, seed, n)
	}
	return malls
}

var openers = []func(seed uint64, n int, quotas bool) *mall{openRakuten, openYahoo, openAmazon, openAuPay}

// openMall makes one of the four.
func openMall(t *testing.T, i int, seed uint64, n int) *mall {
	t.Helper()
	m := openers[i](seed+uint64(i), n, true)
	t.Cleanup(m.close)
	return m
}

func (m *mall) source(t *testing.T, wire http.RoundTripper) order.Source {
	t.Helper()
	s, err := m.open(&http.Client{Transport: wire})
	require.NoError(t, err)
	return s
}

func openRakuten(seed uint64, n int, quotas bool) *mall {
	f := rakutentest.New(rakutentest.Options{Seed: seed, Orders: n, Quotas: quotas})
	m := new(mall)
	*m = mall{
		name: order.Rakuten, wire: f.Transport(), ids: f.Numbers, put: f.Put,
		inject: func(x fault) error { return f.Inject(x) }, clear: f.ClearFaults, count: f.Count,
		pending: f.PendingFaults, close: f.Close,
		open: func(c *http.Client) (order.Source, error) {
			return rakuten.New(rakuten.Config{Shop: f.Shop(), HTTPClient: c, Limiter: m.limits,
				Keys: credential.Static(rakuten.Keys{
					ServiceSecret: credential.NewSecret(f.ServiceSecret()),
					LicenseKey:    credential.NewSecret(f.LicenseKey())})})
		},
		slow:  f.SetStep,
		stock: func(s order.SKU, n int64) { f.SetStock(s.Item, s.Variant, n) },
		wish: func(id string) string {
			o, _ := f.Order(id)
			return fmt.Sprint(o.DeliveryDate, o.ShippingTerm == 1)
		},
		add: func(placed time.Time) string { return f.AddOrder(rakutentest.Order{Placed: placed, Progress: 100}) },
		change: func(id, mark string, cancel bool) {
			f.ChangeOrder(id, func(o *rakutentest.Order) {
				o.Memo = mark
				if cancel {
					o.Progress = 900
				}
			})
		},
		truth: func(id string) string {
			o, _ := f.Order(id)
			return fmt.Sprint(o.Memo, " ", o.Progress == 900)
		},
		marked: func(o order.Order) string { return fmt.Sprint(o.Memo, " ", o.Status == order.Cancelled) },
		bill: func(id string, yen int64) {
			_ = f.ChangeOrder(id, func(o *rakutentest.Order) { o.Fields = map[string]any{"requestPrice": yen} })
		},
		planned: func(id string) order.Verdict {
			if o, _ := f.Order(id); o.Postage == -9999 {
				return order.CannotBeTold
			}
			return order.AddsUp
		},
	}
	return m
}

func openYahoo(seed uint64, n int, quotas bool) *mall {
	f := yahootest.New(yahootest.Options{Seed: seed, Orders: n, Quotas: quotas})
	m := new(mall)
	*m = mall{
		name: order.Yahoo, key: f.PublicKey(), wire: f.Transport(), ids: f.Numbers, put: f.Put,
		inject: func(x fault) error { return f.Inject(yahootest.Fault(x)) }, clear: f.ClearFaults, count: f.Count,
		pending: f.PendingFaults, close: f.Close,
		open: func(c *http.Client) (order.Source, error) {
			return yahoo.New(yahoo.Config{Shop: f.Shop(), HTTPClient: c, Limiter: m.limits,
				Keys: credential.Static(yahoo.Keys{
					ClientID: f.ClientID(), ClientSecret: credential.NewSecret(f.ClientSecret()),
					RefreshToken: credential.NewSecret(f.RefreshToken()),
					PublicKey:    m.key, PublicKeyVersion: f.PublicKeyVersion()})})
		},
		add: func(placed time.Time) string {
			o, _ := f.Order(f.Numbers()[0])
			for _, own := range []string{"OrderTime", "LastUpdateTime", "PublicationTime", "OriginalOrderId",
				"IsReadOnly"} {
				delete(o.Fields, own)
			}
			o.ID, o.Placed = "", placed
			return f.AddOrder(o)
		},
		change: func(id, mark string, cancel bool) {
			set := map[string]string{"Notes": mark}
			if cancel {
				set["OrderStatus"] = "4"
			}
			f.ChangeOrder(id, func(o *yahootest.Order) { maps.Copy(o.Fields, set) })
		},
		truth: func(id string) string {
			o, _ := f.Order(id)
			return fmt.Sprint(o.Fields["Notes"], " ", o.Fields["OrderStatus"] == "4")
		},
		marked: func(o order.Order) string { return fmt.Sprint(o.Memo, " ", o.Status == order.Cancelled) },
		wish: func(id string) string {
			o, _ := f.Order(id)
			return fmt.Sprint(o.Fields["ShipRequestDate"], o.Fields["ShipRequestTime"] == "午前中")
		},
		stock: func(s order.SKU, n int64) { f.SetStock(s.String(), yahootest.Stock{Quantity: n}) },
		bill: func(id string, yen int64) {
			f.ChangeOrder(id, func(o *yahootest.Order) { o.Fields["TotalPrice"] = fmt.Sprint(yen) })
		},
		planned: func(id string) order.Verdict {
			o, _ := f.Order(id)
			field := func(fields map[string]string, name string) (n int64) {
				_, _ = fmt.Sscan(fields[name], &n) // an empty field is none
				return n
			}
			sum := -field(o.Fields, "TotalPrice")
			for _, l := range o.Lines {
				sum += field(l.Fields, "UnitPrice") * field(l.Fields, "Quantity")
			}
			for name, sign := range map[string]int64{"GiftWrapCharge": 1, "ShipCharge": 1, "PayCharge": 1,
				"Adjustments": 1,
				"Discount":    -1, "UsePoint": -1, "TotalMallCouponDiscount": -1} {
				sum += sign * field(o.Fields, name)
			}
			switch {
			case o.Fields["RemoteAreaShippingType"] == "2":
				return order.CannotBeTold
			case sum != 0:
				return order.Differs
			}
			return order.AddsUp
		},
	}
	return m
}

func openAmazon(seed uint64, n int, quotas bool) *mall {
	f := amazontest.New(amazontest.Options{Seed: seed, Orders: n, Quotas: quotas})
	f.SetRate("searchOrders", 0.1, 20) // what a seller with many orders is given: a page each ten seconds
	m := new(mall)
	*m = mall{
		documented: func() { f.SetRate("searchOrders", 0.0056, 20) },
		name:       order.Amazon, wire: f.Transport(), ids: f.Numbers, put: f.Put,
		inject: func(x fault) error { return f.Inject(amazontest.Fault(x)) }, clear: f.ClearFaults, count: f.Count,
		pending: f.PendingFaults, close: f.Close,
		open: func(c *http.Client) (order.Source, error) {
			return amazon.New(amazon.Config{Shop: f.Shop(), HTTPClient: c, Limiter: m.limits,
				Keys: credential.Static(amazon.Keys{
					ClientID: f.ClientID(), ClientSecret: credential.NewSecret(f.ClientSecret()),
					RefreshToken: credential.NewSecret(f.RefreshToken())})})
		},
		add: func(placed time.Time) string { // an order shows up late, with an instant that lies in the past
			o, _ := f.Order(f.Numbers()[0])
			o.ID = ""
			o.Status = "UNSHIPPED"
			o.Placed = placed.Add(-8 * time.Minute)
			o.Updated = placed.Add(-7 * time.Minute)
			return f.AddOrder(o)
		},
		change: func(id, mark string, cancel bool) {
			f.ChangeOrder(id, func(o *amazontest.Order) {
				o.Instruction = mark
				if cancel {
					o.Status = "CANCELLED"
				}
			})
		},
		truth: func(id string) string {
			o, _ := f.Order(id)
			return fmt.Sprint(o.Updated.UnixMilli(), " ", o.Status == "CANCELLED")
		},
		marked: func(o order.Order) string {
			return fmt.Sprint(o.Updated.UnixMilli(), " ", o.MallStatus == "CANCELLED")
		},
		bill: func(id string, yen int64) {
			f.ChangeOrder(id, func(o *amazontest.Order) { o.GrandTotal = fmt.Sprint(yen) })
		},
		planned: func(string) order.Verdict { return order.CannotBeTold }, // its formula is not known for sure
	}
	return m
}

func openAuPay(seed uint64, n int, quotas bool) *mall {
	f := aupaytest.New(aupaytest.Options{Seed: seed, Orders: n, Quotas: quotas})
	m := new(mall)
	*m = mall{
		name: order.AuPay, wire: f.Transport(), ids: f.Numbers, put: f.Put,
		inject: func(x fault) error { return f.Inject(aupaytest.Fault(x)) }, clear: f.ClearFaults, count: f.Count,
		pending: f.PendingFaults, close: f.Close,
		open: func(c *http.Client) (order.Source, error) {
			return aupay.New(aupay.Config{Shop: f.Shop(), HTTPClient: c, Limiter: m.limits,
				Keys: credential.Static(aupay.Keys{APIKey: credential.NewSecret(f.APIKey())})})
		},
		add: func(placed time.Time) string {
			o, _ := f.Order(f.Numbers()[0])
			o.ID, o.Placed = "", placed
			return f.AddOrder(o)
		},
		change: func(id, mark string, cancel bool) {
			f.ChangeOrder(id, func(o *aupaytest.Order) {
				o.Elements["memo"] = mark
				if cancel {
					o.Status = "キャンセル"
				}
			})
		},
		truth: func(id string) string {
			o, _ := f.Order(id)
			return o.Elements["memo"] + " " + o.Status
		},
		marked: func(o order.Order) string { return o.Memo + " " + o.MallStatus },
		stock: func(s order.SKU, n int64) {
			f.SetStock(aupaytest.Stock{LotNumber: "700000009", ItemCode: s.Item, Count: n})
		},
		bill: func(id string, yen int64) {
			f.ChangeOrder(id, func(o *aupaytest.Order) { o.Elements["requestPrice"] = fmt.Sprint(yen) })
		},
		planned: func(id string) order.Verdict {
			if o, _ := f.Order(id); o.Elements["requestPrice"] == "" {
				return order.CannotBeTold
			}
			return order.AddsUp
		},
	}
	return m
}
