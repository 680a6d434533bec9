package cassettetest

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/cassette"
)

// canaries makes texts that are in no payload, each another one, in the forms in which something
// personal or secret may stand in a leaf. Each holds marks; one that is found anywhere in a
// recording is a leak.
type canaries struct {
	n     int
	words []string // in turn, instead
}

const digitsOfCanary = 10

func (c *canaries) next() string {
	c.n++
	if len(c.words) > 0 {
		return c.words[c.n%len(c.words)]
	}
	number := fmt.Sprintf("77%08d", c.n)
	mixed := "鴉鵲雀鷲カナリヤことりQanaryqanary" + number
	switch c.n % 8 {
	case 0:
		return number
	case 1:
		return "qanary." + number + "@shop.example"
	case 2:
		return url.QueryEscape(mixed)
	case 3:
		return base64.StdEncoding.EncodeToString([]byte(mixed))
	case 4:
		return "午前中に " + mixed + " へお届けください。14時〜16時"
	case 5:
		return "qanary" + number
	case 6:
		return "https://shop.example/" + mixed + "?qanary=" + number
	}
	return mixed
}

// leaks are the marks in all forms.
func leaks(t *testing.T, file string) {
	t.Helper()
	for _, mark := range []string{"鴉鵲", "雀鷲", "カナリヤ", "ことり", "Qanary", "qanary"} {
		forms := []string{mark, url.QueryEscape(mark), hex.EncodeToString([]byte(mark)),
			strings.ToLower(url.QueryEscape(mark))}
		for shift := range 3 {
			text := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("x", shift) + mark))
			forms = append(forms, text[4:len(text)-4])
		}
		for _, form := range forms {
			if i := strings.Index(file, form); len(form) > 5 && i >= 0 {
				t.Errorf("%q stands in the recording: …%s…", form, file[max(0, i-60):min(len(file), i+60)])
			}
		}
	}
	for _, run := range digitRuns.FindAllString(file, -1) {
		if len(run) == digitsOfCanary && strings.HasPrefix(run, "770") {
			t.Errorf("the number %s stands in the recording", run)
		}
	}
}

var digitRuns = regexp.MustCompile(`[0-9]+`)

// poison puts a canary into every leaf of a payload: texts, numbers, attributes.
func (c *canaries) poison(t *testing.T, body []byte) []byte {
	t.Helper()
	if trimmed := bytes.TrimLeft(body, " \t\r\n"); len(trimmed) > 0 && trimmed[0] == '<' {
		return c.xml(t, body)
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	var doc any
	require.NoError(t, dec.Decode(&doc))
	out, err := json.Marshal(c.value(doc))
	require.NoError(t, err)
	return out
}

func (c *canaries) value(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for name := range v {
			v[name] = c.value(v[name])
		}
		return v
	case []any:
		for i := range v {
			v[i] = c.value(v[i])
		}
		return v
	case string:
		return c.next()
	case json.Number:
		c.n++
		return json.Number(fmt.Sprintf("77%08d", c.n))
	}
	return v
}

func (c *canaries) xml(t *testing.T, body []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	dec := xml.NewDecoder(bytes.NewReader(body))
	escape := func(s string) { require.NoError(t, xml.EscapeText(&out, []byte(s))) }
	for {
		token, err := dec.RawToken()
		if errors.Is(err, io.EOF) {
			return out.Bytes()
		}
		require.NoError(t, err)
		switch token := token.(type) {
		case xml.StartElement:
			out.WriteString("<" + token.Name.Local)
			for _, a := range token.Attr {
				out.WriteString(" " + a.Name.Local + `="`)
				escape(c.next())
				out.WriteString(`"`)
			}
			out.WriteString(">")
		case xml.EndElement:
			out.WriteString("</" + token.Name.Local + ">")
		case xml.CharData:
			if len(bytes.TrimSpace(token)) > 0 {
				escape(c.next())
			}
		case xml.Comment:
			out.WriteString("<!-- " + c.next() + " -->")
		}
	}
}

// payloads are the literal ones of the malls' tests, and all that the fakes answer to a reading of
// their orders.
func payloads(t *testing.T) map[order.Mall][][]byte {
	t.Helper()
	all := map[order.Mall][][]byte{}
	for mall, pattern := range map[order.Mall]string{order.Rakuten: "rakuten/testdata/*.json",
		order.Yahoo: "yahoo/testdata/*.xml",
		order.AuPay: "aupay/testdata/*.xml", order.Amazon: "amazon/testdata/*.json"} {
		names, err := filepath.Glob("../../" + pattern)
		require.NoError(t, err)
		require.NotEmpty(t, names)
		for _, name := range names {
			data, err := os.ReadFile(name)
			require.NoError(t, err)
			all[mall] = append(all[mall], data)
		}
	}
	for _, s := range shops(t, 25) {
		tee := roundTripper(func(req *http.Request) (*http.Response, error) {
			resp, err := s.transport.RoundTrip(req)
			if err != nil {
				return nil, err
			}
			body, err := io.ReadAll(resp.Body)
			resp.Body.Close()
			resp.Body = io.NopCloser(bytes.NewReader(body))
			plain := body
			if resp.Header.Get("Content-Encoding") == "gzip" {
				r, err := gzip.NewReader(bytes.NewReader(body))
				if err != nil {
					return nil, err
				}
				if plain, err = io.ReadAll(r); err != nil {
					return nil, err
				}
			}
			if len(plain) > 0 {
				all[s.mall] = append(all[s.mall], plain)
			}
			return resp, err
		})
		read(t, s.client(t, s.id, tee), order.Query{From: time.Now().AddDate(0, 0, -20)})
	}
	return all
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// Nothing that is put into any leaf of any payload, into an address, a header or an error's page,
// is found in the recording, in no form.
func TestNoCanaryIsFound(t *testing.T) {
	var file bytes.Buffer
	recorder, err := cassette.NewRecorder(&file)
	require.NoError(t, err)
	c := &canaries{}
	send := func(mall order.Mall, contentType string, status int, body []byte, packed bool) {
		next := roundTripper(func(req *http.Request) (*http.Response, error) {
			h := http.Header{"Content-Type": {contentType}, "X-Amzn-Requestid": {c.next()},
				"Www-Authenticate": {`Bearer error="` + c.next() + `"`},
				"Set-Cookie":       {c.next()}, "X-Sws-Authorize-Status": {c.next()}, "Location": {c.next()}, "Retry-After": {c.next()}}
			if packed {
				var b bytes.Buffer
				w := gzip.NewWriter(&b)
				_, err := w.Write(body)
				require.NoError(t, errors.Join(err, w.Close()))
				body = b.Bytes()
				h.Set("Content-Encoding", "gzip")
			}
			return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(bytes.NewReader(body)),
				Request: req}, nil
		})
		form := url.Values{"refresh_token": {c.next()}, "orderStatus": {c.next()}, "grant_type": {c.next()},
			c.next(): {c.next()}}
		req, err := http.NewRequestWithContext(t.Context(), "POST",
			"https://shop.example/"+url.PathEscape(c.next())+"/orders/v0/orders/"+
				url.PathEscape(c.next())+"?"+form.Encode(), strings.NewReader(form.Encode()))
		require.NoError(t, err)
		req.Header = http.Header{"Authorization": {"Bearer " + c.next()}, "X-Amz-Access-Token": {c.next()},
			"Cookie":       {c.next()},
			"Content-Type": {"application/x-www-form-urlencoded"}, "User-Agent": {c.next()}, "X-Sws-Signature": {c.next()}}
		resp, err := recorder.Transport(mall, c.next(), next).RoundTrip(req)
		require.NoError(t, err)
		got, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		require.Equal(t, body, got, "the client gets what the mall sent")
	}
	for mall, bodies := range payloads(t) {
		for i, body := range bodies {
			for round := range 2 {
				send(mall, "application/json", []int{200, 400, 401}[i%3], c.poison(t, body), round == 1)
			}
		}
		for _, page := range []string{"<html><head><title>%s</title></head><body>%s</body></html>", "%s %s",
			`{"errors":[{"code":"%s","message":"%s`,
			"<Error><Message>%s</Message><Code>%s", `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e "%s">]><x>%s</x>`} {
			send(mall, "text/html", 503, fmt.Appendf(nil, page, c.next(), c.next()), false)
		}
		send(mall, "multipart/form-data; boundary=x", 200, []byte("--x\r\n\r\n"+c.next()), false)
		send(mall, "text/tab-separated-values", 200, []byte("order-id\tname\n"+c.next()+"\t"+c.next()), false)
	}
	require.NoError(t, recorder.Err())
	require.GreaterOrEqual(t, c.n, 10_000)
	t.Logf("%d canaries in %d bytes", c.n, file.Len())
	leaks(t, file.String())
	_, err = cassette.Read(&file)
	require.NoError(t, err)
}

// The test above sees what a careless recording holds.
func TestTheMarksAreSeen(t *testing.T) {
	c := &canaries{}
	for range 16 {
		text := c.next()
		inner := &testing.T{}
		leaks(inner, `{"body":"`+text+`"}`)
		require.True(t, inner.Failed(), text)
	}
}
