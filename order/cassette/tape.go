package cassette

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/jpmall/jpmall/order"
)

// Tape is a recording that answers requests. It is safe for concurrent use. Load and Read return
// one.
type Tape struct {
	all []Exchange

	mu   sync.Mutex
	used []bool
}

// Exchanges returns all exchanges, in the order of the file.
func (t *Tape) Exchanges() []Exchange { return slices.Clone(t.all) }

// Left returns the exchanges that have not answered a request yet.
func (t *Tape) Left() []Exchange {
	t.mu.Lock()
	defer t.mu.Unlock()
	var left []Exchange
	for i, x := range t.all {
		if !t.used[i] {
			left = append(left, x)
		}
	}
	return left
}

// Shop returns the mall's first shop by its name in the file, or "" if there is none. Give it to
// the client that replays, because at some malls order numbers begin with it.
func (t *Tape) Shop(m order.Mall) string {
	for _, x := range t.all {
		if x.Mall == m && x.Shop != "" {
			return x.Shop
		}
	}
	return ""
}

// Transport returns a RoundTripper that answers the requests of one mall's client. Nothing is sent.
// A request gets the first unused exchange with its method, path, query and body; days and instants
// may differ. If there is none, the error wraps [ErrNotRecorded] and says what the recording has.
// The client still needs keys; any will do.
func (t *Tape) Transport(m order.Mall) http.RoundTripper { return &player{tape: t, mall: m} }

// [ErrNotRecorded] is wrapped by the error for a request that is not in the recording.
var ErrNotRecorded = errors.New("not in the recording")

var errLost = errors.New("cassette: there was no reply when this was recorded, either")

type player struct {
	tape *Tape
	mall order.Mall
}

func (p *player) RoundTrip(req *http.Request) (*http.Response, error) {
	var body []byte
	if req.Body != nil {
		read, err := io.ReadAll(req.Body)
		req.Body.Close()
		if err != nil {
			return nil, err
		}
		body = read
	}
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	x, err := p.tape.take(p.mall, req, normal(p.mall, req.Header.Get("Content-Type"), body))
	if err != nil {
		return nil, err
	}
	if x.Status == 0 {
		return nil, errLost
	}
	if x.Reply.Omitted != "" {
		return nil, refused(fmt.Errorf("cassette: %s %s: %w: the reply's body was left out: %s",
			x.Method, x.Path, ErrNotRecorded, x.Reply.Omitted))
	}
	return response(req, x), nil
}

func response(req *http.Request, x Exchange) *http.Response {
	r := &http.Response{
		Status: fmt.Sprintf("%d %s", x.Status, http.StatusText(x.Status)), StatusCode: x.Status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{}, Request: req,
		ContentLength: int64(len(x.Reply.Body)),
		Body:          io.NopCloser(strings.NewReader(x.Reply.Body)),
	}
	for name, value := range x.Reply.Header {
		r.Header.Set(name, value)
	}
	if x.Reply.Cut {
		r.ContentLength = -1
		r.Body = io.NopCloser(io.MultiReader(strings.NewReader(x.Reply.Body), cut{}))
	}
	return r
}

// cut is the end of a body that ended early.
type cut struct{}

func (cut) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func (t *Tape) take(m order.Mall, req *http.Request, body string) (Exchange, error) {
	query := req.URL.Query()
	for name := range query {
		if class := listOf(m).query(name); class == secret {
			query.Set(name, removed)
		}
	}
	want := timeless(query.Encode()) + "\n" + timeless(body)
	t.mu.Lock()
	defer t.mu.Unlock()
	same, spent := 0, false
	for i, x := range t.all {
		if x.Mall != m || x.Method != req.Method || !strings.HasSuffix(req.URL.Path, x.Path) {
			continue
		}
		if timeless(x.Query)+"\n"+timeless(x.Request.Body) != want {
			same++
			continue
		}
		if t.used[i] {
			spent = true
			continue
		}
		t.used[i] = true
		return x, nil
	}
	why := ""
	switch {
	case spent:
		why = " a second time"
	case same > 0:
		why = fmt.Sprintf(": there are %d with another query or body", same)
	}
	return Exchange{}, refused(fmt.Errorf("cassette: %s %s %s: %w%s", m, req.Method, req.URL.Path,
		ErrNotRecorded, why))
}

// refused returns an error that a client passes on unchanged and does not retry.
func refused(err error) error {
	return &order.Error{Class: order.ErrInvalid, Err: err,
		Hint: order.Text{EN: "nothing was sent; the calls of a test must be those of the recording",
			JA: "何も送信していません。テストの呼び出しは記録と同じでなければなりません"}}
}

var instant = regexp.MustCompile(
	`20\d\d[-/]?\d\d[-/]?\d\d(?:(?:[T ]|%20|\+)?\d\d(?::|%3A)?\d\d(?:(?::|%3A)?\d\d)?(?:\.\d+)?(?:Z|(?:[+-]|%2B)\d\d(?::|%3A)?\d\d)?)?`)

// timeless replaces days and instants, which depend on when a test runs.
func timeless(s string) string { return instant.ReplaceAllString(s, "@") }

// normal returns a request's body in the form in which it is recorded, with only secrets replaced.
func normal(m order.Mall, contentType string, body []byte) string {
	s := &scrubber{list: listOf(m), as: func(_ kind, s string) string { return s }}
	text, omitted := s.body(contentType, bytes.Clone(body))
	if omitted != "" {
		return ""
	}
	return text
}
