package fake

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
)

// JSON returns a reply with v as JSON. If v cannot be marshalled, it is a 500 that says why.
func JSON(status int, v any) Reply {
	body, err := json.Marshal(v)
	if err != nil {
		return Text(http.StatusInternalServerError,
			"the fake cannot marshal its reply: "+err.Error())
	}
	return typed(status, "application/json; charset=utf-8", body)
}

// XML returns a reply with a document.
func XML(status int, document []byte) Reply {
	return typed(status, "application/xml; charset=UTF-8", document)
}

// HTML returns a reply with a page, as gateways and error servers send it.
func HTML(status int, page string) Reply {
	return typed(status, "text/html; charset=utf-8", []byte(page))
}

// Text returns a reply in plain text.
func Text(status int, text string) Reply {
	return typed(status, "text/plain; charset=utf-8", []byte(text))
}

func typed(status int, kind string, body []byte) Reply {
	return Reply{Status: status, Header: http.Header{"Content-Type": {kind}}, Body: body}
}

// With returns the reply with a header added.
func (r Reply) With(name, value string) Reply {
	if r.Header = r.Header.Clone(); r.Header == nil {
		r.Header = make(http.Header)
	}
	r.Header.Set(name, value)
	return r
}

// status returns the reply's status, 200 if none is set.
func (r Reply) status() int {
	if r.Status == 0 {
		return http.StatusOK
	}
	return r.Status
}

// head sends status and headers. A negative length announces none, so that the body is chunked.
func (r Reply) head(w http.ResponseWriter, length int) {
	for name, values := range r.Header {
		w.Header()[name] = values
	}
	w.Header().Del("Content-Length")
	if length >= 0 {
		w.Header().Set("Content-Length", strconv.Itoa(length))
	}
	w.WriteHeader(r.status())
}

// encode compresses the body if the mall does and the client accepts it.
func (h *Handler) encode(req *Request, r Reply) Reply {
	if !h.Gzip || len(r.Body) == 0 || !strings.Contains(req.Header.Get("Accept-Encoding"), "gzip") {
		return r
	}
	var packed bytes.Buffer
	z, _ := h.packers.Get().(*gzip.Writer)
	if z == nil {
		z, _ = gzip.NewWriterLevel(&packed, gzip.BestSpeed) // a known level is no error
	} else {
		z.Reset(&packed)
	}
	defer h.packers.Put(z)
	if _, err := z.Write(r.Body); err != nil {
		return r
	}
	if err := z.Close(); err != nil {
		return r
	}
	r = r.With("Content-Encoding", "gzip")
	r.Body = packed.Bytes()
	return r
}

// write sends the reply.
func (h *Handler) write(w http.ResponseWriter, req *Request, r Reply, entry *Record) {
	h.Log.answered(entry, r.status())
	r = h.encode(req, r)
	r.head(w, len(r.Body))
	_, _ = w.Write(r.Body) // a client that is gone needs no answer
}
