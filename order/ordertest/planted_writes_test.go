package ordertest_test

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/jpmall/jpmall/internal/suite"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/ordertest"
)

// clerk is a Shop whose Annotate and Settle have a fault.
type clerk struct {
	*inner
	annotate func(*ordertest.Shop, context.Context, []order.Annotation, order.WriteOptions) ([]order.Result, error)
	settle   func(*ordertest.Shop, context.Context, []order.Result) ([]order.Result, error)
	read     func(o order.Order) order.Order
}

func (c *clerk) Annotate(
	ctx context.Context, list []order.Annotation, opts order.WriteOptions,
) ([]order.Result, error) {
	if c.annotate == nil {
		return c.inner.Annotate(ctx, list, opts)
	}
	return c.annotate(c.inner, ctx, list, opts)
}

func (c *clerk) Settle(ctx context.Context, results []order.Result) ([]order.Result, error) {
	if c.settle == nil {
		return c.inner.Settle(ctx, results)
	}
	return c.settle(c.inner, ctx, results)
}

func (c *clerk) Order(ctx context.Context, id string) (order.Order, error) {
	o, err := c.inner.Order(ctx, id)
	if c.read != nil {
		o = c.read(o)
	}
	return o, err
}

// answered lets f alter the results of a write of at least one element.
func answered(
	f func(list []order.Annotation, opts order.WriteOptions, results []order.Result, err error) ([]order.Result, error),
) clerk {
	return clerk{
		annotate: func(s *ordertest.Shop, ctx context.Context, list []order.Annotation, opts order.WriteOptions) (
			[]order.Result, error) {
			results, err := s.Annotate(ctx, list, opts)
			if len(results) == 0 || ctx.Err() != nil {
				return results, err
			}
			return f(list, opts, results, err)
		}}
}

// each lets f alter each result.
func each(f func(opts order.WriteOptions, r *order.Result)) clerk {
	return answered(func(_ []order.Annotation, opts order.WriteOptions, results []order.Result, err error) (
		[]order.Result, error) {
		for i := range results {
			f(opts, &results[i])
		}
		return results, err
	})
}

// TestPlantedFaultsOfWrites: each broken write fails the clauses that it breaks, and no others.
func TestPlantedFaultsOfWrites(t *testing.T) {
	var busy atomic.Int32
	for name, fault := range map[string]struct {
		clerk clerk
		fails []string
	}{
		"nothing is an error": {clerk{annotate: func(s *ordertest.Shop, ctx context.Context, list []order.Annotation, opts order.WriteOptions) ([]order.Result, error) {
			if len(list) == 0 {
				return nil, errLoose
			}
			return s.Annotate(ctx, list, opts)
		}}, []string{"annotate of nothing"}},
		"one order in two elements gives one result": {answered(func(_ []order.Annotation, _ order.WriteOptions, results []order.Result, err error) ([]order.Result, error) {
			if n := len(results); n > 1 && results[n-1].Order == results[0].Order {
				results = results[:n-1]
			}
			return results, err
		}), []string{"annotate one result each in order"}},
		"results in an order of their own": {answered(func(_ []order.Annotation, opts order.WriteOptions, results []order.Result, err error) ([]order.Result, error) {
			if opts.DryRun && len(results) > 2 {
				slices.SortFunc(results, func(a, b order.Result) int {
					return len(b.Order) - len(a.Order) + int(b.Order[5]) - int(a.Order[5])
				})
				slices.Reverse(results)
			}
			return results, err
		}), []string{"annotate one result each in order"}},
		"results of refused elements are dropped": {answered(func(_ []order.Annotation, _ order.WriteOptions, results []order.Result, err error) ([]order.Result, error) {
			return slices.DeleteFunc(results, func(r order.Result) bool { return r.Outcome == order.Refused }), err
		}), []string{"annotate one result each in order"}},
		"results in a real run are reversed": {answered(func(_ []order.Annotation, opts order.WriteOptions, results []order.Result, err error) ([]order.Result, error) {
			if !opts.DryRun && !lost(results) {
				slices.Reverse(results)
			}
			return results, err
		}), []string{"annotate one result each in order"}},
		"results of nobody":        {each(func(_ order.WriteOptions, r *order.Result) { r.Shop = "" }), []string{"annotate results name the shop"}},
		"results of another write": {each(func(_ order.WriteOptions, r *order.Result) { r.Ability = order.CanShip }), []string{"annotate results name the shop"}},
		"writes nothing and says done": {clerk{annotate: func(s *ordertest.Shop, ctx context.Context, list []order.Annotation, opts order.WriteOptions) ([]order.Result, error) {
			if len(list) == 2 && list[1].Order != "M-9999" && s.PendingFaults() == 0 {
				dry := opts.DryRun
				opts.DryRun = true
				results, err := s.Annotate(ctx, list, opts)
				for i := range results {
					results[i].DryRun = dry
				}
				return results, err
			}
			return s.Annotate(ctx, list, opts)
		}}, []string{"annotate done shows in the order"}},
		"done with an error": {answered(func(list []order.Annotation, opts order.WriteOptions, results []order.Result, err error) ([]order.Result, error) {
			if err == nil && !opts.DryRun && len(list) == 2 {
				err = errLoose
			}
			return results, err
		}), []string{"annotate done shows in the order"}},
		"changes a neighbour": {clerk{annotate: func(s *ordertest.Shop, ctx context.Context, list []order.Annotation, opts order.WriteOptions) ([]order.Result, error) {
			if len(list) == 2 && !opts.DryRun {
				_ = s.Change("M-0005", func(o *order.Order) { o.Remarks = "触られた" })
			}
			return s.Annotate(ctx, list, opts)
		}}, []string{"annotate changes revisions"}},
		"the revision stays": {clerk{read: func(o order.Order) order.Order {
			if o.Memo != "" {
				o.Revision = map[string]string{"M-0003": "r4", "M-0004": "r5", "M-0005": "r6"}[o.ID]
			}
			return o
		}}, []string{"annotate changes revisions"}},
		"a dry run is none": {clerk{annotate: func(s *ordertest.Shop, ctx context.Context, list []order.Annotation, opts order.WriteOptions) ([]order.Result, error) {
			dry := opts.DryRun
			opts.DryRun = false
			results, err := s.Annotate(ctx, list, opts)
			for i := range results {
				results[i].DryRun = dry
			}
			return results, err
		}}, []string{"annotate dry run changes nothing", "annotate dry run sends nothing"}},
		"a dry run sends what changes nothing": {clerk{annotate: func(s *ordertest.Shop, ctx context.Context, list []order.Annotation, opts order.WriteOptions) ([]order.Result, error) {
			if opts.DryRun && len(list) == 2 {
				_ = s.Inject(ordertest.Fault{Kind: ordertest.Dropped, Operation: string(order.CanAnnotate)})
				_, _ = s.Annotate(ctx, list[:1], order.WriteOptions{})
			}
			return s.Annotate(ctx, list, opts)
		}}, []string{"annotate dry run sends nothing"}},
		"a dry run does not say so": {each(func(_ order.WriteOptions, r *order.Result) { r.DryRun = false }), []string{"annotate dry run says so"}},
		"a dry run is refused": {each(func(opts order.WriteOptions, r *order.Result) {
			if opts.DryRun && r.Outcome == order.Done {
				r.Outcome, r.Err = order.NotSent, &order.Error{Class: order.ErrInvalid, Order: r.Order}
			}
		}), []string{"annotate dry run says so", "annotate joins the errors"}},
		"ignores the context": {clerk{annotate: func(s *ordertest.Shop, ctx context.Context, list []order.Annotation, opts order.WriteOptions) ([]order.Result, error) {
			return s.Annotate(context.WithoutCancel(ctx), list, opts)
		}}, []string{"annotate cancelled"}},
		"no results when the context has ended": {clerk{annotate: func(s *ordertest.Shop, ctx context.Context, list []order.Annotation, opts order.WriteOptions) ([]order.Result, error) {
			results, err := s.Annotate(ctx, list, opts)
			if ctx.Err() != nil {
				results = nil
			}
			return results, err
		}}, []string{"annotate cancelled"}},
		"one at a time": {clerk{annotate: func(s *ordertest.Shop, ctx context.Context, list []order.Annotation, opts order.WriteOptions) ([]order.Result, error) {
			if !busy.CompareAndSwap(0, 1) {
				return nil, errLoose
			}
			defer busy.Store(0)
			time.Sleep(time.Millisecond)
			return s.Annotate(ctx, list, opts)
		}}, []string{"annotate concurrent"}},
		"one bad element stops the others": {clerk{annotate: func(s *ordertest.Shop, ctx context.Context, list []order.Annotation, opts order.WriteOptions) ([]order.Result, error) {
			if len(list) != 3 || opts.DryRun {
				return s.Annotate(ctx, list, opts)
			}
			first, err := s.Annotate(ctx, list[:2], opts)
			return append(first, order.Result{Order: list[2].Order, Outcome: order.NotSent, Err: errLoose,
				Next: order.Text{EN: "again", JA: "再送してください"}}), err
		}}, []string{"annotate refuses one alone"}},
		"a refusal without advice": {each(func(_ order.WriteOptions, r *order.Result) {
			if r.Outcome == order.Refused {
				r.Next = order.Text{}
			}
		}), []string{"annotate refuses one alone"}},
		"refused without an error": {answered(func(_ []order.Annotation, opts order.WriteOptions, results []order.Result, err error) ([]order.Result, error) {
			if opts.DryRun {
				err = nil
			}
			return results, err
		}), []string{"annotate joins the errors"}},
		"refused in a real run without an error": {answered(func(_ []order.Annotation, opts order.WriteOptions, results []order.Result, err error) ([]order.Result, error) {
			if !opts.DryRun && !lost(results) {
				err = nil
			}
			return results, err
		}), []string{"annotate joins the errors"}},
		"the error is not joined": {answered(func(_ []order.Annotation, opts order.WriteOptions, results []order.Result, err error) ([]order.Result, error) {
			if opts.DryRun && err != nil {
				err = errLoose
			}
			return results, err
		}), []string{"annotate joins the errors"}},
		"a lost answer counts as refused": {each(func(_ order.WriteOptions, r *order.Result) {
			if r.Outcome == order.Unsettled && r.Err != nil && errorHas(r.Err, ordertest.ReplyLost) {
				r.Outcome = order.NotSent
			}
		}), []string{"annotate lost answer"}},
		"a lost request counts as done": {each(func(_ order.WriteOptions, r *order.Result) {
			if r.Outcome == order.Unsettled && errorHas(r.Err, ordertest.Dropped) {
				r.Outcome, r.Err = order.Done, nil
			}
		}), []string{"annotate lost request"}},
		"says not how to find out": {each(func(_ order.WriteOptions, r *order.Result) {
			if r.Outcome == order.Unsettled && errorHas(r.Err, ordertest.Dropped) {
				r.Next = order.Text{}
			}
		}), []string{"annotate lost request"}},
		"settles everything as refused": {settled(func(r *order.Result) {
			if r.Outcome == order.Done {
				r.Outcome = order.Refused
			}
		}), []string{"annotate settles what was applied"}},
		"settles everything as done": {settled(func(r *order.Result) { r.Outcome = order.Done }), []string{"annotate settles what never came"}},
		"never settles": {settled(func(r *order.Result) { r.Outcome, r.Repeating = order.Unsettled, order.NotTold }),
			[]string{"annotate settles what was applied", "annotate settles what never came"}},
		"never settles what never came": {settled(func(r *order.Result) {
			if r.Outcome == order.Refused {
				r.Outcome, r.Repeating = order.Unsettled, order.NotTold
			}
		}), []string{"annotate settles what never came"}},
		"settling sends it again": {clerk{settle: func(s *ordertest.Shop, ctx context.Context, results []order.Result) ([]order.Result, error) {
			for _, r := range results {
				if r.Ability == order.CanAnnotate && errorIn(r, ordertest.ReplyLost) {
					_, _ = s.Annotate(ctx, []order.Annotation{{Order: r.Order, Memo: "もう一度"}}, order.WriteOptions{})
				}
			}
			return s.Settle(ctx, results)
		}}, []string{"annotate settles what was applied"}},
		"settles what is settled": {clerk{settle: func(s *ordertest.Shop, ctx context.Context, results []order.Result) ([]order.Result, error) {
			results, err := s.Settle(ctx, slices.Clone(results))
			for i := range results {
				if results[i].Ability == order.CanShip && results[i].Outcome == order.NotSent {
					results[i].Outcome = order.Unsettled
				}
			}
			return results, err
		}}, []string{"settle hands back what is settled"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := suite.NewRecord()
				ordertest.TestWrites(r, shopSubject(func(s *ordertest.Shop) order.Source {
					c := fault.clerk
					c.inner = s
					return &c
				}))
				requireFailed(t, r, fault.fails)
			})
		})
	}
}

// lost reports whether the answer of one of the elements did not come.
func lost(results []order.Result) bool {
	return slices.ContainsFunc(results, func(r order.Result) bool { return r.Outcome == order.Unsettled })
}

func errorHas(err error, kind string) bool {
	var e *order.Error
	return errors.As(err, &e) && e.Err != nil && e.Err.Error() == "injected fault "+kind
}

func errorIn(r order.Result, kind string) bool { return r.Message == "injected fault "+kind }

// settled lets f alter what Settle found out of memos.
func settled(f func(*order.Result)) clerk {
	return clerk{settle: func(s *ordertest.Shop, ctx context.Context, results []order.Result) ([]order.Result, error) {
		out, err := s.Settle(ctx, results)
		for i := range out {
			if results[i].Ability == order.CanAnnotate && results[i].Outcome == order.Unsettled {
				f(&out[i])
			}
		}
		return out, err
	}}
}
