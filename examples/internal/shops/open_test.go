package shops

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/yahoo"
)

func write(t *testing.T, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "shops.json")
	require.NoError(t, os.WriteFile(file, []byte(content), 0o600))
	return file
}

// What is wrong with a shop is said with its place in the file, and the other shops are opened.
func TestAWrongShopIsNamed(t *testing.T) {
	opened, err := Open(
		write(t,
			`{"shops": [{"mall":"aupay","shop":"10000001","api_key":"k"},{"mall":"rakuten","shop":"example-shop"},{"mall":"qoo10"}]}`))
	for _, want := range []string{"shops[1]: ", "service_secret: missing", "license_key: missing", "RMS",
		"shops[2]: mall"} {
		require.ErrorContains(t, err, want)
	}
	require.Len(t, opened.Shops, 1)
}

// With a store, a refresh token may come from there, and the record of its life is that of the
// consent.
func TestConfigWithAStore(t *testing.T) {
	file := write(t, `{"store": "tokens.json", "shops": [
		{"mall": "yahoo", "shop": "mihon-store", "client_id": "c", "client_secret": "s", "consented_at": "2026-11-20T09:00:00+09:00"}]}`)
	began := func() string {
		opened, err := Open(file)
		require.NoError(t, err)
		defer opened.Close()
		require.Equal(t, filepath.Join(filepath.Dir(file), "tokens.json"), opened.Store)
		return order.DateOf(opened.Shops[0].Records[0].Start).String()
	}
	require.Equal(t, "2026-11-20", began())
	store, err := credential.OpenFile(credential.FileConfig{Path: filepath.Join(filepath.Dir(file), "tokens.json")})
	require.NoError(t, err)
	keys, err := yahoo.NewKeyStore(store, "mihon-store", credential.Static(yahoo.Keys{ClientID: "c"}))
	require.NoError(t, err)
	require.NoError(t, keys.Consented(t.Context(), yahoo.Grant{RefreshToken: credential.NewSecret("t"),
		ConsentedAt: time.Date(2026, 11, 21, 12, 0, 0, 0, order.JST)}))
	require.Equal(t, "2026-11-21", began())
}
