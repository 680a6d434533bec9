package shops

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

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
	file := write(t, "shops.json", `{"shops": [
		{"mall": "aupay", "shop": 12345678, "api_key": "env:EXAMPLE_KEY", "api_key_issued": "2026-11-01"},
		{"mall": "rakuten", "shop": "example-shop", "service_secret": "file:secret.txt", "license_key": "invented"}
	]}`)
	require.NoError(t, os.WriteFile(filepath.Join(filepath.Dir(file), "secret.txt"), []byte("invented-secret\n"), 0o600))
	entries, _, err := readConfig(file)
	require.NoError(t, err)
	require.Len(t, entries, 2)
	require.Equal(t, order.AuPay, entries[0].mall)
	require.Equal(t, "12345678", entries[0].values["shop"])
	require.Equal(t, "an-invented-key", entries[0].values["api_key"])
	require.Equal(t, "2026-11-01", order.DateOf(entries[0].time("api_key_issued")).String())
	require.Equal(t, "invented-secret\n", entries[1].values["service_secret"])
}
