package cassettetest

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/cassette"
)

// answering gives the same reply to every call but those for tokens.
func answering(contentType string, body []byte) http.RoundTripper {
	return roundTripper(func(req *http.Request) (*http.Response, error) {
		kind, text := contentType, body
		if strings.HasSuffix(req.URL.Path, "/token") {
			kind, text = "application/json", []byte(`{"access_token":"mihon","token_type":"Bearer","expires_in":3600}`)
		}
		return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {kind}},
			Body: io.NopCloser(bytes.NewReader(text)), Request: req}, nil
	})
}

// The literal payloads of the malls' tests convert alike, recorded and replayed: gifts, pickups,
// contradictions, unread slots.
func TestLiteralPayloadsConvertAlike(t *testing.T) {
	all := shops(t, -1)
	for mall, c := range map[int]struct {
		pattern, kind, number string
		least                 int
	}{
		0: {"rakuten/testdata/getorder_*.json", "application/json", `"orderNumber": *"([^"]+)"`, 10},
		1: {"yahoo/testdata/*.xml", "application/xml", `<OrderId>([^<]+)<`, 12},
		3: {"aupay/testdata/searchTradeInfoProc.xml", "application/xml", `<orderId>([^<]+)<`, 1},
	} {
		s, number, done := all[mall], regexp.MustCompile(c.number), 0
		names, err := filepath.Glob("../../" + c.pattern)
		require.NoError(t, err)
		for _, name := range names {
			body, err := os.ReadFile(name)
			require.NoError(t, err)
			id := number.FindSubmatch(body)
			if id == nil {
				continue // a document without an order
			}
			var file bytes.Buffer
			recorder, err := cassette.NewRecorder(&file)
			require.NoError(t, err)
			shop := s.id
			if s.mall == order.Yahoo {
				shop = string(id[1][:bytes.LastIndexByte(id[1], '-')])
			}
			source := s.client(t, shop, recorder.Transport(s.mall, shop, answering(c.kind, body)))
			want, err := source.Order(t.Context(), string(id[1]))
			if err != nil {
				continue // a document of another operation
			}
			done++
			tape, err := cassette.Read(&file)
			require.NoError(t, err)
			exchanges := tape.Exchanges()
			made := number.FindStringSubmatch(exchanges[len(exchanges)-1].Reply.Body)
			require.NotEmpty(t, made, name)
			require.NotEqual(t, string(id[1]), made[1])
			got, err := s.client(t, tape.Shop(s.mall), tape.Transport(s.mall)).Order(t.Context(), made[1])
			require.NoError(t, err, name)
			require.Equal(t, see(want), see(got), "%s: remarks %q and %q", name, want.Remarks, got.Remarks)
		}
		require.GreaterOrEqual(t, done, c.least, s.mall)
	}
}
