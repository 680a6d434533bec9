package aupay_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

func keys(key string) credential.Source[aupay.Keys] {
	return credential.Static(aupay.Keys{APIKey: credential.NewSecret(key)})
}

// open makes a fake mall and a client that speaks to it in memory, without quotas.
func open(t *testing.T, opt aupaytest.Options, edit ...func(*aupay.Config)) (*aupaytest.Mall, *aupay.Client) {
	t.Helper()
	mall := aupaytest.New(opt)
	t.Cleanup(mall.Close)
	return mall, over(t, mall, edit...)
}

// over makes a client that speaks to the mall in memory, without quotas.
func over(t *testing.T, mall *aupaytest.Mall, edit ...func(*aupay.Config)) *aupay.Client {
	t.Helper()
	cfg := aupay.Config{
		Shop: mall.Shop(), Keys: keys(mall.APIKey()), Limiter: order.Unlimited,
		HTTPClient: &http.Client{Transport: mall.Transport()},
	}
	for _, e := range edit {
		e(&cfg)
	}
	client, err := aupay.New(cfg)
	require.NoError(t, err)
	return client
}

func TestNewRefusesABadConfigByFieldName(t *testing.T) {
	good := aupay.Config{Shop: "10000001", Keys: keys("invented")}
	for want, edit := range map[string]func(*aupay.Config){
		"Config.Shop is empty":        func(c *aupay.Config) { c.Shop = "" },
		"Config.Shop is not a number": func(c *aupay.Config) { c.Shop = "example" },
		"Config.Keys is nil":          func(c *aupay.Config) { c.Keys = nil },
		"may not set Authorization":   func(c *aupay.Config) { c.Header = http.Header{"Authorization": {"x"}} },
		"BaseURL":                     func(c *aupay.Config) { c.BaseURL = "ftp://example.com" },
	} {
		cfg := good
		edit(&cfg)
		_, err := aupay.New(cfg)
		require.ErrorContains(t, err, want)
	}
}

func TestCheckTellsWhatIsWrong(t *testing.T) {
	mall, client := open(t, aupaytest.Options{})
	require.NoError(t, client.Check(t.Context()))
	require.Equal(t, 1, mall.Count("searchTradeNoListProc"))

	_, wrong := open(t, aupaytest.Options{}, func(c *aupay.Config) { c.Keys = keys("another-key") })
	err := wrong.Check(t.Context())
	require.ErrorIs(t, err, order.ErrUnauthorized)
	require.ErrorContains(t, err, "0002")
	require.ErrorContains(t, err, "接続元IPアドレス")
	require.NotContains(t, err.Error(), "another-key")

	_, other := open(t, aupaytest.Options{}, func(c *aupay.Config) { c.Shop = "10000002" })
	err = other.Check(t.Context())
	require.ErrorIs(t, err, order.ErrInvalid)
	require.ErrorContains(t, err, "Config.Shop")

	pasted, refused := open(t, aupaytest.Options{}, func(c *aupay.Config) { c.Keys = keys(" two words ") })
	require.ErrorIs(t, refused.Check(t.Context()), order.ErrInvalid)
	require.Zero(t, pasted.Count(""), "nothing was sent")

	_, trimmed := open(t, aupaytest.Options{APIKey: "invented"}, func(c *aupay.Config) { c.Keys = keys("　invented\n") })
	require.NoError(t, trimmed.Check(t.Context()))
}

func TestKeyEndsAfter90Days(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall := aupaytest.New(aupaytest.Options{Issued: time.Now()})
		defer mall.Close()
		current := mall.APIKey()
		client, err := aupay.New(aupay.Config{
			Shop: mall.Shop(), HTTPClient: &http.Client{Transport: mall.Transport()},
			Keys: credential.SourceFunc[aupay.Keys](func(context.Context) (aupay.Keys, error) {
				return aupay.Keys{APIKey: credential.NewSecret(current)}, nil
			}),
		})
		require.NoError(t, err)
		time.Sleep(90*24*time.Hour - time.Minute)
		require.NoError(t, client.Check(t.Context()))
		time.Sleep(time.Minute)
		require.ErrorIs(t, client.Check(t.Context()), order.ErrUnauthorized)
		current = mall.IssueKey()
		require.NoError(t, client.Check(t.Context()), "keys can change while the client runs")
	})
}

func TestDoReachesWhatIsNotTyped(t *testing.T) {
	mall, client := open(t, aupaytest.Options{})
	body := []byte("<request><shopId>10000001</shopId></request>")
	require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.ReplyLost, Times: -1}))
	_, err := client.Do(t.Context(), aupay.Operation{Name: "doCreditCertainProc"}, body)
	require.ErrorIs(t, err, order.ErrTemporary)
	mall.ClearFaults()
	require.Equal(t, 1, mall.Count("doCreditCertainProc"), "an operation that is not in the table is an unsafe write")
	call := mall.Calls("doCreditCertainProc")[0]
	require.Equal(t, http.MethodPost, call.Method)
	require.Equal(t, string(body), string(call.Body))
	require.Equal(t, "application/xml; charset=utf-8", call.Header.Get("Content-Type"))

	reply, err := client.Do(t.Context(), aupay.Operation{Name: "searchTradeInfoProc",
		Query: url.Values{"orderId": {mall.Numbers()[0]}}}, nil)
	require.NoError(t, err)
	require.Equal(t, "0", reply.Result.Status)
	require.Contains(t, string(reply.Body), "<orderInfo>")

	reply, err = client.Do(t.Context(), aupay.Operation{Name: "searchTradeInfoProc"}, nil)
	require.ErrorIs(t, err, order.ErrInvalid)
	require.Len(t, reply.Result.Errors, 1)
}

func TestQuotaKeepsOneCallPerSecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall, client := open(t, aupaytest.Options{Quotas: true, Orders: 3}, func(c *aupay.Config) { c.Limiter = nil })
		start := time.Now()
		for range 4 {
			require.NoError(t, client.Check(t.Context()))
		}
		require.Equal(t, 3*time.Second, time.Since(start))
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		require.True(t, errors.Is(client.Check(ctx), context.Canceled))
		for _, call := range mall.Calls("") {
			require.Equal(t, http.StatusOK, call.Status)
		}
		mall.Close()
	})
}

func TestAKeyThatIsKnownToBeOverIsCalledExpired(t *testing.T) {
	issued := func(days int) func(*aupay.Config) {
		return func(c *aupay.Config) {
			c.Keys = credential.Static(aupay.Keys{APIKey: credential.NewSecret("an-old-key"),
				IssuedAt: time.Now().AddDate(0, 0, -days)})
		}
	}
	_, old := open(t, aupaytest.Options{}, issued(91))
	err := old.Check(t.Context())
	require.ErrorIs(t, err, order.ErrCredentialExpired)
	require.ErrorContains(t, err, "0002 (HTTP 401): 認証に失敗しました")
	require.ErrorContains(t, err, "APIキーの発行はこちら")
	_, young := open(t, aupaytest.Options{}, issued(89))
	require.ErrorIs(t, young.Check(t.Context()), order.ErrUnauthorized, "young enough: something else is wrong")
}

func TestAKeyThatIsReplacedDuringACallIsTriedOnce(t *testing.T) {
	asked := 0
	mall, client := open(t, aupaytest.Options{APIKey: "new-key"}, func(c *aupay.Config) {
		c.Keys = credential.SourceFunc[aupay.Keys](func(context.Context) (aupay.Keys, error) {
			if asked++; asked == 1 {
				return aupay.Keys{APIKey: credential.NewSecret("old-key")}, nil
			}
			return aupay.Keys{APIKey: credential.NewSecret("new-key")}, nil
		})
	})
	require.NoError(t, client.Check(t.Context()))
	require.Equal(t, 2, mall.Count(""))
}

func TestGoroutinesShareOneClient(t *testing.T) {
	mall, client := open(t, aupaytest.Options{})
	var group sync.WaitGroup
	for _, id := range mall.Numbers()[:8] {
		group.Go(func() {
			n := 0
			for _, err := range client.Orders(t.Context(), lastMonth()) {
				assert.NoError(t, err)
				n++
			}
			assert.Equal(t, 40, n)
			_, err := client.ChangeStatus(t.Context(), []aupay.StatusChange{{id, aupay.StatusOnHold}},
				order.WriteOptions{DryRun: true})
			assert.NoError(t, err)
			_, err = client.Order(t.Context(), id)
			assert.NoError(t, err)
		})
	}
	group.Wait()
}
