package drifttest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/yahoo"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// told keeps what clients tell of drift.
type told struct {
	mu  sync.Mutex
	all []order.Event
}

func (o *told) Observe(_ context.Context, e order.Event) {
	if e.Kind != order.EventDrift {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.all = append(o.all, e)
}

// drift is what was told of replies, as lines; verdicts what was told of assumptions.
func (o *told) drift() []string {
	return o.lines(func(e order.Event) bool { return e.Assumption == "" })
}
func (o *told) verdicts() []string {
	return o.lines(func(e order.Event) bool { return e.Assumption != "" })
}

func (o *told) lines(want func(order.Event) bool) []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	all := []string{}
	for _, e := range o.all {
		if want(e) {
			all = append(all, strings.TrimSpace(fmt.Sprint(e.Operation, " ", e.Drift, " ", e.Path, e.Assumption)))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// changed hands the body of each reply of an operation through edit on its way to the client.
type changed struct {
	next http.RoundTripper
	edit func(operation, body string) string
}

func (c changed) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := c.next.RoundTrip(req)
	if err != nil || c.edit == nil {
		return resp, err
	}
	body, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil {
		return nil, err
	}
	path := strings.Trim(req.URL.Path, "/")
	body = []byte(c.edit(path[strings.LastIndexByte(path, '/')+1:], string(body)))
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	resp.Header.Del("Content-Length")
	return resp, nil
}

type edit = func(operation, body string) string

// The malls of these tests: a fake, and a client of it that tells what it sees.

func openRakuten(t testing.TB, o rakutentest.Options, to *told, e edit) (*rakutentest.Mall, *rakuten.Client) {
	t.Helper()
	m := rakutentest.New(o)
	t.Cleanup(m.Close)
	return m, rakutenClient(t, m, rakuten.Keys{
		ServiceSecret: credential.NewSecret(m.ServiceSecret()), LicenseKey: credential.NewSecret(m.LicenseKey())}, to,
		e)
}

func rakutenClient(t testing.TB, m *rakutentest.Mall, k rakuten.Keys, to *told, e edit) *rakuten.Client {
	t.Helper()
	c, err := rakuten.New(rakuten.Config{Shop: m.Shop(), HTTPClient: &http.Client{Transport: changed{m.Transport(), e}},
		Limiter:  order.Unlimited,
		Observer: to, Drift: true, Keys: credential.Static(k)})
	require.NoError(t, err)
	return c
}

func openYahoo(t testing.TB, o yahootest.Options, to *told, e edit) (*yahootest.Mall, *yahoo.Client) {
	t.Helper()
	m := yahootest.New(o)
	t.Cleanup(m.Close)
	return m, yahooClient(t, m, yahooKeys(m), to, changed{m.Transport(), e})
}

func yahooKeys(m *yahootest.Mall) yahoo.Keys {
	return yahoo.Keys{ClientID: m.ClientID(), ClientSecret: credential.NewSecret(m.ClientSecret()),
		RefreshToken: credential.NewSecret(m.RefreshToken()),
		PublicKey:    m.PublicKey(), PublicKeyVersion: m.PublicKeyVersion(), ConsentedAt: m.ConsentedAt()}
}

func yahooClient(t testing.TB, m *yahootest.Mall, k yahoo.Keys, to *told, wire http.RoundTripper) *yahoo.Client {
	t.Helper()
	c, err := yahoo.New(yahoo.Config{Shop: m.Shop(), HTTPClient: &http.Client{Transport: wire},
		Limiter:  order.Unlimited,
		Observer: to, Drift: true, Keys: credential.Static(k)})
	require.NoError(t, err)
	return c
}

func openAmazon(t testing.TB, o amazontest.Options, to *told, e edit) (*amazontest.Mall, *amazon.Client) {
	t.Helper()
	m := amazontest.New(o)
	t.Cleanup(m.Close)
	c, err := amazon.New(amazon.Config{Shop: m.Shop(), HTTPClient: &http.Client{Transport: changed{m.Transport(), e}},
		Limiter:  order.Unlimited,
		Observer: to, Drift: true, Keys: credential.Static(
			amazon.Keys{ClientID: m.ClientID(), ClientSecret: credential.NewSecret(m.ClientSecret()),
				RefreshToken: credential.NewSecret(m.RefreshToken())})})
	require.NoError(t, err)
	return m, c
}

func openAuPay(t testing.TB, o aupaytest.Options, to *told, e edit) (*aupaytest.Mall, *aupay.Client) {
	t.Helper()
	m := aupaytest.New(o)
	t.Cleanup(m.Close)
	c, err := aupay.New(aupay.Config{Shop: m.Shop(), HTTPClient: &http.Client{Transport: changed{m.Transport(), e}},
		Limiter:  order.Unlimited,
		Observer: to, Drift: true, Keys: credential.Static(aupay.Keys{APIKey: credential.NewSecret(m.APIKey())})})
	require.NoError(t, err)
	return m, c
}
