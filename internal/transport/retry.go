package transport

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/jpmall/jpmall/order"
)

// again decides after each try whether there is another one, and how long to wait before it, by
// the failure's class and the call's retry class, never by the HTTP method.
func (x *exchange) again(ctx context.Context) bool {
	if ctx.Err() != nil {
		return false
	}
	if x.renew(ctx) {
		x.rest(0)
		return true
	}
	f, l := x.last.fail, x.c.cfg.Limits // renew may have put another failure in place
	tries := x.tries
	if x.replayed {
		tries--
	}
	if !x.repeatable() || tries >= l.MaxAttempts {
		return false
	}
	wait := backoff(l, tries)
	if f.RetryAfter > 0 {
		if f.RetryAfter > l.MaxRetryAfter {
			f.Hint = f.Hint.And(order.Text{
				EN: "the server asks for a longer wait than this client's limit of " +
					l.MaxRetryAfter.String(),
				JA: "サーバーが求める待ち時間が、このクライアントの上限（" + l.MaxRetryAfter.String() + "）を超えています"})
			return false
		}
		wait = f.RetryAfter
	}
	if x.elapsed()+wait > l.MaxElapsed {
		f.Hint = f.Hint.And(order.Text{EN: "the next attempt would exceed this client's limit of " +
			l.MaxElapsed.String() + " per call",
			JA: "次の再試行は、1回の呼び出しの上限（" + l.MaxElapsed.String() + "）を超えます"})
		return false
	}
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < wait {
		f.Hint = f.Hint.And(order.Text{
			EN: "the next attempt would come after the context's deadline",
			JA: "次の再試行はコンテキストの期限を過ぎます"})
		f.Err = also(context.DeadlineExceeded, f.Err)
		return false
	}
	x.logRetry(ctx, wait)
	x.rest(wait)
	return true
}

// repeatable reports whether sending again can help and does no harm.
func (x *exchange) repeatable() bool {
	o := x.last
	switch o.fail.Class {
	case order.ErrRateLimited:
		// A refusal for speed is proof that nothing was applied, when the status says failure too:
		// a success with a mall's "slow down" in it may have been applied in part.
		refused := o.reply != nil && o.reply.Status >= http.StatusBadRequest
		return x.retry != Unsafe || !o.sent || refused
	case order.ErrTemporary:
		return x.retry != Unsafe || !o.sent
	case order.ErrUndecodable:
		// a broken answer of the mall may come whole the next time; it does not prove that a write
		// was refused
		return x.retry != Unsafe && o.reply != nil
	}
	return false
}

// renew calls the mall's Renew once per call. An *order.Error that it returns replaces the
// refusal, since it says more, such as that someone must authorise again.
func (x *exchange) renew(ctx context.Context) bool {
	f := x.last.fail
	if x.asked || x.c.cfg.Renew == nil || x.last.reply == nil ||
		(f.Class != order.ErrUnauthorized && f.Class != order.ErrCredentialExpired) {
		return false
	}
	x.asked = true
	again, err := x.c.cfg.Renew(ctx, x.complete(f), x.last.req)
	if err == nil {
		x.replayed = again
		return again
	}
	var own *order.Error
	if errors.As(err, &own) {
		fail := *own
		x.last.fail = &fail
		x.last.sent = false
		return false
	}
	f.Err = also(err, f.Err)
	return false
}

// backoff is full jitter: a random wait up to a bound that doubles with each try. tries counts
// from 1.
func backoff(l Limits, tries int) time.Duration {
	ceiling := min(l.BackoffMin, l.BackoffMax)
	for range tries - 1 {
		ceiling = min(2*ceiling, l.BackoffMax)
	}
	return rand.N(ceiling) + 1
}

// LongestRetryAfter is the longest Retry-After that is believed. Some servers send seconds since
// 1970 or dates in the year 9999. If a longer wait is real, the server repeats it in an hour.
const LongestRetryAfter = time.Hour

// epoch is the value from which seconds are an instant since 1970 rather than a wait: 1973-03-03.
const epoch = 1e8

// retryAfter reads Retry-After in both its forms, and as an instant in seconds or milliseconds
// since 1970. A date is compared with the reply's own Date, so that a wrong local clock does not
// matter. 0 = absent, past, or not understood.
func retryAfter(h http.Header) time.Duration {
	text := strings.TrimSpace(h.Get("Retry-After"))
	if text == "" {
		return 0
	}
	if strings.Trim(text, "0123456789.") == "" {
		seconds, err := strconv.ParseFloat(text, 64)
		switch {
		case err != nil && !errors.Is(err, strconv.ErrRange):
			return 0
		case seconds < epoch:
			return time.Duration(min(seconds, LongestRetryAfter.Seconds()) * float64(time.Second))
		case seconds < 1e10:
			return until(time.Unix(int64(seconds), 0), h)
		case seconds < 1e13: // in milliseconds
			return until(time.UnixMilli(int64(seconds)), h)
		}
		return LongestRetryAfter
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	return until(at, h)
}

// until returns the time until an instant, by the reply's clock if it has one.
func until(at time.Time, h http.Header) time.Duration {
	now, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		now = time.Now()
	}
	return min(max(at.Sub(now), 0), LongestRetryAfter)
}

// rest and rested enclose the wait before the next try.
func (x *exchange) rest(wait time.Duration) { x.wait, x.waiting = wait, time.Now() }

func (x *exchange) rested(ctx context.Context) {
	begin := x.waiting
	x.waiting = time.Time{}
	if x.wait > 0 {
		x.observeWait(ctx, "backoff", begin, time.Since(begin))
	}
}
