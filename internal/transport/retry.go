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

// again decides after each try whether there is another one, and how long to wait before it. It reads the failure's class, which
// the mall's rules have set, and the retry class of the call; never the verb.
func (x *exchange) again(ctx context.Context) bool {
	f := x.last.fail
	if f == nil || ctx.Err() != nil {
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
			f.Hint = join(f.Hint, "the server asks for a longer wait than this client's limit of "+l.MaxRetryAfter.String())
			return false
		}
		wait = f.RetryAfter
	}
	if x.elapsed()+wait > l.MaxElapsed {
		f.Hint = join(f.Hint, "the next attempt would exceed this client's limit of "+l.MaxElapsed.String()+" per call")
		return false
	}
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < wait {
		f.Hint = join(f.Hint, "the next attempt would come after the context's deadline")
		f.Err = also(context.DeadlineExceeded, f.Err)
		return false
	}
	x.logRetry(ctx, wait)
	x.rest(wait)
	return true
}

// repeatable tells whether sending again can help and cannot harm.
func (x *exchange) repeatable() bool {
	o := x.last
	switch o.fail.Class {
	case order.ErrRateLimited:
		// A refusal for speed is proof that nothing was applied, when the status says failure too: a success with a mall's
		// "slow down" in it may have been applied in part.
		refused := o.reply != nil && o.reply.Status >= http.StatusBadRequest
		return x.retry != Unsafe || !o.sent || refused
	case order.ErrTemporary:
		return x.retry != Unsafe || !o.sent
	case order.ErrUndecodable: // a broken answer of the mall may come whole the next time; it does not prove that a write was refused
		return x.retry != Unsafe && o.reply != nil
	}
	return false
}

// renew asks the mall's Renew, once per call, whether another credential may help. An error of its own is more to the point than
// the refusal that led to it ("a person must authorise again"), so it takes its place.
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

// backoff is full jitter: anything up to a ceiling that doubles with each try. tries counts from 1.
func backoff(l Limits, tries int) time.Duration {
	ceiling := l.BackoffMax
	if shift := tries - 1; shift < 30 {
		ceiling = min(ceiling, l.BackoffMin<<shift)
	}
	if ceiling <= 0 {
		ceiling = l.BackoffMax
	}
	return rand.N(ceiling) + 1
}

// LongestRetryAfter is the most that a Retry-After is believed. Servers are seen to send the time of day in seconds since 1970, dates
// of the year 9999 and worse, and whoever waits so long waits for ever; who really is to wait longer is told so again in an hour.
const LongestRetryAfter = time.Hour

// epoch is the number from which seconds are no wait but an instant, counted from 1970: 1973-03-03.
const epoch = 1e8

// retryAfter reads Retry-After in both its forms, and an instant in seconds since 1970. A date is taken against the reply's own Date,
// so that a wrong clock on this machine does not matter. 0 = not said, already over, or not understood.
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

// until is how long it is until an instant, by the reply's own clock where it tells one.
func until(at time.Time, h http.Header) time.Duration {
	now, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		now = time.Now()
	}
	return min(max(at.Sub(now), 0), LongestRetryAfter)
}
