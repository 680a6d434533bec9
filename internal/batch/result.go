package batch

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// What Result.Next says, in all malls.
const (
	NextCorrect  = "correct it and send it again"
	NextConflict = "read the order; nothing was sent, since its state does not allow it"
	NextNumber   = "check the number and that the order belongs to this shop; nothing was sent"
	NextAgain    = "nothing was applied: send it again"
	NextWords    = "read the mall's words; nothing was changed"
	NextUnsent   = "not sent, since an earlier one met a failure of the whole shop: send it again when that is over"
	NextAlone    = "the mall refuses this order alone, the shop's key is well: look at the order on the mall's own screen"
	NextFallen   = "not accepted, since another one of the same call was refused: send it again"
	NextRead     = "ask Settle after Wait, or read the order, to see whether it was applied, before sending it again"
	NextRepeat   = "send it again, which is harmless, or read the order to see whether it was applied"
)

// Write is what the malls' writes tell of themselves.
type Write struct {
	Operation string       // that writes, in contrast to what is read before it
	Again     order.Answer // whether sending the same again is harmless once it may have been applied
	// Find is how to find out what became of it when that is not known; "" is NextRepeat when Again is Yes, else NextRead.
	Find string
	// Wait is how long after it was sent the mall shows what it applied, by the mall's word or a generous guess; 0 where nobody knows.
	Wait time.Duration
}

func (w Write) find() string {
	if w.Find == "" && w.Again == order.Yes {
		return NextRepeat
	}
	return cmp.Or(w.Find, NextRead)
}

// Lost tells whether the answer to a write is not known: none came, or none that could be read. A failure of what was read before
// the write is not lost, since nothing was written.
func Lost(err error, operation string) bool {
	var e *order.Error
	return transport.Unsettled(err) || errors.As(err, &e) && e.Class == order.ErrUndecodable && e.Operation == operation
}

// Done fills in a result that went well, or a dry run whose checks passed.
func Done(r *order.Result, again order.Answer) {
	ended(r)
	r.Outcome, r.Repeating, r.Message = order.Done, again, ""
	if r.DryRun {
		r.Repeating = order.Yes
	}
}

// Fail fills in a result from its error. The element is refused, which is harmless to repeat; or unsettled when the answer was lost.
func Fail(r *order.Result, err error, w Write) {
	e, whole := own(r, err, w.Operation)
	ended(r)
	r.Outcome, r.Repeating, r.Err = order.Refused, order.Yes, whole
	r.Code, r.Message, r.Next, r.Wait = e.Code, words(e), next(e), asked(e)
	if Lost(err, w.Operation) {
		r.Outcome, r.Repeating, r.Next = order.Unsettled, w.Again, w.find()
		r.Wait, r.At = max(w.Wait, asked(e)), instant(time.Now())
		if whole == e { // a copy; what the result says, its error says too
			e.Hint = r.Next
		}
	}
}

// Unsettled fills in a result of which the answer tells nothing. cause may be nil.
func Unsettled(r *order.Result, w Write, message string, cause error) {
	r.Outcome, r.Repeating, r.Message, r.Next = order.Unsettled, w.Again, message, w.find()
	r.Wait, r.At, r.Code = w.Wait, instant(time.Now()), ""
	r.Err = &order.Error{Class: order.ErrTemporary, Mall: r.Mall, Shop: r.Shop, Operation: w.Operation, Order: r.Order,
		Message: message, Hint: r.Next, Err: cause}
}

// Fallen fills in the result of an element that the mall did not accept since it refused another one of the same call.
func Fallen(r *order.Result, operation string, cause error) { unsent(r, operation, cause, NextFallen) }

// unsent is for elements that fell with others: the error is of the cause's class, but of this order.
func unsent(r *order.Result, operation string, cause error, next string) {
	e := &order.Error{Class: order.ErrLocalLimit, Mall: r.Mall, Shop: r.Shop, Operation: operation, Order: r.Order, Hint: next}
	var earlier *order.Error
	if errors.As(cause, &earlier) {
		e.Class, e.Code, e.Message, e.RetryAfter = earlier.Class, earlier.Code, earlier.Message, earlier.RetryAfter
	}
	if earlier != nil && earlier.Hint != "" && !transport.Unsettled(cause) {
		e.Hint = earlier.Hint // what has to be done first
	}
	for _, done := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(cause, done) {
			e.Err = done
		}
	}
	r.Outcome, r.Repeating, r.Err = order.NotSent, order.Yes, e
	r.Code, r.Message, r.Next, r.Wait = e.Code, words(e), next, asked(e)
}

// own gives the *order.Error of a result, and the error to keep in it: the same, with mall, shop, operation and order filled in;
// or a joined error as it is.
func own(r *order.Result, err error, operation string) (*order.Error, error) {
	fill := func(e order.Error) *order.Error {
		e.Mall, e.Shop = cmp.Or(e.Mall, r.Mall), cmp.Or(e.Shop, r.Shop)
		e.Operation, e.Order = cmp.Or(e.Operation, operation), cmp.Or(e.Order, r.Order)
		return &e
	}
	if e, is := err.(*order.Error); is {
		e = fill(*e)
		return e, e
	}
	var e *order.Error
	if errors.As(err, &e) {
		return e, err
	}
	e = fill(order.Error{Class: order.ErrTemporary, Err: err})
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		e.Class = order.ErrLocalLimit
	}
	return e, e
}

// longest bounds what a server may ask to wait.
const longest = time.Hour

// asked is how long the server asks to wait, within reason.
func asked(e *order.Error) time.Duration { return max(0, min(e.RetryAfter, longest)) }

// words are the mall's words, else those of the cause, else the class.
func words(e *order.Error) string {
	switch {
	case e.Message != "":
		return e.Message
	case e.Err != nil:
		return e.Err.Error()
	}
	return e.Class.Error()
}

// next says how to go on after a refusal.
func next(e *order.Error) string {
	switch {
	case e.Hint != "" && e.Hint != transport.UnsentHint && e.Hint != transport.HintOf(e.Class):
		return e.Hint
	case e.Attempts > 0 || e.HTTPStatus != 0:
		return NextWords
	case e.Class == order.ErrInvalid:
		return NextCorrect
	case e.Class == order.ErrNotFound:
		return NextNumber
	case e.Class == order.ErrConflict:
		return NextConflict
	}
	return NextAgain
}
