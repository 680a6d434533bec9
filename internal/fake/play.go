package fake

import (
	"bytes"
	"context"
	"net/http"
	"time"

	"github.com/jpmall/jpmall/internal/pause"
)

// play answers a request that a fault strikes.
func (h *Handler) play(w http.ResponseWriter, req *Request, f Fault, entry *Record) {
	switch f.Kind {
	case Dropped:
		drop()
	case Malformed, EmptyBody, ReplyLost, Truncated, Delayed, SlowBody, EndlessBody:
		h.spoil(w, req, f, h.mall(req), entry)
	default:
		if f.Applied {
			h.mall(req)
		}
		h.write(w, req, h.Shape.reply(req, f), entry)
	}
}

// spoil plays faults that damage the mall's own reply.
func (h *Handler) spoil(w http.ResponseWriter, req *Request, f Fault, r Reply, entry *Record) {
	switch f.Kind {
	case Malformed:
		h.write(w, req, h.Shape.broken(req, f, r), entry)
	case EmptyBody:
		h.write(w, req, Reply{Status: f.Status}, entry)
	case ReplyLost:
		drop()
	case Delayed:
		if pause.For(req.Context(), f.Delay) == nil {
			h.write(w, req, r, entry)
		}
	case Truncated:
		h.Log.answered(entry, r.status())
		r = h.encode(req, r)
		r.head(w, len(r.Body)+1) // one more than there is, so that an empty body is cut as well
		_, _ = w.Write(r.Body[:len(r.Body)/2])
		_ = http.NewResponseController(w).Flush()
		drop()
	case SlowBody:
		h.Log.answered(entry, r.status())
		slow(w, req.Context(), h.encode(req, r), f.Delay)
	case EndlessBody:
		if f.Status != 0 {
			r.Status = f.Status
		}
		h.Log.answered(entry, r.status())
		endless(w, r)
	}
}

// drop closes the connection without another byte.
// net/http's own way to do so; the server recovers it silently
func drop() { panic(http.ErrAbortHandler) }

// pieces is how many parts a slow body has.
const pieces = 8

func slow(w http.ResponseWriter, ctx context.Context, r Reply, d time.Duration) {
	r.head(w, len(r.Body))
	rest := r.Body
	for i := range pieces {
		n := len(rest) / (pieces - i)
		if _, err := w.Write(rest[:n]); err != nil {
			return
		}
		if rest = rest[n:]; i == pieces-1 {
			return
		}
		if http.NewResponseController(w).Flush() != nil || pause.For(ctx, d/(pieces-1)) != nil {
			drop()
		}
	}
}

// endless sends the reply followed by spaces, which no decoder takes for the end of a document.
func endless(w http.ResponseWriter, r Reply) {
	r.head(w, -1)
	body := r.Body
	if n := len(body); n > 0 {
		body = body[:n-1] // without its last bracket
	}
	for filler := bytes.Repeat([]byte{' '}, 32<<10); ; body = filler {
		if _, err := w.Write(body); err != nil {
			return
		}
	}
}
