package fake_test

import (
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/internal/fake"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// inside are the packages' names in the text of a type.
var inside = regexp.MustCompile(`\b(order|rakuten|yahoo|amazon|aupay)test\.`)

func signature(t reflect.Type) string { return inside.ReplaceAllString(t.String(), "") }

// fields lists names and types in their order.
func fields(t reflect.Type) []string {
	var all []string
	for i := range t.NumField() {
		if f := t.Field(i); f.IsExported() {
			all = append(all, f.Name+" "+signature(f.Type))
		}
	}
	return all
}

// TestMallsAlike: who can use one fake mall can use all four.
func TestMallsAlike(t *testing.T) {
	malls := map[string]struct {
		options, mall, server, fault, call, order reflect.Type
		create, serve                             reflect.Type
		keys                                      []string // of the client's Keys
		tokens                                    bool     // it has a token endpoint
	}{
		"rakuten": {reflect.TypeFor[rakutentest.Options](), reflect.TypeFor[*rakutentest.Mall](), reflect.TypeFor[rakutentest.Server](),
			reflect.TypeFor[rakutentest.Fault](), reflect.TypeFor[rakutentest.Call](),
			reflect.TypeFor[rakutentest.Order](),
			reflect.TypeOf(rakutentest.New), reflect.TypeOf(rakutentest.NewServer),
			[]string{"ServiceSecret", "LicenseKey"}, false},
		"yahoo": {reflect.TypeFor[yahootest.Options](), reflect.TypeFor[*yahootest.Mall](), reflect.TypeFor[yahootest.Server](),
			reflect.TypeFor[yahootest.Fault](), reflect.TypeFor[yahootest.Call](), reflect.TypeFor[yahootest.Order](),
			reflect.TypeOf(yahootest.New), reflect.TypeOf(yahootest.NewServer),
			[]string{"ClientID", "ClientSecret", "RefreshToken", "PublicKey", "PublicKeyVersion"}, true},
		"amazon": {reflect.TypeFor[amazontest.Options](), reflect.TypeFor[*amazontest.Mall](), reflect.TypeFor[amazontest.Server](),
			reflect.TypeFor[amazontest.Fault](), reflect.TypeFor[amazontest.Call](),
			reflect.TypeFor[amazontest.Order](),
			reflect.TypeOf(amazontest.New), reflect.TypeOf(amazontest.NewServer),
			[]string{"ClientID", "ClientSecret", "RefreshToken"}, true},
		"aupay": {reflect.TypeFor[aupaytest.Options](), reflect.TypeFor[*aupaytest.Mall](), reflect.TypeFor[aupaytest.Server](),
			reflect.TypeFor[aupaytest.Fault](), reflect.TypeFor[aupaytest.Call](), reflect.TypeFor[aupaytest.Order](),
			reflect.TypeOf(aupaytest.New), reflect.TypeOf(aupaytest.NewServer), []string{"APIKey"}, false},
	}
	methods := map[string]string{
		"Transport": "func(*Mall) http.RoundTripper", "Close": "func(*Mall)", "Inject": "func(*Mall, ...Fault) error", "ClearFaults": "func(*Mall)",
		"PendingFaults": "func(*Mall) int", "Calls": "func(*Mall, string) []Call", "Count": "func(*Mall, string) int", "Shop": "func(*Mall) string",
		"AddOrder": "func(*Mall, Order) string", "Order": "func(*Mall, string) (Order, bool)",
		"ChangeOrder": "func(*Mall, string, func(*Order)) bool", "Numbers": "func(*Mall) []string",
	}
	for name, m := range malls {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, "func(Options) *Mall", signature(m.create))
			require.Equal(t, "func(Options) (*Server, error)", signature(m.serve))
			require.True(t, m.mall.Implements(reflect.TypeFor[http.Handler]()))
			for method, want := range methods {
				got, ok := m.mall.MethodByName(method)
				require.True(t, ok, method)
				require.Equal(t, want, inside.ReplaceAllString(got.Type.String(), ""), method)
			}
			for _, key := range m.keys {
				got, ok := m.mall.MethodByName(key)
				require.True(t, ok, key)
				require.Equal(t, "func(*Mall) string", signature(got.Type), key)
			}
			require.Equal(t, []string{"Shop string", "Seed uint64", "Orders int", "Quotas bool"}, fields(m.options)[:4])
			server := []string{"Mall *Mall", "URL string"}
			if m.tokens {
				server = append(server, "TokenURL string")
			}
			require.Equal(t, server, fields(m.server))
			require.Equal(t, fields(reflect.TypeFor[fake.Fault]()), fields(m.fault))
			require.Equal(t, fields(reflect.TypeFor[fake.Record]()), fields(m.call))
			require.True(t, slices.Contains(fields(m.order), "ID string") &&
				slices.Contains(fields(m.order), "Placed time.Time"))
		})
	}
}

// common is what the malls share, once the types of their own are out of the way.
type common interface {
	Transport() http.RoundTripper
	Close()
	Numbers() []string
	Count(string) int
}

// TestOrdersOption: zero is 40 orders and a negative number none, everywhere.
func TestOrdersOption(t *testing.T) {
	for name, open := range map[string]func(n int) (m common, placed string){
		"rakuten": func(n int) (common, string) {
			m := rakutentest.New(rakutentest.Options{Orders: n})
			return m, m.AddOrder(rakutentest.Order{})
		},
		"yahoo": func(n int) (common, string) {
			m := yahootest.New(yahootest.Options{Orders: n})
			return m, m.AddOrder(yahootest.Order{})
		},
		"amazon": func(n int) (common, string) {
			m := amazontest.New(amazontest.Options{Orders: n})
			return m, m.AddOrder(amazontest.Order{})
		},
		"aupay": func(n int) (common, string) {
			m := aupaytest.New(aupaytest.Options{Orders: n})
			return m, m.AddOrder(aupaytest.Order{})
		},
	} {
		t.Run(name, func(t *testing.T) {
			for asked, want := range map[int]int{0: 40, -1: 0, 7: 7} {
				m, added := open(asked)
				numbers := m.Numbers()
				require.Len(t, numbers, want+1)
				require.Equal(t, added, numbers[want], "the last one to arrive comes last")
				require.Zero(t, m.Count(""))
				m.Close()
			}
		})
	}
}

// TestFaultsOfNoOperation: a fault that would never strike is refused, with the names there are. Each
// name that a call can be counted by is one.
func TestFaultsOfNoOperation(t *testing.T) {
	rak, yah := rakutentest.New(rakutentest.Options{}), yahootest.New(yahootest.Options{})
	ama, aup := amazontest.New(amazontest.Options{}), aupaytest.New(aupaytest.Options{})
	t.Cleanup(func() { rak.Close(); yah.Close(); ama.Close(); aup.Close() })
	for _, mall := range []struct {
		inject  func(...fake.Fault) error
		pending func() int
		names   []string
	}{
		{rak.Inject, rak.PendingFaults, []string{"getOrder", "license.expiryDate.get", "inventories.bulk.upsert"}},
		{yah.Inject, yah.PendingFaults, []string{"orderList", "token", "authorization", "setStock"}},
		{ama.Inject, ama.PendingFaults, []string{"searchOrders", "v0.getOrder", "token", "consent", "document"}},
		{aup.Inject, aup.PendingFaults, []string{"searchTradeInfoProc", "updateStock"}},
	} {
		err := mall.inject(fake.Fault{Kind: fake.Dropped}, fake.Fault{Kind: fake.Dropped, Operation: "getorder"})
		require.ErrorContains(t, err, `no operation "getorder"; there are `)
		require.Zero(t, mall.pending())
		for _, name := range mall.names {
			require.ErrorContains(t, err, name)
			require.NoError(t, mall.inject(fake.Fault{Kind: fake.Dropped, Operation: name}))
		}
		require.Equal(t, len(mall.names), mall.pending())
	}
}
