package ordertest_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/suite"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/ordertest"
)

// bubble runs each clause in simulated time.
type bubble struct{ *testing.T }

func (b bubble) Run(name string, clause func(bubble)) bool {
	return b.T.Run(name, func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) { clause(bubble{t}) })
	})
}

// shopSubject is a Shop with every hook. With names it is in front of it.
func shopSubject(with func(*ordertest.Shop) order.Source) func() (*ordertest.Subject, error) {
	return func() (*ordertest.Subject, error) {
		shop := ordertest.NewShop(ordertest.ShopOptions{})
		from := time.Now().Add(-time.Hour).Truncate(time.Second)
		s := &ordertest.Subject{Source: shop, From: from, Ready: map[order.Ability][]string{}}
		for n := range 9 {
			o := ordertest.Sample(n, from.Add(time.Duration(n+1)*time.Minute))
			if n < 3 {
				o.Status = order.New
			}
			o = shop.Put(o)
			s.IDs = append(s.IDs, o.ID)
		}
		writes := []order.Ability{order.CanConfirm, order.CanShip, order.CanCancel, order.CanAnnotate,
			order.CanChangeDelivery}
		for _, a := range writes {
			s.Ready[a] = s.IDs[3:]
		}
		s.Ready[order.CanConfirm] = s.IDs[:3]
		if with != nil {
			s.Source = with(shop)
		}
		s.Unknown, s.Sorted = "M-9999", true
		s.Calls = func() int { return shop.Count("") }
		s.Details = func() int { return shop.Count("order") }
		s.Writes = func() (n int) {
			for _, a := range writes {
				n += shop.Count(string(a))
			}
			return n
		}
		s.Change = func(id string) error { return shop.Change(id, func(o *order.Order) { o.Memo = "変更" }) }
		s.Break = func(id string) error { shop.Break(id, errors.New("a broken order")); return nil }
		s.Fail = func() error {
			return shop.Inject(ordertest.Fault{Kind: ordertest.ServerError, Operation: "orders", Times: -1})
		}
		s.Drop = func(a order.Ability) error {
			return shop.Inject(ordertest.Fault{Kind: ordertest.Dropped, Operation: string(a), Times: -1})
		}
		s.Lose = func(a order.Ability) error {
			return shop.Inject(ordertest.Fault{Kind: ordertest.ReplyLost, Operation: string(a), Times: -1})
		}
		s.Restore = shop.ClearFaults
		return s, nil
	}
}

// TestFaultsOfNoOperation: a fault that would never strike is refused, with the names there are.
func TestFaultsOfNoOperation(t *testing.T) {
	shop := ordertest.NewShop(ordertest.ShopOptions{})
	err := shop.Inject(ordertest.Fault{Kind: ordertest.Dropped},
		ordertest.Fault{Kind: ordertest.Dropped, Operation: "getOrder"})
	require.ErrorContains(t, err, `no operation "getOrder"; there are `)
	require.Zero(t, shop.PendingFaults())
	for _, name := range []string{"orders", "order", "settle", "confirm", "ship", "cancel", "annotate",
		"change_delivery", "read_stock", "stock"} {
		require.ErrorContains(t, err, name)
		require.NoError(t, shop.Inject(ordertest.Fault{Kind: ordertest.Dropped, Operation: name}))
	}

	var script ordertest.Script
	require.NoError(t, script.Add(ordertest.Fault{Kind: ordertest.Dropped, Operation: "whatever"}))
	script.Operations = []string{"read"}
	require.Error(t, script.Add(ordertest.Fault{Kind: ordertest.Dropped, Operation: "whatever"}))
}

func TestShopIsASource(t *testing.T)   { ordertest.TestSource(bubble{t}, shopSubject(nil)) }
func TestShopTakesWrites(t *testing.T) { ordertest.TestWrites(bubble{t}, shopSubject(nil)) }

// TestClauses: each hook that is missing takes away the clauses about it and nothing else, without
// a skipped test.
func TestClauses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		everything := suite.NewRecord()
		ordertest.TestSource(everything, shopSubject(nil))
		require.Empty(t, everything.Failed())
		require.Len(t, everything.Ran(), 26)
		for name, remove := range map[string]func(*ordertest.Subject){
			"oldest first": func(s *ordertest.Subject) { s.Sorted = false },
			"lazy, early stop sends nothing, refused sends nothing": func(s *ordertest.Subject) { s.Calls = nil },
			"known before details":          func(s *ordertest.Subject) { s.Details = nil },
			"not found":                     func(s *ordertest.Subject) { s.Unknown = "" },
			"revision changes":              func(s *ordertest.Subject) { s.Change = nil },
			"an error of one order goes on": func(s *ordertest.Subject) { s.Break = nil },
			"any other error is the last":   func(s *ordertest.Subject) { s.Fail = nil },
		} {
			r := suite.NewRecord()
			ordertest.TestSource(r, func() (*ordertest.Subject, error) {
				s, err := shopSubject(nil)()
				remove(s)
				return s, err
			})
			require.Empty(t, r.Failed())
			gone := slices.DeleteFunc(slices.Clone(everything.Ran()),
				func(c string) bool { return slices.Contains(r.Ran(), c) })
			require.Equal(t, strings.Split(name, ", "), gone)
		}
		all := suite.NewRecord()
		ordertest.TestWrites(all, shopSubject(nil))
		require.Empty(t, all.Failed())
		require.Len(t, all.Ran(), 5*16+1)
	})
}

// TestSubjectsThatCannotBeTested fail, and are not taken for good ones.
func TestSubjectsThatCannotBeTested(t *testing.T) {
	for name, spoil := range map[string]func(*ordertest.Subject) error{
		"an error":          func(*ordertest.Subject) error { return errors.New("no database") },
		"no source":         func(s *ordertest.Subject) error { s.Source = nil; return nil },
		"two orders":        func(s *ordertest.Subject) error { s.IDs = s.IDs[:2]; return nil },
		"no From":           func(s *ordertest.Subject) error { s.From = time.Time{}; return nil },
		"no Restore":        func(s *ordertest.Subject) error { s.Restore = nil; return nil },
		"too few are ready": func(s *ordertest.Subject) error { s.Ready[order.CanShip] = s.IDs[:2]; return nil },
		"a write that is not there": func(s *ordertest.Subject) error {
			s.Source = struct{ order.Source }{s.Source}
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			open := func() (*ordertest.Subject, error) {
				s, _ := shopSubject(nil)()
				return s, spoil(s)
			}
			r := suite.NewRecord()
			ordertest.TestWrites(r, open)
			require.Equal(t, []string{""}, r.Failed())
			require.Empty(t, r.Ran())
		})
	}
	r := suite.NewRecord()
	ordertest.TestFeedStore(r, func() (*ordertest.Store, error) { return nil, fmt.Errorf("no disk") })
	ordertest.TestFeedStore(r, func() (*ordertest.Store, error) { return &ordertest.Store{}, nil })
	require.Equal(t, []string{""}, r.Failed())
	require.Empty(t, r.Ran())
}

// requireFailed looks whether just these clauses failed.
func requireFailed(t *testing.T, r suite.Record, clauses []string) {
	t.Helper()
	require.Equal(t, strings.Join(slices.Sorted(slices.Values(clauses)), ", "),
		strings.Join(slices.Sorted(slices.Values(r.Failed())), ", "))
}
