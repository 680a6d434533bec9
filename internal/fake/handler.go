package fake

import (
	"io"
	"net/http"
	"sync"
	"time"
)

// Handler is the front of a fake mall: it passes a request through record, fault, auth and quota
// to the mall. Only Operation and Serve are required. Do not modify it once it serves.
type Handler struct {
	// returns the operation of a request; it is called first, with Request.Operation empty
	Operation func(*Request) string
	Log       *Log    // nil records nothing
	Faults    *Faults // nil injects nothing
	Shape     Shape   // how faults look at this mall

	// Auth checks the credential and returns the key by which quotas are counted, or the mall's
	// refusal. Nil accepts all.
	Auth   func(*Request) (key string, refusal *Reply)
	Quotas *Quotas // nil counts nothing

	// Serve is the mall itself. It may be called from several goroutines at once.
	Serve func(*Request) Reply

	Gzip bool // compress replies for clients that accept it

	packers sync.Pool // of *gzip.Writer, each of which takes most of a megabyte
}

// Request is a request whose body has been read.
type Request struct {
	*http.Request
	Operation string
	Key       string // as returned by Auth
	Payload   []byte // the body
}

// Reply is a complete reply.
type Reply struct {
	Status int // zero is 200
	Header http.Header
	Body   []byte
}

// maxRequest limits the body of a request; the malls accept far less.
const maxRequest = 8 << 20

// ServeHTTP passes one request through the chain.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
	if err != nil {
		http.Error(w, "the request's body could not be read", http.StatusBadRequest)
		return
	}
	req := &Request{Request: r, Payload: body}
	if h.Operation != nil {
		req.Operation = h.Operation(req)
	}
	fault, struck := h.Faults.take(req.Operation)
	entry := h.Log.add(req, fault.Kind)
	if struck {
		h.play(w, req, fault, entry)
		return
	}
	h.write(w, req, h.mall(req), entry)
}

// mall is the chain after faults.
func (h *Handler) mall(req *Request) Reply {
	if h.Auth != nil {
		key, refusal := h.Auth(req)
		if refusal != nil {
			return *refusal
		}
		req.Key = key
	}
	if wait, hint, ok := h.Quotas.take(req.Key, req.Operation); !ok {
		f := Fault{Kind: RateLimited, Operation: req.Operation}
		if hint {
			f.RetryAfter = max(wait, time.Second)
		}
		return h.Shape.reply(req, f)
	}
	if h.Serve == nil {
		return Text(http.StatusNotFound, "nothing is served here")
	}
	return h.Serve(req)
}
