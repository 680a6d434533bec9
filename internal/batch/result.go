package batch

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// The texts of Result.Next, in all malls.
var (
	NextCorrect  = order.Text{EN: "correct it and send it again", JA: "内容を修正して再送してください"}
	NextConflict = order.Text{
		EN: "read the order; nothing was sent, since its state does not allow it",
		JA: "受注を確認してください。現在のステータスではできないため、何も送信していません"}
	NextNumber = transport.HintOf(order.ErrNotFound).And(transport.UnsentHint)
	NextAgain  = order.Text{EN: "nothing was applied: send it again", JA: "反映されていません。再送してください"}
	NextWords  = transport.HintOf(order.ErrInvalid)
	NextUnsent = order.Text{
		EN: "not sent, since an earlier one met a failure of the whole shop: send it again once that is resolved",
		JA: "先の処理で店舗全体の障害が起きたため送信していません。解消後に再送してください"}
	NextAlone = order.Text{
		EN: "the mall refuses this order alone, the shop's key is well: look at the order on the mall's own screen",
		JA: "店舗のキーに問題はなく、モールがこの受注だけを拒否しています。モールの管理画面で受注を確認してください"}
	NextFallen = order.Text{
		EN: "not accepted, since another one of the same call was refused: send it again",
		JA: "同じ呼び出しの別の受注が拒否されたため受け付けられませんでした。再送してください"}
	NextRead = order.Text{
		EN: "ask Settle after Wait, or read the order, to see whether it was applied, before sending it again",
		JA: "すぐに再送せず、待ち時間が過ぎてから受注を確認し、反映されていない場合だけ再送してください"}
	NextRepeat = order.Text{
		EN: "send it again, which is harmless, or read the order to see whether it was applied",
		JA: "再送してください（二重になる心配はありません）。または受注を見て、反映されたか確認してください"}
)

// Write describes a mall's write.
type Write struct {
	Operation string // that writes, as opposed to reads before it
	// whether sending the same again is safe once it may have been applied
	Again order.Answer
	// Find says how to find out what became of an unsettled write. If empty, it is NextRepeat if
	// Again is Yes, else NextRead.
	Find order.Text
	// Wait is how long after sending the mall shows what it applied, as documented or as a
	// generous guess; 0 if unknown.
	Wait time.Duration
}

func (w Write) find() order.Text {
	if w.Find.IsZero() && w.Again == order.Yes {
		return NextRepeat
	}
	return cmp.Or(w.Find, NextRead)
}

// Lost reports whether the answer to a write is unknown: there was none, or it could not be read.
// A failure of a read before the write is not lost, since nothing was written.
func Lost(err error, operation string) bool {
	var e *order.Error
	return transport.Unsettled(err) || errors.As(err, &e) && e.Class == order.ErrUndecodable &&
		e.Operation == operation
}

// Done fills in a successful result, or that of a dry run whose checks passed.
func Done(r *order.Result, again order.Answer) {
	ended(r)
	r.Outcome, r.Repeating, r.Message, r.Text = order.Done, again, "", order.Text{}
	if r.DryRun {
		r.Repeating = order.Yes
	}
}

// Fail fills in a result from its error: refused, and safe to repeat, or unsettled if the answer
// was lost.
func Fail(r *order.Result, err error, w Write) {
	e, whole := own(r, err, w.Operation)
	ended(r)
	r.Refuse(e)
	r.Next, r.Err = next(e), whole
	if Lost(err, w.Operation) {
		r.Outcome, r.Repeating, r.Next = order.Unsettled, w.Again, w.find()
		r.Wait, r.At = max(w.Wait, r.Wait), instant(time.Now())
		if whole == e { // a copy; what the result says, its error says too
			e.Hint = r.Next
		}
	}
}

// Unsettled fills in a result on which the answer says nothing. cause may be nil.
func Unsettled(r *order.Result, w Write, why order.Text, cause error) {
	r.Outcome, r.Repeating, r.Next = order.Unsettled, w.Again, w.find()
	r.Message, r.Text = why.EN, why
	r.Wait, r.At, r.Code = w.Wait, instant(time.Now()), ""
	r.Err = &order.Error{Class: order.ErrTemporary, Mall: r.Mall, Shop: r.Shop,
		Operation: w.Operation, Order: r.Order,
		Message: why.EN, Text: why, Hint: r.Next, Err: cause}
}

// Fallen fills in the result of an element that the mall did not accept because it refused another
// one of the same call.
func Fallen(r *order.Result, operation string,
	cause error) {
	unsent(r, operation, cause, NextFallen)
}

// unsent fills in the result of an element that failed with others: the error has the cause's
// class, but this order.
func unsent(r *order.Result, operation string, cause error, next order.Text) {
	e := &order.Error{Class: order.ErrLocalLimit, Mall: r.Mall, Shop: r.Shop, Operation: operation,
		Order: r.Order, Hint: next}
	var earlier *order.Error
	if errors.As(cause, &earlier) {
		e.Class = earlier.Class
		e.Code = earlier.Code
		e.Message, e.Text = earlier.Message, earlier.Text
		e.RetryAfter = earlier.RetryAfter
	}
	if earlier != nil && !earlier.Hint.IsZero() && !transport.Unsettled(cause) {
		e.Hint = earlier.Hint // what has to be done first
	}
	for _, done := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(cause, done) {
			e.Err = done
		}
	}
	r.Refuse(e)
	r.Outcome, r.Next = order.NotSent, next
}

// own returns the *order.Error of a result, and the error to keep in it: the same with mall, shop,
// operation and order filled in, or a joined error unchanged.
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

// next returns how to proceed after a refusal.
func next(e *order.Error) order.Text {
	switch {
	case !e.Hint.IsZero() && e.Hint != transport.UnsentHint && e.Hint != transport.HintOf(e.Class):
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
