package faulttest_test

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// poisoned answers every read of one order alone, or of a batch with it, with the mall's own
// refusal of a credential. Without an id it passes everything on.
type poisoned struct {
	next   http.RoundTripper
	id     string
	status int
	body   string
}

func (p *poisoned) RoundTrip(r *http.Request) (*http.Response, error) {
	var sent []byte
	if r.Body != nil {
		var err error
		if sent, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
		r = r.Clone(r.Context())
		r.Body = io.NopCloser(bytes.NewReader(sent))
	}
	if p.id != "" && (strings.Contains(r.URL.String(), p.id) || bytes.Contains(sent, []byte(p.id))) {
		return &http.Response{StatusCode: p.status, Header: http.Header{},
			Body: io.NopCloser(strings.NewReader(p.body)), ContentLength: int64(len(p.body)), Request: r}, nil
	}
	return p.next.RoundTrip(r)
}

// refusals are how the malls refuse a credential.
var refusals = map[order.Mall]poisoned{
	order.Rakuten: {status: 401, body: `{"Results":{"errorCode":"ES01-01","message":"Un-Authorised"}}`},
	order.Yahoo:   {status: 403, body: `<Error><Code>px-14304</Code><Message>m</Message></Error>`},
	order.Amazon: {status: 403,
		body: `{"errors":[{"code":"Unauthorized","message":"Access to requested resource is denied.","details":""}]}`},
	order.AuPay: {status: 401,
		body: `<response><result><status>1</status><error><code>0002</code><message>認証に失敗しました</message></error></result></response>`},
}

// An order that its mall always refuses as if the key were wrong fails alone, by its number; the
// others of the query are read.
func TestAnOrderThatIsAlwaysRefusedFailsAlone(t *testing.T) {
	for i := range refusals {
		t.Run(string(i), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				for _, m := range openMalls(t, 7, 8) {
					if m.name != i {
						continue
					}
					p := refusals[i]
					ids := m.ids()
					p.next, p.id = m.wire, ids[1]
					s := m.source(t, &p)
					read, failed := 0, []string(nil)
					for o, err := range s.Orders(t.Context(), order.Query{IDs: ids}) {
						if err != nil {
							require.ErrorContains(t, err, "this order alone")
							failed = append(failed, o.ID)
							continue
						}
						read++
					}
					require.Equal(t, []string{ids[1]}, failed)
					require.Equal(t, len(ids)-1, read)
				}
			})
		})
	}
}
