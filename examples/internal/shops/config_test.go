package shops

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

func write(t *testing.T, name, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(file, []byte(content), 0o600))
	return file
}

func TestConfigNamesEveryWrongField(t *testing.T) {
	t.Setenv("EXAMPLE_KEY", "an-invented-key")
	for name, tc := range map[string]struct {
		json string
		want []string
	}{
		"not JSON":      {`{"shops": [` + "\n" + `  {"mall": }`, []string{"line 2, column 12"}},
		"no shops":      {`{}`, []string{"shops: missing"}},
		"unknown field": {`{"shops": [{"mall":"aupay","shop":"1","api_key":"k","apikey":"k"}], "shop": 1}`, []string{"shops[0].apikey: unknown field", "shop: unknown field"}},
		"store":         {`{"store": 1, "shops": [{"mall":"aupay","shop":"1","api_key":"k"}]}`, []string{"store: want the name of a file"}},
		"no token":      {`{"shops": [{"mall":"yahoo","shop":"s","client_id":"c","client_secret":"s"}]}`, []string{"shops[0].refresh_token: missing"}},
		"unknown mall":  {`{"shops": [{"mall":"qoo10"}]}`, []string{"shops[0].mall: want rakuten"}},
		"missing":       {`{"shops": [{"mall":"aupay","shop":"1","api_key":"k"},{"mall":"rakuten","shop":"example-shop"}]}`, []string{"shops[1].service_secret: missing", "shops[1].license_key: missing", "RMS"}},
		"empty":         {`{"shops": [{"mall":"aupay","shop":"","api_key":" "}]}`, []string{"shops[0].shop: empty", "shops[0].api_key: empty"}},
		"environment":   {`{"shops": [{"mall":"aupay","shop":"1","api_key":"env:EXAMPLE_NO_SUCH_KEY"}]}`, []string{"shops[0].api_key: environment variable EXAMPLE_NO_SUCH_KEY is not set"}},
		"file":          {`{"shops": [{"mall":"aupay","shop":"1","api_key":"file:no-such-file"}]}`, []string{"shops[0].api_key", "no-such-file"}},
		"date":          {`{"shops": [{"mall":"aupay","shop":"1","api_key":"k","api_key_issued":"23.11.2026"}]}`, []string{"shops[0].api_key_issued: want a date"}},
		"url":           {`{"shops": [{"mall":"aupay","shop":"1","api_key":"k","base_url":"example"}]}`, []string{"shops[0].base_url: not a URL"}},
		"wrong type":    {`{"shops": [{"mall":"aupay","shop":["1"],"api_key":"k"}, 7]}`, []string{"shops[0].shop: want a text", "shops[1]: not an object"}},
	} {
		_, _, err := readConfig(write(t, "shops.json", tc.json))
		require.Error(t, err, name)
		for _, want := range tc.want {
			require.ErrorContains(t, err, want, name)
		}
	}
}

func TestConfigTakesSecretsFromElsewhere(t *testing.T) {
	t.Setenv("EXAMPLE_KEY", "an-invented-key")
	file := write(t, "shops.json", "\uFEFF"+`{"shops": [
		{"mall": "aupay", "shop": 12345678, "api_key": "env:EXAMPLE_KEY", "api_key_issued": "2026-11-01"},
		{"mall": "rakuten", "shop": "example-shop", "service_secret": "file:secret.txt", "license_key": "invented"}
	]}`)
	require.NoError(t, os.WriteFile(filepath.Join(filepath.Dir(file), "secret.txt"), []byte("\uFEFFinvented-secret\n"), 0o600))
	entries, _, err := readConfig(file)
	require.NoError(t, err)
	require.Len(t, entries, 2)
	require.Equal(t, order.AuPay, entries[0].mall)
	require.Equal(t, "12345678", entries[0].values["shop"])
	require.Equal(t, "an-invented-key", entries[0].values["api_key"])
	require.Equal(t, "2026-11-01", order.DateOf(entries[0].time("api_key_issued")).String())
	require.Equal(t, "invented-secret\n", entries[1].values["service_secret"])
}

// With a store, a refresh token may come from there; what stands there goes before the configuration only where it is younger.
func TestConfigWithAStore(t *testing.T) {
	file := write(t, "shops.json", `{"store": "tokens.json", "shops": [
		{"mall": "yahoo", "shop": "mihon-store", "client_id": "c", "client_secret": "s", "consented_at": "2026-11-20T09:00:00+09:00"}]}`)
	for at, want := range map[string]string{"2026-11-19": "2026-11-20", "2026-11-21": "2026-11-21"} {
		start, err := time.ParseInLocation(time.DateOnly, at, order.JST)
		require.NoError(t, err)
		store, err := credential.OpenFile(credential.FileConfig{Path: filepath.Join(filepath.Dir(file), "tokens.json")})
		require.NoError(t, err)
		require.NoError(t, credential.PutRecord(t.Context(), store, credential.Record{Mall: order.Yahoo, Shop: "mihon-store", Kind: credential.KindOrderSession, Start: start}))
		opened, err := Open(file)
		require.NoError(t, err)
		defer opened.Close()
		require.Equal(t, filepath.Join(filepath.Dir(file), "tokens.json"), opened.Store)
		require.Equal(t, want, order.DateOf(opened.Shops[0].Records[0].Start).String())
	}
}
