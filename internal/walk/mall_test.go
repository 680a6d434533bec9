package walk_test

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"time"

	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

// mall is a mall in memory with the traits that walk has to cope with.
type mall struct {
	orders    []order.Order // ascending by Placed
	size      int           // rows of a page
	inclusive bool          // its windows include their end
	rows      bool          // the list row is the order
	tokens    bool          // pages by token
	noTotal   bool
	until     bool                                     // its rows tell their instant
	search    func(walk.Step) (walk.Page, error, bool) // takes over a call when its last result is true

	searches []walk.Step
	details  [][]string
}

const shop = "example-shop"

// invent makes n orders, one each step from start.
func invent(n int, start time.Time, step time.Duration) []order.Order {
	all := make([]order.Order, n)
	for i := range all {
		placed := start.Add(time.Duration(i) * step)
		all[i] = order.Order{Mall: order.Rakuten, Shop: shop,
			ID:       fmt.Sprintf("100000-%s-%05d", placed.Format("20060102"), i),
			Revision: "1", Placed: placed, Updated: placed.Add(time.Hour), Status: order.New}
	}
	return all
}

func (m *mall) plan() walk.Plan {
	return walk.Plan{
		Mall: order.Rakuten, Shop: shop, Operation: "searchOrder", Fetch: "getOrder",
		Grain: time.Second, Search: m.Search, Detail: m.Detail, Batch: 100,
	}
}

func (m *mall) Search(_ context.Context, s walk.Step) (walk.Page, error) {
	m.searches = append(m.searches, s)
	if m.search != nil {
		if page, err, over := m.search(s); over {
			return page, err
		}
	}
	return m.list(s)
}

func (m *mall) list(s walk.Step) (walk.Page, error) {
	var hits []order.Order
	for _, o := range m.orders {
		when := o.Placed
		if s.Query.By == order.ByUpdated {
			when = o.Updated
		}
		if when.Before(s.Window.From) || when.After(s.Window.To) || when.Equal(s.Window.To) && !m.inclusive {
			continue
		}
		hits = append(hits, o)
	}
	begin := s.Start(m.size) - 1
	if m.tokens && s.Token != "" {
		var err error
		if begin, err = strconv.Atoi(s.Token); err != nil {
			return walk.Page{}, err
		}
	}
	begin = min(begin, len(hits))
	end := min(begin+m.size, len(hits))
	page := walk.Page{Total: len(hits), More: end < len(hits)}
	if m.until && begin < end {
		page.Until = hits[end-1].Placed.Truncate(time.Second)
	}
	if m.noTotal {
		page.Total = 0
		page.More = end-begin == m.size // a short page is the last
	}
	if m.tokens && page.More {
		page.Next = strconv.Itoa(end)
	}
	for _, o := range hits[begin:end] {
		if m.rows {
			page.Orders = append(page.Orders, o)
		} else {
			page.Refs = append(page.Refs, order.Ref{ID: o.ID, Revision: o.Revision})
		}
	}
	return page, nil
}

func (m *mall) Detail(_ context.Context, ids []string) ([]order.Order, error) {
	m.details = append(m.details, slices.Clone(ids))
	var found []order.Order
	for _, o := range m.orders {
		if slices.Contains(ids, o.ID) {
			found = append(found, o)
		}
	}
	// the mall's order is not ours
	slices.SortFunc(found, func(a, b order.Order) int { return cmp.Compare(b.ID, a.ID) })
	return found, nil
}

// result is what an iteration gave.
type result struct {
	ids    []string
	failed []string // numbers of orders with an error
	errs   []error
	last   error // the error that ended it
}

func gather(seq iter.Seq2[order.Order, error]) result {
	var r result
	for o, err := range seq {
		switch {
		case r.last != nil:
			panic("the iteration went on after its last error")
		case err == nil:
			r.ids = append(r.ids, o.ID)
		case order.Concerns(err) != "":
			if o.ID != order.Concerns(err) {
				panic("the error is not beside its order's Ref")
			}
			r.failed, r.errs = append(r.failed, o.ID), append(r.errs, err)
		default:
			r.last = err
		}
	}
	return r
}

func ids(orders []order.Order) []string {
	var all []string
	for _, o := range orders {
		all = append(all, o.ID)
	}
	return all
}
