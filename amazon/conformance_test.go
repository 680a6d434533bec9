package amazon_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// sandboxCase is one case of a model's static sandbox: a request and the answer it gets.
type sandboxCase struct {
	op       transport.Operation
	params   map[string]any // body or payload, the path's placeholders, and the query
	status   int
	response json.RawMessage
}

// TestConformance sends every case of the static sandboxes of our operations, through the typed
// methods where they can express it and else through the raw call, to a server that insists on
// exactly the request of the case. Typed answers must hold everything that the case's answer holds.
// Without the official models it runs on a few invented cases of the same form.
func TestConformance(t *testing.T) {
	var cases []sandboxCase
	if folder := os.Getenv(modelsVariable); folder != "" {
		files, err := filepath.Glob(filepath.Join(folder, "*_*.json"))
		require.NoError(t, err)
		for _, file := range append(files, filepath.Join(folder, "ordersV0.json")) {
			cases = append(cases, readCases(t, file)...)
		}
		require.Greater(t, len(cases), 50)
	} else {
		cases = readCases(t, "testdata/cases.json")
		require.Len(t, cases, 5)
	}
	typed, raw := 0, 0
	for i, one := range cases {
		t.Run(fmt.Sprintf("%s/%d/%d", one.op.Name, one.status, i), func(t *testing.T) {
			server := &sandbox{expect: one}
			c, err := amazon.New(amazon.Config{
				Shop: "A0MIHON", Endpoint: amazon.FarEastSandbox, HTTPClient: &http.Client{Transport: server},
				Limiter: order.Unlimited,
				Keys: credential.Static(amazon.Keys{ClientID: "id", ClientSecret: credential.NewSecret("s"),
					RefreshToken: credential.NewSecret("r")}),
			})
			require.NoError(t, err)
			if call, ok := typedCalls[one.op.Name]; ok {
				answer, err := call(t.Context(), c, one.params)
				if server.called {
					typed++
					server.check(t, err)
					if one.status < 300 {
						requireHolds(t, one.response, answer)
					}
					return
				}
				var refused *order.Error
				require.True(t, err != nil && (!errors.As(err, &refused) || refused.Class == order.ErrInvalid),
					"not sent: %v", err)
			}
			raw++
			op := amazon.Operation{Name: one.op.Name, Method: one.op.Method, Path: one.path(), Query: one.query()}
			_, err = c.Do(t.Context(), op, one.body())
			server.check(t, err)
		})
	}
	t.Logf("%d sandbox cases: %d through typed methods, %d through the raw call", len(cases), typed, raw)
	require.Greater(t, typed, raw)
}

// readCases reads the static cases of a model's operations that our table has.
func readCases(t *testing.T, file string) []sandboxCase {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	type staticCases struct {
		Static []struct {
			Request struct {
				Parameters map[string]struct {
					Value any `json:"value"`
				} `json:"parameters"`
			} `json:"request"`
			Response json.RawMessage `json:"response"`
		} `json:"static"`
	}
	var model struct {
		Paths map[string]map[string]json.RawMessage `json:"paths"`
	}
	require.NoError(t, json.Unmarshal(data, &model))
	var all []sandboxCase
	for _, op := range amazon.Table() {
		var method struct {
			Responses map[string]struct {
				Sandbox json.RawMessage `json:"x-amzn-api-sandbox"`
			} `json:"responses"`
		}
		definition := model.Paths[op.Path][strings.ToLower(op.Method)]
		if definition == nil {
			continue
		}
		require.NoError(t, json.Unmarshal(definition, &method))
		for code, response := range method.Responses {
			status, err := strconv.Atoi(code)
			require.NoError(t, err)
			var cases staticCases
			_ = json.Unmarshal(response.Sandbox, &cases) // "dynamic" markers are no cases
			for _, c := range cases.Static {
				one := sandboxCase{op: op, params: make(map[string]any), status: status, response: c.Response}
				for name, p := range c.Request.Parameters {
					one.params[name] = p.Value
				}
				all = append(all, one)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b sandboxCase) int { return strings.Compare(a.op.Name, b.op.Name) })
	return all
}

// path fills the placeholders; a case that names no value takes any.
func (c sandboxCase) path() string {
	path := c.op.Path
	for _, name := range placeholders {
		path = strings.ReplaceAll(path, "{"+name+"}", url.PathEscape(c.text(name)))
	}
	return path
}

var placeholders = []string{"orderId", "destinationId", "notificationType", "subscriptionId", "reportId",
	"reportDocumentId"}

func (c sandboxCase) text(name string) string {
	if v, ok := c.params[name]; ok {
		return fmt.Sprint(v)
	}
	return "anything"
}

func (c sandboxCase) query() url.Values {
	q := make(url.Values)
	for name, value := range c.params {
		if name == "body" || name == "payload" || slices.Contains(placeholders, name) {
			continue
		}
		if list, ok := value.([]any); ok {
			texts := make([]string, len(list))
			for i, v := range list {
				texts[i] = fmt.Sprint(v)
			}
			value = strings.Join(texts, ",")
		}
		q.Set(name, fmt.Sprint(value))
	}
	return q
}

// body is the request's body, nil for operations without one.
func (c sandboxCase) body() []byte {
	for _, name := range []string{"body", "payload"} {
		if v, ok := c.params[name]; ok {
			out, err := json.Marshal(v)
			if err != nil {
				panic(err)
			}
			return out
		}
	}
	return nil
}

// sandbox is a server that knows one case.
type sandbox struct {
	expect sandboxCase
	called bool
	wrong  string
}

func (s *sandbox) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, "/auth/o2/token") {
		return answer(200, []byte(`{"access_token":"Atza|x","token_type":"bearer","expires_in":3600}`)), nil
	}
	s.called = true
	var body []byte
	if r.Body != nil {
		body, _ = io.ReadAll(r.Body)
	}
	want := s.expect
	switch q := want.query(); {
	case r.Method != want.op.Method || r.URL.EscapedPath() != want.path():
		s.wrong = r.Method + " " + r.URL.EscapedPath() + ", want " + want.op.Method + " " + want.path()
	case len(q) > 0 && !sameQuery(q, r.URL.Query()):
		s.wrong = "query " + r.URL.RawQuery + ", want " + q.Encode()
	case want.body() != nil && !sameJSON(want.body(), body):
		s.wrong = "body " + string(body) + ", want " + string(want.body())
	case r.Header.Get("x-amz-access-token") == "":
		s.wrong = "no access token"
	}
	return answer(want.status, want.response), nil
}

func answer(status int, body []byte) *http.Response {
	return &http.Response{StatusCode: status,
		Header: http.Header{"X-Amzn-Requestid": {"00000000-0000-4000-8000-000000000000"}},
		Body:   io.NopCloser(bytes.NewReader(body))}
}

func (s *sandbox) check(t *testing.T, err error) {
	t.Helper()
	require.True(t, s.called)
	require.Empty(t, s.wrong)
	if s.expect.status < 300 {
		require.NoError(t, err)
		return
	}
	require.ErrorIs(t, err, order.ErrInvalid)
	var list struct {
		Errors []amazon.ErrorDetail `json:"errors"`
	}
	require.NoError(t, json.Unmarshal(s.expect.response, &list))
	for _, e := range list.Errors {
		require.ErrorContains(t, err, e.Message)
	}
}

// sameQuery compares queries; times are the same when they are the same instant.
func sameQuery(a, b url.Values) bool {
	if len(a) != len(b) {
		return false
	}
	for name := range a {
		x, y := a.Get(name), b.Get(name)
		if tx, err := time.Parse(time.RFC3339, x); err == nil {
			if ty, err := time.Parse(time.RFC3339, y); err == nil && tx.Equal(ty) {
				continue
			}
		}
		if x != y {
			return false
		}
	}
	return true
}

func sameJSON(a, b []byte) bool {
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && holds(x, y) == "" && holds(y, x) == ""
}

// requireHolds checks that a decoded answer, written as JSON again, holds everything of the
// original.
func requireHolds(t *testing.T, original []byte, decoded any) {
	t.Helper()
	if decoded == nil || len(original) == 0 {
		return
	}
	again, err := json.Marshal(decoded)
	require.NoError(t, err)
	var x, y any
	require.NoError(t, json.Unmarshal(original, &x))
	require.NoError(t, json.Unmarshal(again, &y))
	require.Empty(t, holds(x, y))
}

// holds names the first thing of want that have lacks. Empty values may be missing.
func holds(want, have any) string {
	switch w := want.(type) {
	case map[string]any:
		h, _ := have.(map[string]any)
		for name, v := range w {
			if lack := holds(v, h[name]); lack != "" {
				return name + "." + lack
			}
		}
	case []any:
		h, _ := have.([]any)
		for i, v := range w {
			if i >= len(h) {
				return fmt.Sprintf("[%d] is missing", i)
			}
			if lack := holds(v, h[i]); lack != "" {
				return fmt.Sprintf("[%d].%s", i, lack)
			}
		}
	case string:
		if w != "" && w != have && w != "[redacted]" && have != "[redacted]" {
			return fmt.Sprintf(" is %v, want %q", have, w)
		}
	default:
		if zero := w == nil || w == false || w == 0.0; !zero && w != have || zero && have != nil && have != w {
			return fmt.Sprintf(" is %v, want %v", have, w)
		}
	}
	return ""
}
