package aupaytest_test

import (
	"encoding/xml"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay/aupaytest"
)

// ask makes a call with nothing but net/http, as a stranger to the SDK would.
func ask(t *testing.T, client *http.Client, base string, m *aupaytest.Mall, method, path, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, base+path, strings.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("Authorization", "Bearer "+m.APIKey())
	resp, err := client.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return resp.StatusCode, string(data)
}

func TestServerOnLoopback(t *testing.T) {
	server, err := aupaytest.NewServer(aupaytest.Options{Seed: 7})
	require.NoError(t, err)
	defer server.Close()
	number := server.Numbers()[0]
	status, body := ask(t, http.DefaultClient, server.URL, server.Mall, "GET",
		"/searchTradeInfoProc?shopId=10000001&orderId="+number, "")
	require.Equal(t, 200, status)
	require.Contains(t, body, "<orderId>"+number+"</orderId>")
	var wellFormed struct {
		Status string `xml:"result>status"`
		Orders []struct {
			Details []struct{} `xml:"detail"`
		} `xml:"orderInfo"`
	}
	require.NoError(t, xml.Unmarshal([]byte(body), &wellFormed))
	require.Equal(t, "0", wellFormed.Status)
	require.NotEmpty(t, wellFormed.Orders[0].Details)

	status, body = ask(t, http.DefaultClient, server.URL, server.Mall, "POST", "/updateTradeStsProc",
		"<request><shopId>10000001</shopId><wrapper><orderId>"+number+"</orderId></wrapper></request>")
	require.Equal(t, 200, status)
	require.Contains(t, body, "[orderId]必須入力項目です", "the tree is flat")
	status, _ = ask(t, http.DefaultClient, server.URL, server.Mall, "POST", "/searchTradeInfoProc", "")
	require.Equal(t, 405, status)
	status, _ = ask(t, http.DefaultClient, server.URL, server.Mall, "POST", "/updateTradeStsProc", "no XML")
	require.Equal(t, 400, status)
	require.Equal(t, 2, server.Count("updateTradeStsProc"))
}

func TestSameSeedSameShop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		one := aupaytest.New(aupaytest.Options{Seed: 1})
		two := aupaytest.New(aupaytest.Options{Seed: 1})
		other := aupaytest.New(aupaytest.Options{Seed: 2})
		require.Equal(t, ordersOf(one), ordersOf(two))
		require.NotEqual(t, ordersOf(one), ordersOf(other))
		require.Len(t, ordersOf(one), 40)
		for _, o := range ordersOf(one) {
			require.True(t, o.Placed.Before(time.Now()) && o.Placed.After(time.Now().AddDate(0, 0, -14)))
		}
	})
}

func ordersOf(m *aupaytest.Mall) []aupaytest.Order {
	var all []aupaytest.Order
	for _, id := range m.Numbers() {
		o, _ := m.Order(id)
		all = append(all, o)
	}
	return all
}

func TestCopiesShareNothingWithTheMall(t *testing.T) {
	m := aupaytest.New(aupaytest.Options{Orders: -1})
	id := m.AddOrder(aupaytest.Order{Elements: map[string]string{"memo": "a"}, Lines: []aupaytest.Line{{"unit": "1"}}})
	o, ok := m.Order(id)
	require.True(t, ok)
	o.Elements["memo"], o.Lines[0]["unit"] = "b", "2"
	o, _ = m.Order(id)
	require.Equal(t, "a", o.Elements["memo"])
	require.Equal(t, "1", o.Lines[0]["unit"])
	require.True(t, m.ChangeOrder(id, func(o *aupaytest.Order) { o.Elements["memo"] = "d" }))
	o, _ = m.Order(id)
	require.Equal(t, "d", o.Elements["memo"])
	require.False(t, m.ChangeOrder("0", func(*aupaytest.Order) {}))
}

func TestFaultsAreCheckedAndCounted(t *testing.T) {
	m := aupaytest.New(aupaytest.Options{Orders: 1})
	defer m.Close()
	require.Error(t, m.Inject(aupaytest.Fault{Kind: aupaytest.ServerError}, aupaytest.Fault{Kind: "whatever"}))
	require.Zero(t, m.PendingFaults(), "all of them or none")
	require.NoError(t, m.Inject(aupaytest.Fault{Kind: aupaytest.ExpiredKey},
		aupaytest.Fault{Kind: aupaytest.Maintenance}))
	client := &http.Client{Transport: m.Transport()}
	status, body := ask(t, client, "http://mall.invalid", m, "GET", "/searchStocks?shopId=10000001", "")
	require.Equal(t, 401, status)
	require.Contains(t, body, "<code>0002</code>")
	require.Equal(t, 1, m.PendingFaults())
	m.ClearFaults()
	status, _ = ask(t, client, "http://mall.invalid", m, "GET", "/searchStocks?shopId=10000001", "")
	require.Equal(t, 200, status)
	require.Equal(t, []string{aupaytest.ExpiredKey, ""}, []string{m.Calls("")[0].Fault, m.Calls("")[1].Fault})
}
