package rakutentest_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

// post calls the mall without any client of ours, as the pages say it is called.
func post(t *testing.T, mall *rakutentest.Mall, key, path, contentType, body string) (int, map[string]any) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://api.rms.rakuten.co.jp"+path,
		strings.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("Authorization", "ESA "+base64.StdEncoding.EncodeToString([]byte(mall.ServiceSecret()+":"+key)))
	req.Header.Set("Content-Type", contentType)
	resp, err := (&http.Client{Transport: mall.Transport()}).Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	var all map[string]any
	_ = json.Unmarshal(data, &all) // some refusals are no JSON
	return resp.StatusCode, all
}

const utf8JSON = "application/json; charset=utf-8"

// keys lists the paths of all keys of a document; elements of lists count as one.
func keys(v any, path string, all map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for k, inner := range v {
			all[path+"."+k] = true
			keys(inner, path+"."+k, all)
		}
	case []any:
		for _, inner := range v {
			keys(inner, path, all)
		}
	}
}

// TestShape holds the fake's orders against the example of the reference: the same keys, no more
// and no less.
func TestShape(t *testing.T) {
	data, err := os.ReadFile("../testdata/getorder_gift.json")
	require.NoError(t, err)
	var reference map[string]any
	require.NoError(t, json.Unmarshal(data, &reference))
	want := map[string]bool{}
	keys(reference["OrderModelList"], "", want)

	mall := rakutentest.New(rakutentest.Options{})
	t.Cleanup(mall.Close)
	got := map[string]bool{}
	for _, n := range mall.Numbers() {
		data, ok := mall.JSON(n)
		require.True(t, ok)
		var one any
		require.NoError(t, json.Unmarshal(data, &one))
		keys(one, "", got)
	}
	for path := range want {
		require.Contains(t, got, path)
	}
	for path := range got {
		if strings.HasPrefix(path, ".PackageModelList.DeliveryCvsModel.") ||
			strings.HasPrefix(path, ".PackageModelList.SocialGiftModel.") ||
			strings.HasPrefix(path, ".WrappingModel2.") || strings.HasPrefix(path, ".DueDateModelList.") {
			continue // null or empty in the example
		}
		require.Contains(t, want, path)
	}
}

// TestSeed gives the same shop for the same seed, of many kinds of orders.
func TestSeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // the same instant for all
		shop := func(seed uint64) string {
			mall := rakutentest.New(rakutentest.Options{Seed: seed})
			defer mall.Close()
			var all bytes.Buffer
			kinds := map[int]bool{}
			for _, n := range mall.Numbers() {
				data, _ := mall.JSON(n)
				all.Write(data)
				o, _ := mall.Order(n)
				kinds[o.Progress] = true
				require.WithinRange(t, o.Placed, time.Now().AddDate(0, 0, -14), time.Now())
			}
			require.Len(t, mall.Numbers(), 40)
			require.Len(t, kinds, 9, "every orderProgress")
			return all.String()
		}
		require.Equal(t, shop(1), shop(1))
		require.NotEqual(t, shop(1), shop(2))
	})
}

func TestGateway(t *testing.T) {
	mall := rakutentest.New(rakutentest.Options{Orders: 1})
	t.Cleanup(mall.Close)
	const path = "/es/2.0/order/getSubStatusList/"
	code := func(body map[string]any) string {
		results, _ := body["Results"].(map[string]any)
		s, _ := results["errorCode"].(string)
		return s
	}
	status, _ := post(t, mall, mall.LicenseKey(), path, utf8JSON, "{}")
	require.Equal(t, 200, status)
	status, _ = post(t, mall, mall.LicenseKey(), strings.TrimSuffix(path, "/"), utf8JSON, "{}")
	require.Equal(t, 200, status, "the slash may be missing")
	status, _ = post(t, mall, mall.LicenseKey(), path, "application/json", "{}")
	require.Equal(t, 415, status)
	status, body := post(t, mall, "SLwrong", path, utf8JSON, "{}")
	require.Equal(t, 401, status)
	require.Equal(t, "ES01-01", code(body))
	mall.Function("getSubStatusList", false)
	status, body = post(t, mall, mall.LicenseKey(), path, utf8JSON, "{}")
	require.Equal(t, 400, status)
	require.Equal(t, "ES04-01", code(body))
	status, _ = post(t, mall, mall.LicenseKey(), "/es/2.0/order/unheardOf/", utf8JSON, "{}")
	require.Equal(t, 404, status)
	require.Error(t, mall.Inject(rakutentest.Fault{Kind: "unheard of"}))
}

// TestKeysAge follows a key through its life.
func TestKeysAge(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall := rakutentest.New(rakutentest.Options{Orders: -1, Issued: time.Now()})
		defer mall.Close()
		status := func(key string) int {
			s, _ := post(t, mall, key, "/es/2.0/order/getSubStatusList/", utf8JSON, "{}")
			return s
		}
		first := mall.LicenseKey()
		y, m, d := time.Now().In(time.FixedZone("JST", 9*60*60)).AddDate(0, 0, 90).Date()
		require.Equal(t, fmt.Sprintf("%04d-%02d-%02dT23:59:59+09:00", y, m, d),
			mall.KeyEnds(first).Format(time.RFC3339))
		second := mall.IssueKey()
		require.Equal(t, []int{200, 401}, []int{status(first), status(second)})
		time.Sleep(20 * time.Minute)
		require.Equal(t, []int{200, 200}, []int{status(first), status(second)})
		time.Sleep(time.Until(mall.KeyEnds(first)))
		require.Equal(t, []int{200, 200}, []int{status(first), status(second)})
		time.Sleep(time.Second)
		require.Equal(t, 401, status(first))
	})
}

// TestSearchForms refuses every form of an instant but one.
func TestSearchForms(t *testing.T) {
	mall := rakutentest.New(rakutentest.Options{Orders: 3})
	t.Cleanup(mall.Close)
	now := time.Now().In(time.FixedZone("JST", 9*60*60))
	search := func(from string) (int, map[string]any) {
		return post(t, mall, mall.LicenseKey(), "/es/2.0/order/searchOrder/", utf8JSON,
			fmt.Sprintf(`{"dateType":1,"startDatetime":%q,"endDatetime":%q}`, from,
				now.Format("2006-01-02T15:04:05-0700")))
	}
	status, body := search(now.AddDate(0, 0, -20).Format("2006-01-02T15:04:05-0700"))
	require.Equal(t, 200, status)
	require.Len(t, body["orderNumberList"], 3)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05",
		"2006/01/02T15:04:05-0700", time.DateOnly} {
		status, body = search(now.Format(layout))
		require.Equal(t, 400, status, layout)
		require.Nil(t, body["orderNumberList"])
		require.Contains(t, fmt.Sprint(body["MessageModelList"]), "SEARCH_ORDER_ERROR_011")
	}
}

func TestServer(t *testing.T) {
	server, err := rakutentest.NewServer(rakutentest.Options{Orders: 2})
	require.NoError(t, err)
	defer server.Close()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/es/2.0/order/getSubStatusList/",
		strings.NewReader("{}"))
	require.NoError(t, err)
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, 400, resp.StatusCode, "no credential")
}

// TestAmounts adds up what the fake makes, by the formula of the page.
func TestAmounts(t *testing.T) {
	mall := rakutentest.New(rakutentest.Options{Orders: 80})
	t.Cleanup(mall.Close)
	open := 0
	for _, n := range mall.Numbers() {
		data, _ := mall.JSON(n)
		var o struct {
			TotalPrice, DeliveryPrice, PaymentCharge, AdditionalFeeOccurAmountToUser, CouponAllTotalPrice,
			RequestPrice int64
			PointModel          struct{ UsedPoint int64 }
			TaxSummaryModelList []struct{ ReqPrice int64 }
		}
		require.NoError(t, json.Unmarshal(data, &o))
		if o.RequestPrice == -9999 {
			open++
			continue
		}
		bill := o.TotalPrice + o.DeliveryPrice + o.PaymentCharge +
			o.AdditionalFeeOccurAmountToUser - o.CouponAllTotalPrice
		require.Equal(t, bill-o.PointModel.UsedPoint, o.RequestPrice, n)
		var taxed int64
		for _, s := range o.TaxSummaryModelList {
			taxed += s.ReqPrice
		}
		require.Equal(t, bill-o.AdditionalFeeOccurAmountToUser, taxed, "%s: before points, without 後払い手数料", n)
	}
	require.Positive(t, open)
}
