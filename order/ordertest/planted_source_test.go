package ordertest_test

import (
	"context"
	"errors"
	"iter"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/suite"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/ordertest"
)

// inner is a Shop that can be embedded beside its method Shop.
type inner = ordertest.Shop

// faulty is a Shop with one fault in its reading.
type faulty struct {
	*inner
	orders func(*ordertest.Shop, context.Context, order.Query) iter.Seq2[order.Order, error]
	one    func(*ordertest.Shop, context.Context, string) (order.Order, error)
}

func (f *faulty) Orders(ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
	if f.orders == nil {
		return f.inner.Orders(ctx, q)
	}
	return f.orders(f.inner, ctx, q)
}

func (f *faulty) Order(ctx context.Context, id string) (order.Order, error) {
	if f.one == nil {
		return f.inner.Order(ctx, id)
	}
	return f.one(f.inner, ctx, id)
}

type yield = func(order.Order, error) bool

// filtered lets f see each step of a window before it is yielded; f yields what it likes.
func filtered(
	f func(y yield, n int, o order.Order, err error) bool,
) func(*ordertest.Shop, context.Context, order.Query) iter.Seq2[order.Order, error] {
	return func(s *ordertest.Shop, ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
		return func(y func(order.Order, error) bool) {
			n := 0
			for o, err := range s.Orders(ctx, q) {
				n++
				if len(q.IDs) > 0 || !q.To.IsZero() || len(q.Statuses) > 0 || q.By != order.ByPlaced ||
					q.Validate() != nil {
					if !y(o, err) {
						return
					}
				} else if !f(y, n, o, err) {
					return
				}
			}
		}
	}
}

// altered lets f change the query.
func altered(f func(q *order.Query)) func(*ordertest.Shop, context.Context, order.Query) iter.Seq2[order.Order, error] {
	return func(s *ordertest.Shop, ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
		if q.Validate() == nil {
			f(&q)
		}
		return s.Orders(ctx, q)
	}
}

// byUpdated lets f yield what it likes for each order of a window of the last change.
func byUpdated(
	f func(yield, order.Order) bool,
) func(*ordertest.Shop, context.Context, order.Query) iter.Seq2[order.Order, error] {
	return func(s *ordertest.Shop, ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
		return func(y func(order.Order, error) bool) {
			for o, err := range s.Orders(ctx, q) {
				if q.By != order.ByUpdated || err != nil {
					if !y(o, err) {
						return
					}
				} else if !f(y, o) {
					return
				}
			}
		}
	}
}

var errLoose = errors.New("no error of this package")

// TestPlantedFaultsOfSources: each broken source fails the clauses that it breaks, and no others.
func TestPlantedFaultsOfSources(t *testing.T) {
	var revisions atomic.Int64 // clauses read from several goroutines
	for name, fault := range map[string]struct {
		source faulty
		fails  []string
	}{
		"repeats an order": {faulty{orders: filtered(func(y yield, n int, o order.Order, err error) bool {
			return y(o, err) && (n != 1 || err != nil || y(o, err))
		})}, []string{"each once"}},
		"leaves an order out": {faulty{orders: filtered(func(y yield, n int, o order.Order, err error) bool {
			return o.ID == "M-0008" || y(o, err)
		})}, []string{"complete", "statuses"}}, // by status it does come
		"has another shop's orders": {faulty{orders: filtered(func(y yield, n int, o order.Order, err error) bool {
			if n == 9 {
				o.Shop = "another"
			}
			return y(o, err)
		})}, []string{"names its shop"}},
		"forgets revisions": {faulty{orders: filtered(func(y yield, n int, o order.Order, err error) bool {
			if n == 9 {
				o.Revision = ""
			}
			return y(o, err)
		})}, []string{"whole orders", "known revision"}},
		"newest first": {faulty{orders: func(s *ordertest.Shop, ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
			return func(y func(order.Order, error) bool) {
				if len(q.IDs) > 0 || q.Validate() != nil || q.Known != nil || ctx.Done() != nil {
					s.Orders(ctx, q)(y)
					return
				}
				var last *order.Order
				for o, err := range s.Orders(ctx, q) {
					if last == nil && err == nil {
						last = &o
						continue
					}
					if !y(o, err) {
						return
					}
				}
				if last != nil {
					y(*last, nil)
				}
			}
		}}, []string{"oldest first"}},
		"From is exclusive": {faulty{orders: altered(func(q *order.Query) {
			if len(q.IDs) == 0 {
				q.From = q.From.Add(time.Nanosecond)
			}
		})}, []string{"window", "updated window"}},
		"To is inclusive": {faulty{orders: altered(func(q *order.Query) {
			if !q.To.IsZero() {
				q.To = q.To.Add(time.Nanosecond)
			}
		})}, []string{"window", "updated window"}},
		"ignores By": {faulty{orders: func(s *ordertest.Shop, ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
			if q.By == order.ByUpdated {
				return func(y func(order.Order, error) bool) {
					for o := range s.Orders(ctx, order.Query{From: q.From}) {
						o.Updated = time.Time{}
						if !y(o, nil) {
							return
						}
					}
				}
			}
			return s.Orders(ctx, q)
		}}, []string{"updated window"}},
		"finds nothing by the last change": {faulty{orders: byUpdated(func(yield, order.Order) bool { return true })},
			[]string{"updated window"}},
		"repeats orders by the last change": {faulty{orders: byUpdated(func(y yield, o order.Order) bool {
			for range 2 {
				if !y(o, nil) {
					return false
				}
			}
			return true
		})}, []string{"updated window"}},
		"leaves an order out by the last change": {faulty{orders: byUpdated(func(y yield, o order.Order) bool {
			return o.ID == "M-0008" || y(o, nil)
		})}, []string{"updated window"}},
		"ignores To by the last change": {faulty{orders: altered(func(q *order.Query) {
			if q.By == order.ByUpdated {
				q.To = time.Time{}
			}
		})}, []string{"updated window"}},
		"ignores statuses": {faulty{orders: altered(func(q *order.Query) { q.Statuses = nil })}, []string{"statuses"}},
		"reads one number of two": {faulty{orders: altered(func(q *order.Query) {
			if len(q.IDs) > 0 {
				q.IDs = q.IDs[:1]
			}
		})}, []string{"numbers"}},
		"ignores Known": {faulty{orders: altered(func(q *order.Query) { q.Known = nil })}, []string{"known leaves out", "known before details"}},
		"asks Known when it is too late": {faulty{orders: func(s *ordertest.Shop, ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
			known := q.Known
			q.Known = nil
			return func(y func(order.Order, error) bool) {
				for o, err := range s.Orders(ctx, q) {
					if err == nil && known != nil && known(o.Ref()) {
						continue
					}
					if !y(o, err) {
						return
					}
				}
			}
		}}, []string{"known before details"}},
		"tells Known a revision of its own": {faulty{orders: altered(func(q *order.Query) {
			if known := q.Known; known != nil {
				q.Known = func(r order.Ref) bool { r.Revision += "-list"; return known(r) }
			}
		})}, []string{"known revision"}},
		"eager": {faulty{orders: func(s *ordertest.Shop, ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
			if q.Validate() == nil {
				for range s.Orders(ctx, order.Query{From: time.Now().Add(time.Hour)}) {
					break
				}
			}
			return s.Orders(ctx, q)
		}}, []string{"lazy"}},
		"goes on after the loop was left": {faulty{orders: func(s *ordertest.Shop, ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
			return func(y func(order.Order, error) bool) {
				for o, err := range s.Orders(ctx, q) {
					y(o, err)
				}
			}
		}}, []string{"early stop", "early stop sends nothing"}},
		"reads ahead": {faulty{orders: func(s *ordertest.Shop, ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
			return func(y func(order.Order, error) bool) {
				for o, err := range s.Orders(ctx, q) {
					if !y(o, err) {
						_, _ = s.Order(ctx, "M-0000")
						return
					}
				}
			}
		}}, []string{"early stop sends nothing"}},
		"answers an empty query with everything": {faulty{orders: func(s *ordertest.Shop, ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
			if q.Validate() != nil {
				q = order.Query{From: time.Now().Add(-time.Hour)}
			}
			return s.Orders(ctx, q)
		}}, []string{"refuses queries", "refused sends nothing"}},
		"asks the mall before it refuses": {faulty{orders: func(s *ordertest.Shop, ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
			return func(y func(order.Order, error) bool) {
				if q.Validate() != nil {
					_, _ = s.Order(ctx, "M-0000")
				}
				s.Orders(ctx, q)(y)
			}
		}}, []string{"refused sends nothing"}},
		"gives another order": {faulty{one: func(s *ordertest.Shop, ctx context.Context, id string) (order.Order, error) {
			if id == "M-0001" {
				id = "M-0002"
			}
			return s.Order(ctx, id)
		}}, []string{"one order"}},
		"an unknown order is an empty one": {faulty{one: func(s *ordertest.Shop, ctx context.Context, id string) (order.Order, error) {
			o, err := s.Order(ctx, id)
			if errors.Is(err, order.ErrNotFound) {
				err = nil
			}
			return o, err
		}}, []string{"not found"}},
		"an unknown order is any error": {faulty{one: func(s *ordertest.Shop, ctx context.Context, id string) (order.Order, error) {
			o, err := s.Order(ctx, id)
			if errors.Is(err, order.ErrNotFound) {
				err = errLoose
			}
			return o, err
		}}, []string{"not found"}},
		"a revision for each reading": {faulty{orders: filtered(func(y yield, n int, o order.Order, err error) bool {
			if n == 9 {
				o.Revision += time.Duration(revisions.Add(1)).String()
			}
			return y(o, err)
		})}, []string{"known revision", "revision stays", "revision changes"}},
		"a revision that stays": {faulty{orders: func(s *ordertest.Shop, ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
			return func(y func(order.Order, error) bool) {
				for o, err := range s.Orders(ctx, q) {
					if o.Memo != "" {
						o.Revision = "r2"
					}
					if !y(o, err) {
						return
					}
				}
			}
		}}, []string{"revision changes"}},
		"swallows the error of an order": {faulty{orders: filtered(func(y yield, n int, o order.Order, err error) bool {
			return order.Concerns(err) != "" || y(o, err)
		})}, []string{"an error of one order goes on"}},
		"ends at the error of an order": {faulty{orders: filtered(func(y yield, n int, o order.Order, err error) bool {
			return y(o, err) && order.Concerns(err) == ""
		})}, []string{"an error of one order goes on"}},
		"does not say which order": {faulty{orders: filtered(func(y yield, n int, o order.Order, err error) bool {
			if order.Concerns(err) != "" {
				err = errLoose
			}
			return y(o, err)
		})}, []string{"an error of one order goes on"}},
		"half an order beside its error": {faulty{orders: filtered(func(y yield, n int, o order.Order, err error) bool {
			if err != nil {
				o.Placed = time.Now()
			}
			return y(o, err)
		})}, []string{"an error of one order goes on"}},
		"swallows the last error": {faulty{orders: filtered(func(y yield, n int, o order.Order, err error) bool {
			return err != nil && order.Concerns(err) == "" && !errors.Is(err, context.Canceled) || y(o, err)
		})}, []string{"any other error is the last"}},
		"yields after the last error": {faulty{orders: filtered(func(y yield, n int, o order.Order, err error) bool {
			return y(o, err) && (!errors.Is(err, order.ErrTemporary) || errors.Is(err, context.Canceled) ||
				y(ordertest.Sample(1, time.Now()), nil))
		})}, []string{"any other error is the last"}},
		"the last error is of no class": {faulty{orders: filtered(func(y yield, n int, o order.Order, err error) bool {
			if err != nil && order.Concerns(err) == "" && !errors.Is(err, context.Canceled) {
				err = errLoose
			}
			return y(o, err)
		})}, []string{"any other error is the last"}},
		"ignores the context": {faulty{
			orders: func(s *ordertest.Shop, ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
				return s.Orders(context.WithoutCancel(ctx), q)
			},
		}, []string{"cancelled before"}},
		"ignores the context for one order": {faulty{
			one: func(s *ordertest.Shop, ctx context.Context, id string) (order.Order, error) {
				return s.Order(context.WithoutCancel(ctx), id)
			},
		}, []string{"cancelled before"}},
		"ends in silence when the context does": {faulty{orders: filtered(func(y yield, n int, o order.Order, err error) bool {
			return n > 1 && errors.Is(err, context.Canceled) || y(o, err)
		})}, []string{"cancelled on the way"}},
		"panics": {faulty{one: func(s *ordertest.Shop, ctx context.Context, id string) (order.Order, error) {
			if id == "M-9999" {
				panic("index out of range")
			}
			return s.Order(ctx, id)
		}}, []string{"not found"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := suite.NewRecord()
				ordertest.TestSource(r, shopSubject(func(s *ordertest.Shop) order.Source {
					f := fault.source
					f.inner = s
					return &f
				}))
				requireFailed(t, r, fault.fails)
			})
		})
	}
	broken := &overlapping{}
	r := suite.NewRecord()
	ordertest.TestSource(r, shopSubject(func(s *ordertest.Shop) order.Source {
		broken = &overlapping{inner: s, busy: make(chan struct{}, 1)}
		return broken
	}))
	require.Equal(t, []string{"concurrent"}, r.Failed())
}

// overlapping cannot do two things at a time.
type overlapping struct {
	*inner
	busy chan struct{}
}

func (o *overlapping) Orders(ctx context.Context, q order.Query) iter.Seq2[order.Order, error] {
	return func(y func(order.Order, error) bool) {
		select {
		case o.busy <- struct{}{}:
			defer func() { <-o.busy }()
			time.Sleep(time.Millisecond)
			o.inner.Orders(ctx, q)(y)
		default:
			y(order.Order{}, errLoose)
		}
	}
}
