package credential_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
)

func shopsFile(t *testing.T, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "shops.json")
	require.NoError(t, os.WriteFile(file, []byte(content), 0o600))
	return file
}

func TestReadShopsNamesEveryPlace(t *testing.T) {
	for name, tc := range map[string]struct {
		json string
		want []string
	}{
		"not JSON":         {`{"shops": [` + "\n" + `  {"mall": }`, []string{"line 2, column 12"}},
		"cut short":        {`{"shops": [`, []string{"not a JSON object"}},
		"two documents":    {`{"shops": [{"mall": "aupay"}]} {}`, []string{"after the closing brace"}},
		"no shops":         {`{}`, []string{"shops: missing"}},
		"an empty list":    {`{"shops": []}`, []string{"shops: empty"}},
		"unknown":          {`{"shops": [{"mall":"aupay"}], "shop": 1}`, []string{"shop: unknown"}},
		"store":            {`{"store": 1, "shops": [{"mall":"aupay"}]}`, []string{"store: want the name of a file"}},
		"no mall":          {`{"shops": [{"mall":"aupay"}, {"shop":"1"}]}`, []string{"shops[1].mall: missing"}},
		"environment":      {`{"shops": [{"mall":"aupay","api_key":"env:EXAMPLE_NO_SUCH_KEY"}]}`, []string{"shops[0].api_key: environment variable EXAMPLE_NO_SUCH_KEY is not set"}},
		"file":             {`{"shops": [{"mall":"aupay","api_key":"file:no-such-file"}]}`, []string{"shops[0].api_key", "no-such-file"}},
		"neither one":      {`{"shops": [{"mall":"aupay","shop":["1"],"api_key":null}]}`, []string{"shops[0].shop: want a text", "shops[0].api_key: want a text"}},
		"not objects":      {`{"shops": [7]}`, []string{"not a list of objects"}},
		"no shops, a file": {`{"shops": {}, "store": ""}`, []string{"shops: empty", "store: want"}},
	} {
		shops, store, err := credential.ReadShops(shopsFile(t, tc.json))
		require.Error(t, err, name)
		require.Empty(t, shops, name)
		require.Empty(t, store, name)
		for _, want := range tc.want {
			require.ErrorContains(t, err, want, name)
		}
	}
	_, _, err := credential.ReadShops(filepath.Join(t.TempDir(), "none.json"))
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestReadShopsReadsNoGiants(t *testing.T) {
	shops := `{"shops": [{"mall": "aupay"}]}`
	largest := shops + strings.Repeat(" ", 4<<20-len(shops))
	_, _, err := credential.ReadShops(shopsFile(t, largest))
	require.NoError(t, err)
	_, _, err = credential.ReadShops(shopsFile(t, largest+" "))
	require.ErrorContains(t, err, "more than 4194304 bytes")
}

func TestReadShopsTakesSecretsFromElsewhere(t *testing.T) {
	t.Setenv("EXAMPLE_KEY", "an-invented-key")
	file := shopsFile(t, "\uFEFF"+`{"store": "tokens.json", "shops": [
		{"mall": "aupay", "shop": 12345678, "api_key": "env:EXAMPLE_KEY", "unlimited": false},
		{"mall": "rakuten", "shop": "mihon-shop", "service_secret": "file:secret.txt"}
	]}`)
	folder := filepath.Dir(file)
	require.NoError(t, os.WriteFile(filepath.Join(folder, "secret.txt"), []byte("\uFEFFinvented-secret\r\n"), 0o600))
	shops, store, err := credential.ReadShops(file)
	require.NoError(t, err)
	require.Equal(t, filepath.Join(folder, "tokens.json"), store)
	require.Equal(t, []credential.ShopSettings{
		{"mall": "aupay", "shop": "12345678", "api_key": "an-invented-key", "unlimited": "false"},
		{"mall": "rakuten", "shop": "mihon-shop", "service_secret": "invented-secret"},
	}, shops)
}
