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

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/cassette"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

func doctor(t *testing.T, args ...string) (stdout, stderr string, code int, err error) {
	t.Helper()
	var out, steps strings.Builder
	code, err = run(t.Context(), args, &out, &steps)
	return out.String(), steps.String(), code, err
}

func TestFourFakeShops(t *testing.T) {
	for lang, want := range map[string][]string{
		"ja": {"モールのアドレスに接続できます", "時計は合っています", "まもなく期限", "番号を指定して読み取れました", "確認が必要な項目があります"},
		"en": {"address is reachable", "the clock is right", "ends soon", "read by its number", "something needs a look", "X-Amzn-Ratelimit-Limit: 0.5"},
	} {
		out, steps, code, err := doctor(t, "-lang", lang)
		require.NoError(t, err)
		require.Equal(t, 1, code, "two keys of the fakes end soon")
		for _, text := range want {
			require.Contains(t, out, text)
		}
		require.NotContains(t, out, "NG")
		require.Equal(t, 12, strings.Count(steps, "\n"), "three steps a shop are announced")
		for _, text := range []string{"searchOrder", "orderInfo", "getMarketplaceParticipations", "searchTradeInfoProc"} {
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
			require.NoError(t, os.WriteFile(file, fmt.Appendf(nil, `{"shops": [{"mall": "rakuten", "shop": "mihon", "service_secret": %q, "license_key": %q, "base_url": %q}]}`,
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
			return &http.Response{Header: http.Header{"Date": {time.Now().Add(-skew).UTC().Format(http.TimeFormat)}}, Body: http.NoBody}, nil
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
	for _, args := range [][]string{{"shop"}, {"-lang", "fr"}, {"-nonsense"}, {"-config", "no-such-file.json"}} {
		_, _, code, _ := doctor(t, args...)
		require.Equal(t, 2, code, args)
	}
}
