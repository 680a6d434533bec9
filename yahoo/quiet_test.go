package yahoo_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/yahoo"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// Secrets and customers' names stay out of errors and of the most talkative log, whatever goes
// wrong.
func TestNothingSecretOrPersonalLeaves(t *testing.T) {
	const customer = "見本カナリア太郎"
	for _, kind := range []string{"", yahootest.ServerError, yahootest.Malformed, yahootest.Truncated,
		yahootest.ExpiredKey, yahootest.HTMLPage,
		yahootest.RateLimited, yahootest.Redirect, yahootest.EmptyBody, "echo"} {
		t.Run(kind, func(t *testing.T) {
			mall := yahootest.New(yahootest.Options{Orders: -1, ClientSecret: "canary-client-secret",
				RefreshToken: "canary-refresh-token"})
			var log bytes.Buffer
			c := newClient(t, mall, func(cfg *yahoo.Config) {
				cfg.Logger = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
			})
			mall.AddOrder(yahootest.Order{Fields: map[string]string{"BillLastName": customer, "ShipLastName": customer,
				"OrderTime": customer}})
			f := yahootest.Fault{Kind: kind, Operation: "orderInfo", Times: 5}
			if kind == "echo" {
				f = yahootest.Fault{Kind: yahootest.Custom, Operation: "orderInfo", Status: 400,
					Body: "<Error><Code>od90101</Code><Message>Bearer mihon-access-token-0000000001</Message></Error>"}
			}
			if kind != "" {
				require.NoError(t, mall.Inject(f))
			}
			said := ""
			for o, err := range c.Orders(t.Context(), lastMonth) {
				said += fmt.Sprintf("%v %+v", err, err)
				if err == nil {
					require.Equal(t, customer, o.Buyer.Family)
				}
			}
			said += log.String()
			require.NotEmpty(t, log.String())
			for _, secret := range []string{customer, "canary-", "mihon-access-token", mall.ClientSecret()} {
				require.NotContains(t, said, secret)
			}
			for _, call := range mall.Calls("orderInfo") {
				require.NotContains(t, said, call.Header.Get("X-Sws-Signature"))
			}
		})
	}
}

func TestKeysPrintRedacted(t *testing.T) {
	keys := yahoo.Keys{ClientID: "id", ClientSecret: credential.NewSecret("canary"),
		RefreshToken: credential.NewSecret("canary")}
	require.NotContains(t, fmt.Sprintf("%v %+v %#v", keys, keys, keys), "canary")
}

// One client is shared by all who need it; the caller's http.Client stays as it was.
func TestConcurrentUse(t *testing.T) {
	mall := yahootest.New(yahootest.Options{})
	hc := &http.Client{Transport: mall.Transport()}
	before := *hc
	c := newClient(t, mall, func(cfg *yahoo.Config) { cfg.HTTPClient = hc })
	seq := c.Orders(t.Context(), lastMonth)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			n := 0
			for _, err := range seq {
				if err == nil {
					n++
				}
			}
			if n != 40 {
				t.Errorf("%d orders", n)
			}
			if _, err := c.Session(t.Context()); err != nil {
				t.Error(err)
			}
		})
		wg.Go(func() {
			if err := c.Check(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	require.Equal(t, 1, mall.Count("token"), "one refresh for all")
	require.Equal(t, before, *hc)
}

func TestDo(t *testing.T) {
	mall := newMall(t)
	c := newClient(t, mall)
	reply, err := c.Do(t.Context(), yahoo.Operation{Name: "externalTalkList", Method: "GET", Path: "/externalTalkList"},
		nil)
	require.ErrorIs(t, err, order.ErrTemporary, "a page is not the mall's word")
	require.ErrorContains(t, err, "it is not the mall")
	require.Equal(t, http.StatusNotFound, reply.Status)
	_, err = c.Do(t.Context(), yahoo.Operation{Name: "externalTalkList"}, nil)
	require.ErrorIs(t, err, order.ErrInvalid, "a path is needed for what the table does not hold")

	require.NoError(t, mall.Inject(yahootest.Fault{Kind: yahootest.Custom,
		Body: `{"status":"OK"}`}))
	reply, err = c.Do(t.Context(), yahoo.Operation{Name: "externalTalkList", Method: "GET", Path: "/externalTalkList"},
		nil)
	require.NoError(t, err, "other APIs answer in JSON")
	require.JSONEq(t, `{"status":"OK"}`, string(reply.Body))
}
