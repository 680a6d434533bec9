package cassette

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/jpmall/jpmall/order"
)

// Recorder writes a recording. It is safe for concurrent use, also by the clients of several malls
// and shops. [NewRecorder] returns one.
type Recorder struct {
	names *names
	keep  []string

	mu  sync.Mutex
	out io.Writer
	err error
}

// NewRecorder starts a recording. It writes the first line at once, and then each exchange with one
// Write. The caller closes w. The Recorder remembers each replaced text, so its memory grows with
// the recording. A value that equals one of keep is not replaced: the statuses of the shop, say, or
// its own slot labels.
func NewRecorder(w io.Writer, keep ...string) (*Recorder, error) {
	n, err := newNames()
	if err != nil {
		return nil, err
	}
	r := &Recorder{names: n, out: w, keep: slices.Clone(keep)}
	r.write(first{Version})
	return r, r.Err()
}

// Err returns the first write error. A recording that fails does not disturb the calls.
func (r *Recorder) Err() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.err
}

func (r *Recorder) write(v any) {
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err != nil {
		return
	}
	if err == nil {
		_, err = r.out.Write(line.Bytes())
	}
	r.err = err
}

// Transport returns a RoundTripper that sends with next (nil is http.DefaultTransport) and records
// the exchanges of one shop of a mall. shop is Config.Shop. A mall without a list of fields is
// recorded with every leaf replaced. A reply is read to its end, up to 64 MiB, before it is passed
// on; the body of a longer one is passed on but not recorded.
func (r *Recorder) Transport(m order.Mall, shop string, next http.RoundTripper) http.RoundTripper {
	if next == nil {
		next = http.DefaultTransport
	}
	return &recording{recorder: r, scrub: scrubber{list: listOf(m), keep: r.keep, as: r.names.word},
		mall: m, shop: shop, next: next}
}

type recording struct {
	recorder *Recorder
	scrub    scrubber
	mall     order.Mall
	shop     string
	next     http.RoundTripper
}

// maxBody bounds what is recorded of a body.
const maxBody = 64 << 20

func (t *recording) RoundTrip(req *http.Request) (*http.Response, error) {
	x := Exchange{Mall: t.mall, Shop: t.scrub.plain(t.shop), Method: req.Method,
		Path: t.scrub.path(req.URL.Path), Query: t.scrub.query(req.URL.RawQuery)}
	sent := req
	if req.Body != nil && req.Body != http.NoBody {
		body, err := io.ReadAll(req.Body)
		req.Body.Close()
		if err != nil {
			return nil, err
		}
		sent = req.Clone(req.Context())
		sent.Body = io.NopCloser(bytes.NewReader(body))
		sent.GetBody = func() (io.ReadCloser, error) {
			return io.NopCloser(bytes.NewReader(body)), nil
		}
		x.Request = t.message(req.Header, body)
	}
	resp, err := t.next.RoundTrip(sent)
	if err != nil {
		t.recorder.write(x) // without err, which may contain an address
		return resp, err
	}
	x.Status = resp.StatusCode
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBody+1))
	if len(body) > maxBody {
		x.Reply.Omitted = "too long"
		t.recorder.write(x)
		resp.Body = joined{io.MultiReader(bytes.NewReader(body), resp.Body), resp.Body}
		return resp, nil
	}
	resp.Body.Close()
	x.Reply = t.message(resp.Header, body)
	x.Reply.Cut = err != nil
	t.recorder.write(x)
	resp.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body), ending{err}))
	return resp, nil
}

type joined struct {
	io.Reader
	io.Closer
}

// ending is the error that ended the reply's body.
type ending struct{ err error }

func (e ending) Read([]byte) (int, error) {
	if e.err != nil {
		return 0, e.err
	}
	return 0, io.EOF
}

// message scrubs one half of an exchange.
func (t *recording) message(h http.Header, body []byte) Message {
	m := Message{Header: t.scrub.header(h)}
	switch encoding := strings.ToLower(h.Get("Content-Encoding")); encoding {
	case "", "identity":
	case "gzip":
		plain, err := unzip(body)
		if err != nil {
			m.Omitted = "gzip that cannot be read"
			return m
		}
		body = plain
	default:
		m.Omitted = "compressed otherwise than by gzip"
		return m
	}
	m.Body, m.Omitted = t.scrub.body(h.Get("Content-Type"), body)
	return m
}

func unzip(body []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	plain, err := io.ReadAll(io.LimitReader(r, maxBody+1))
	if err == nil && len(plain) > maxBody {
		err = errors.New("too long")
	}
	return plain, err
}
