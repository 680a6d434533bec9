package fake

import (
	"io"
	"net/http"
	"time"
)

// Handler is a fake mall's front: it takes a request through record, fault, auth and quota to the mall. Only Operation and
// Serve are required. Do not change it once it serves.
type Handler struct {
	Operation func(*Request) string // names the operation of a request; it is called first, with Request.Operation empty
	Log       *Log                  // nil records nothing
	Faults    *Faults               // nil injects nothing
	Shape     Shape                 // how faults look at this mall

	// Auth checks the credential and gives the key that quotas are counted by, or the mall's refusal. Nil lets all in.
	Auth   func(*Request) (key string, refusal *Reply)
	Quotas *Quotas // nil counts nothing

	// Serve is the mall itself. It may be called from several goroutines at once.
	Serve func(*Request) Reply

	Gzip bool // compress replies for clients that accept it
}

// Request is a request whose body has been read.
type Request struct {
	*http.Request
	Operation string
	Key       string // what Auth gave
	Payload   []byte // the body
}

// Reply is a whole answer.
type Reply struct {
	Status int // zero is 200
	Header http.Header
	Body   []byte
}

// maxRequest bounds the body of a request; the malls take far less.
const maxRequest = 8 << 20

// ServeHTTP takes one request through the chain.
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

// mall is the chain below faults.
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
