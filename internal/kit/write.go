package kit

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

// Write is one element of a batch write. O is the order in the mall's own form.
type Write[O any] struct {
	batch.Write
	Order, Parcel string
	Warnings      []order.Warning
	Numbers       []string // tracking numbers that it reports
	Err           error    // of the checks that need no order: nothing is read or sent
	Blind         bool     // no state forbids it: without a dry run, its order is not read first

	// Allow examines the order, just read and judged, and fills in what is known of the result
	// before sending. Its error refuses; it may also end the result itself. nil allows.
	Allow func(r *order.Result, now *O) error
	// Send makes the calls. It may end the result itself; a result left open becomes done, or
	// failed with the error.
	Send func(ctx context.Context, r *order.Result) error
	// Lacks returns what of the write an order does not show; zero if it shows all. A code means
	// that the order shows something else, which waiting will not change. nil: the order is not
	// read back.
	Lacks func(*O) (why order.Text, code string)
}

// Shown returns a Lacks from a function that reports whether an order shows the write.
func Shown[O any](shows func(*O) bool) func(*O) (why order.Text, code string) {
	return func(o *O) (order.Text, string) {
		if shows(o) {
			return order.Text{}, ""
		}
		return notShown, ""
	}
}

var notShown = order.Text{EN: "the mall accepted it and does not show it yet",
	JA: "モールに受け付けられましたが、まだ反映を確認できません"}

// Read reads orders by number. failed has the errors of those that could not be read.
type Read[O any] func(ctx context.Context, ids []string) (orders map[string]*O,
	failed map[string]error)

// Each returns a Read that reads orders one by one. After a failure of the whole shop, nothing
// more is sent.
func Each[O any](read func(ctx context.Context, id string) (*O, error)) Read[O] {
	return func(ctx context.Context, ids []string) (map[string]*O, map[string]error) {
		orders, failed := map[string]*O{}, map[string]error{}
		var last error
		for _, id := range ids {
			if orders[id] != nil || failed[id] != nil {
				continue
			}
			if !walk.ShopWide(last) {
				orders[id], last = read(ctx, id)
			}
			if last != nil {
				failed[id] = last
				delete(orders, id)
			}
		}
		return orders, failed
	}
}

// Writer makes the writes of package order for one client.
type Writer[O any] struct {
	Call    batch.Call        // without its Ability, which each write sets
	Calls   *transport.Client // for the errors of refused writes
	Convert func(*O) order.Order
	Read    Read[O] // for judging orders
	Look    Read[O] // for reading orders back; nil is Read
	// one call reads many orders: all are read before the first write, instead of each before its
	// own
	Ahead bool

	// Together sends everything that may be sent, and ends its results. nil sends one write after
	// the other.
	Together func(ctx context.Context, b *batch.Batch, ready []*Sending[O])
	Once     bool // an order may occur only once in a batch
}

// Sending is a write in progress, with its result.
type Sending[O any] struct {
	*Write[O]
	Result *order.Result

	why  order.Text // of Lacks, when the order was last read
	code string
}

// Write makes a batch of writes. Each goes through the same steps:
//
//	check       Err, and Once: refused before anything is read
//	read        the order, as it stands
//	judge       order.WriteOptions and the mall's own Allow: refused, nothing was sent
//	dry run     ends here
//	send        done, refused, or unsettled when the answer was lost; a failure of the whole shop ends the batch
//	read back   once for the whole batch: what was accepted and does not show is unsettled
//
// There is a result for each element in every case.
func (w *Writer[O]) Write(
	ctx context.Context, ability order.Ability, writes []Write[O], opts order.WriteOptions,
) ([]order.Result, error) {
	call := w.Call
	call.Ability = ability
	ctx, b := batch.New(ctx, call, len(writes), opts)
	all := w.checked(b, writes)
	var before map[string]*O
	failed := map[string]error{}
	if w.Ahead {
		var ids []string
		for _, s := range all {
			if !s.Blind || opts.DryRun {
				ids = append(ids, s.Order)
			}
		}
		before, failed = w.Read(ctx, ids)
	}
	var ready, sent []*Sending[O]
	for _, s := range all {
		switch {
		case !w.Ahead && b.Over(ctx):
			b.Unsent(s.Result, s.Operation)
		case !w.admit(ctx, b, s, before, failed):
			if s.Result.Outcome == order.Refused {
				s.Result.Records, s.Result.Numbers = nil, nil
			}
		case opts.DryRun:
			batch.Done(s.Result, order.Yes)
		case w.Together != nil:
			ready = append(ready, s)
		case b.Over(ctx):
			b.Unsent(s.Result, s.Operation)
		default:
			if w.send(ctx, b, s) {
				sent = append(sent, s)
			}
		}
	}
	if len(ready) > 0 {
		w.Together(ctx, b, ready)
		sent = slices.DeleteFunc(ready,
			func(s *Sending[O]) bool { return s.Result.Outcome != order.Done })
	}
	w.readBack(ctx, sent, opts)
	return b.Results()
}

// checked begins the results and returns the writes that passed the checks.
func (w *Writer[O]) checked(b *batch.Batch, writes []Write[O]) []*Sending[O] {
	var all []*Sending[O]
	named := map[string]bool{}
	for i := range writes {
		s := &Sending[O]{Write: &writes[i], Result: b.Result(i, writes[i].Order, writes[i].Parcel)}
		s.Result.Warnings = s.Warnings
		err := s.Err
		switch {
		case err != nil:
		case w.Once && s.Order == "":
			err = errors.New("field Order is required")
		case w.Once && named[s.Order]:
			err = errors.New("the order is named twice")
		}
		named[s.Order] = true
		if err != nil {
			w.refuse(s, err)
			continue
		}
		s.Result.Numbers = s.Numbers
		all = append(all, s)
	}
	return all
}

// refuse ends a result with the error of a check: an *order.Error as it is, any other as a
// refusal.
func (w *Writer[O]) refuse(s *Sending[O], err error) {
	if !errors.As(err, new(*order.Error)) {
		err = w.Calls.Refuse(s.Operation, s.Order, err)
	}
	batch.Fail(s.Result, err, s.Write.Write)
}

// admit reads the order unless that is done, and reports whether it may be written to.
func (w *Writer[O]) admit(
	ctx context.Context, b *batch.Batch, s *Sending[O], before map[string]*O,
	failed map[string]error,
) bool {
	r := s.Result
	if s.Blind && !r.DryRun {
		return true
	}
	now, err := before[s.Order], failed[s.Order]
	if !w.Ahead && err == nil {
		orders, missing := w.Read(ctx, []string{s.Order})
		if now, err = orders[s.Order], missing[s.Order]; err != nil {
			failed[s.Order] = err
			batch.Fail(r, err, s.Write.Write)
			b.Sent(ctx, err, r)
			return false
		}
	}
	if err != nil {
		batch.Fail(r, err, s.Write.Write)
		return false
	}
	if !b.Judge(r, w.Convert(now), s.Write.Write) {
		return false
	}
	if s.Allow == nil {
		return true
	}
	if err := s.Allow(r, now); err != nil {
		w.refuse(s, err)
	}
	return open(r)
}

// open reports whether a result has not been ended.
func open(r *order.Result) bool { return r.Outcome == order.Unsettled && r.Err == nil }

// send makes the call of one write and reports whether the mall accepted it.
func (w *Writer[O]) send(ctx context.Context, b *batch.Batch, s *Sending[O]) bool {
	r := s.Result
	err := s.Send(ctx, r)
	switch {
	case !open(r):
	case err == nil:
		batch.Done(r, s.Again)
	default:
		if batch.Fail(r, err, s.Write.Write); r.Outcome != order.Unsettled {
			r.Records, r.Numbers = nil, nil
		}
	}
	b.Sent(ctx, err, r)
	return err == nil && r.Outcome == order.Done
}

// readBack reads the orders until they show what the mall has accepted, for at most
// WriteOptions.ShownWithin. What they do not show is unsettled.
func (w *Writer[O]) readBack(ctx context.Context, left []*Sending[O], opts order.WriteOptions) {
	left = slices.DeleteFunc(left, func(s *Sending[O]) bool { return s.Lacks == nil })
	if len(left) == 0 {
		return
	}
	look := w.Look
	if look == nil {
		look = w.Read
	}
	var failed map[string]error
	// what was found is in left
	_, _ = batch.Shown(ctx, opts, func(ctx context.Context) (bool, error) {
		var ids []string
		for _, s := range left {
			if s.code == "" {
				ids = append(ids, s.Order)
			}
		}
		var orders map[string]*O
		orders, failed = look(ctx, ids)
		waiting := false
		left = slices.DeleteFunc(left, func(s *Sending[O]) bool {
			if o := orders[s.Order]; o != nil && s.code == "" {
				s.why, s.code = s.Lacks(o)
				return s.why.IsZero()
			}
			return false
		})
		for _, s := range left {
			waiting = waiting || s.code == ""
		}
		return !waiting, errors.Join(slices.Collect(maps.Values(failed))...)
	})
	for _, s := range left {
		if s.code != "" {
			s.Result.Warnings = append(s.Result.Warnings, batch.Warn("", s.code, s.why))
		}
		batch.Unsettled(s.Result, s.Write.Write, cmp.Or(s.why, notShown), failed[s.Order])
	}
}
