package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/examples/internal/shops"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/cassette"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

func doctor(t *testing.T, args ...string) (stdout, stderr string, code int, err error) {
	t.Helper()
	var out, steps strings.Builder
	code, err = run(t.Context(), args, order.Unlimited, &out, &steps)
	return out.String(), steps.String(), code, err
}

func TestFourFakeShops(t *testing.T) {
	for lang, want := range map[string][]string{
		"ja": {"モールのアドレスに接続できます", "時計は合っています", "まもなく期限", "番号を指定して読み取れました", "成立  payment-status", "確認が必要な項目があります"},
		"en": {"address is reachable", "the clock is right", "expires soon", "read by its number", "something needs a look", "X-Amzn-Ratelimit-Limit: 0.",
			"stock: read", "payment: read", "holds  payment-status"},
	} {
		out, steps, code, err := doctor(t, "-lang", lang)
		require.NoError(t, err)
		require.Equal(t, 1, code, "two keys of the fakes end soon")
		for _, text := range want {
			require.Contains(t, out, text)
		}
		require.NotContains(t, out, "NG")
		require.NotContains(t, out+steps, "%!")
		for _, text := range []string{"searchOrder", "orderInfo", "getMarketplaceParticipations",
			"searchTradeInfoProc"} {
			require.Contains(t, steps, text)
			require.Contains(t, out, text)
		}
	}
}

// What is announced is what is called, and nothing else.
func TestWhatIsCalledIsAnnounced(t *testing.T) {
	out, steps, _, err := doctor(t, "-json")
	require.NoError(t, err)
	var report Report
	require.NoError(t, json.Unmarshal([]byte(out), &report))
	require.Len(t, report.Shops, 4)
	for _, d := range report.Shops {
		require.NotEmpty(t, d.Operations)
		for _, c := range d.Operations {
			require.Contains(t, steps, c.Operation)
		}
	}
	for _, shop := range []string{"123456", "mihon-store", "A0MIHONSELLER0", "10000001"} {
		require.Contains(t, steps, shop)
		require.NotContains(t, out, shop, "no shop in what goes into an issue")
	}
}

func TestCaptureReplays(t *testing.T) {
	file := filepath.Join(t.TempDir(), "report.jsonl")
	_, _, code, err := doctor(t, "-capture", file)
	require.NoError(t, err)
	require.Equal(t, 1, code)
	tape, err := cassette.Load(file)
	require.NoError(t, err)
	for _, m := range []order.Mall{order.Rakuten, order.Yahoo, order.Amazon, order.AuPay} {
		require.NotEmpty(t, tape.Shop(m))
	}
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	for _, gone := range []string{"mihon", "A0MIHONSELLER0", "Bearer ey", "127.0.0.1"} {
		require.NotContains(t, string(data), gone)
	}
	_, _, code, err = doctor(t, "-capture", file)
	require.ErrorContains(t, err, "exists", "a file is not written over")
	require.Equal(t, 2, code)
}

func TestWhatDoesNotWorkIsSaid(t *testing.T) {
	mall, err := rakutentest.NewServer(rakutentest.Options{})
	require.NoError(t, err)
	t.Cleanup(mall.Close)
	gone, err := rakutentest.NewServer(rakutentest.Options{})
	require.NoError(t, err)
	gone.Close()
	for name, c := range map[string]struct {
		url, key string
		want     []string
	}{
		"key":     {mall.URL, "SL000000_another", []string{"モールのアドレスに接続できます", "NG  失敗しました", "unauthorized", "→ "}},
		"address": {gone.URL, mall.LicenseKey(), []string{"モールのアドレスに接続できません", "時計を比べられません"}},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "shops.json")
			require.NoError(t, os.WriteFile(file,
				fmt.Appendf(nil,
					`{"shops": [{"mall": "rakuten", "shop": "mihon", "service_secret": %q, "license_key": %q, "base_url": %q}]}`,
					mall.ServiceSecret(), c.key, c.url), 0o600))
			out, _, code, err := doctor(t, "-config", file)
			require.NoError(t, err)
			require.Equal(t, 2, code)
			for _, want := range c.want {
				require.Contains(t, out, want)
			}
			require.NotContains(t, out, c.key)
		})
	}
}

func TestClock(t *testing.T) {
	w := &watch{traffic: map[key]*traffic{}}
	for skew, want := range map[time.Duration]Grade{0: fine, 5 * time.Minute: look, -5 * time.Minute: look} {
		rt := w.transport(order.Yahoo, "mihon", roundTripper(func(*http.Request) (*http.Response, error) {
			return &http.Response{Header: http.Header{"Date": {time.Now().Add(-skew).UTC().Format(http.TimeFormat)}},
				Body: http.NoBody}, nil
		}))
		_, err := rt.RoundTrip(&http.Request{})
		require.NoError(t, err)
		require.Equal(t, want, clock(w.seen(key{order.Yahoo, "mihon"})).Grade, skew)
	}
	require.Equal(t, look, clock(traffic{replied: true}).Grade)
}

func TestUse(t *testing.T) {
	_, help, code, err := doctor(t, "-h")
	require.NoError(t, err)
	require.Zero(t, code)
	require.Contains(t, help, "-capture")
	for _, args := range [][]string{{"shop"}, {"-lang", "fr"}, {"-nonsense"}, {"-config", "no-such-file.json"},
		{"-probe-write", "no-such-order"}} {
		_, _, code, _ := doctor(t, args...)
		require.Equal(t, 2, code, args)
	}
}

// config is a configuration file with one Rakuten shop.
func config(t *testing.T, mall *rakutentest.Server) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "shops.json")
	require.NoError(t, os.WriteFile(file, fmt.Appendf(nil,
		`{"shops": [{"mall": "rakuten", "shop": "mihon", "service_secret": %q, "license_key": %q, "base_url": %q}]}`,
		mall.ServiceSecret(), mall.LicenseKey(), mall.URL), 0o600))
	return file
}

func open(t *testing.T, o rakutentest.Options) *rakutentest.Server {
	t.Helper()
	mall, err := rakutentest.NewServer(o)
	require.NoError(t, err)
	t.Cleanup(mall.Close)
	return mall
}

// A mall that is not what this SDK takes it for shows: a name that is new, and an order that speaks
// against an assumption.
func TestWhatTheMallChangedIsSaid(t *testing.T) {
	mall := open(t, rakutentest.Options{Orders: -1})
	mall.AddOrder(rakutentest.Order{Postage: 100, CashFee: 400,
		Fields:  map[string]any{"requestPrice": 1100, "buyersMood": "yamada@shop.example"},
		Parcels: []rakutentest.Parcel{{Items: []rakutentest.Item{{Name: "見本", Price: 1000}}}}})
	out, _, code, err := doctor(t, "-config", config(t, mall), "-json")
	require.NoError(t, err)
	require.Equal(t, 1, code)
	require.NotContains(t, out, "yamada")
	var report Report
	require.NoError(t, json.Unmarshal([]byte(out), &report))
	require.Equal(t, []Drift{{"getOrder", order.DriftUnknown, "OrderModelList[].buyersMood"}}, report.Shops[0].Drift)
	verdicts := map[string]string{}
	for _, a := range report.Shops[0].Assumed {
		verdicts[a.ID] = a.Verdict
	}
	require.Equal(t, "contradicted", verdicts["cash-fee-in-bill"])
	require.Equal(t, "not seen", verdicts["old-key-lives"])
	for _, step := range []string{"drift", "assumptions"} {
		require.True(t, report.has(step))
	}

	for lang, want := range map[string][]string{
		"ja": {"応答が SDK の想定と異なります（1 箇所）", "否定 1", "unknown     getOrder OrderModelList[].buyersMood", "否定  cash-fee-in-bill"},
		"en": {"differ from what this SDK expects (places: 1)", "1 contradicted"},
	} {
		out, _, _, err := doctor(t, "-config", config(t, mall), "-lang", lang)
		require.NoError(t, err)
		for _, text := range want {
			require.Contains(t, out, text)
		}
	}
}

// A function that is not ticked is something to look at where a shop may do without it, with what
// to do.
func TestReadsThatDoNotAnswer(t *testing.T) {
	mall := open(t, rakutentest.Options{Orders: 5})
	mall.Function("inventories.bulk.get.range", false)
	out, _, code, err := doctor(t, "-config", config(t, mall), "-lang", "en")
	require.NoError(t, err)
	require.Equal(t, 1, code)
	require.Contains(t, out, "!!  stock: cannot be read")
	require.Contains(t, out, "tick inventories.bulk.get.range")
}

// Each operation has a quota of its own, and each is shown.
func TestQuotasAreThoseOfOperations(t *testing.T) {
	out, _, _, err := doctor(t, "-json")
	require.NoError(t, err)
	var report Report
	require.NoError(t, json.Unmarshal([]byte(out), &report))
	for _, d := range report.Shops {
		if d.Mall == order.Amazon {
			require.Equal(t, "0.5", d.Quotas["getOrder X-Amzn-Ratelimit-Limit"])
			require.Equal(t, "0.0056", d.Quotas["searchOrders X-Amzn-Ratelimit-Limit"])
			require.Equal(t, "0.016", d.Quotas["getMarketplaceParticipations X-Amzn-Ratelimit-Limit"])
		}
	}
}

// What a probe sends is in the recording, too.
func TestProbesAreCaptured(t *testing.T) {
	mall := open(t, rakutentest.Options{Orders: 5})
	exchanges := func(args ...string) int {
		file := filepath.Join(t.TempDir(), "report.jsonl")
		_, _, _, err := doctor(t, append(args, "-config", config(t, mall), "-capture", file)...)
		require.NoError(t, err)
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		return strings.Count(string(data), "\n")
	}
	require.Equal(t, exchanges()+maxProbes, exchanges("-probe-quota"))
}

// Nothing but reads is made unless a probe is asked for by name.
func TestProbes(t *testing.T) {
	mall := open(t, rakutentest.Options{Orders: 5})
	file := config(t, mall)
	_, steps, _, err := doctor(t, "-config", file, "-lang", "en")
	require.NoError(t, err)
	require.NotContains(t, steps, "memo")
	require.Zero(t, mall.Count("updateOrderMemo"))

	out, steps, _, err := doctor(t, "-config", file, "-lang", "en", "-probe-write", mall.Numbers()[0], "-probe-quota")
	require.NoError(t, err)
	require.Contains(t, steps, "writes its memo again as it is")
	require.Contains(t, steps, "up to 10 times without a pause")
	require.Contains(t, out, "the memo was written")
	require.Contains(t, out, "were not refused", "this fake has no quota")
	require.Equal(t, 1, mall.Count("updateOrderMemo"))
}

func TestQuotaThatRefuses(t *testing.T) {
	var seen tally
	opened, err := shops.OpenWith(config(t, open(t, rakutentest.Options{Quotas: true})), "",
		shops.Wire{Limiter: order.Unlimited, Observer: &seen})
	require.NoError(t, err)
	defer opened.Close()
	f := probeQuota(t.Context(), opened.Shops[0], &seen, func(order.Text) {})
	require.Equal(t, fine, f.Grade)
	require.Contains(t, f.Text.EN, "call 2 without a pause was refused")
}
