package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/yahoo/yahootest"

	"example.com/jpmall-worker/internal/shops"
	"example.com/jpmall-worker/pgstore"
)

// quickstart is the folder with the configuration file that users have from their first try.
const quickstart = "../quickstart"

// TestImport: the file of examples/quickstart as it stands becomes rows that a worker can follow,
// with the ends of all keys known.
func TestImport(t *testing.T) {
	db, url := open(t)
	for _, name := range []string{"RAKUTEN_SERVICE_SECRET", "RAKUTEN_LICENSE_KEY", "YAHOO_CLIENT_ID",
		"YAHOO_CLIENT_SECRET", "YAHOO_REFRESH_TOKEN",
		"AMAZON_CLIENT_ID", "AMAZON_CLIENT_SECRET", "AMAZON_REFRESH_TOKEN", "AUPAY_API_KEY"} {
		t.Setenv(name, "invented-"+strings.ToLower(name))
	}
	example, err := os.ReadFile(filepath.Join(quickstart, "shops.example.json"))
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "shops.json")
	require.NoError(t, os.WriteFile(file, example, 0o600))
	mall := yahootest.New(yahootest.Options{Orders: -1})
	t.Cleanup(mall.Close)
	require.NoError(t, os.WriteFile(filepath.Join(filepath.Dir(file), "yahoo-public-key.pem"),
		[]byte(mall.PublicKey()), 0o600))

	var out strings.Builder
	for range 2 { // the second time it changes them
		require.NoError(t, run(t.Context(), []string{"-database", url, "-import", file, "-every", "7m"}, &out, &out))
	}
	require.Equal(t, strings.Repeat("4 shops are in the tables\n", 2), out.String())
	table, store := shops.Table{DB: db}, pgstore.Credentials{DB: db}
	active, err := table.Active(t.Context())
	require.NoError(t, err)
	require.Len(t, active, 4)
	for _, s := range active {
		require.Equal(t, 7*time.Minute, s.Every)
		_, err := (&shops.Clients{Store: store}).Open(s)
		require.NoError(t, err)
	}
	records, err := table.Records(t.Context(), store)
	require.NoError(t, err)
	rules, err := credential.NewRulebook()
	require.NoError(t, err)
	for _, r := range records {
		rule, _ := rules.Rule(r.Mall, r.Kind)
		require.NotEqual(t, credential.Unknown, credential.Assess(rule, r, time.Now()).State, "%s %s", r.Mall, r.Kind)
	}
	e, err := store.Load(t.Context(), "keys/yahoo/example-store")
	require.NoError(t, err)
	var kept struct {
		PublicKey string `json:"public_key"`
	}
	require.NoError(t, json.Unmarshal(e.Value, &kept))
	require.Equal(t, strings.TrimSpace(mall.PublicKey()), kept.PublicKey)
}

// TestImportRefuses: nothing is stored of a file in which something is wrong, and all that is wrong
// is told.
func TestImportRefuses(t *testing.T) {
	db, url := open(t)
	for name, c := range map[string]struct {
		file string
		want []string
	}{
		"not JSON":  {`{`, []string{"not a JSON object"}},
		"no shops":  {`{"shops": []}`, []string{"shops: empty"}},
		"mall":      {`{"shops": [{"mall": "rakten", "shop": "a"}]}`, []string{`shops[0]`, `mall "rakten"`, "want rakuten"}},
		"variable":  {`{"shops": [{"mall": "aupay", "shop": "1", "api_key": "env:NOT_SET_HERE"}]}`, []string{"api_key", "NOT_SET_HERE is not set"}},
		"key file":  {`{"shops": [{"mall": "aupay", "shop": "1", "api_key": "file:none.txt"}]}`, []string{"api_key", "none.txt"}},
		"misspelt":  {`{"shops": [{"mall": "aupay", "shop": "1", "api_key": "k", "issued": "x"}]}`, []string{"issued: no setting of aupay"}},
		"date":      {`{"shops": [{"mall": "aupay", "shop": "1", "api_key": "k", "api_key_issued": "23.11."}]}`, []string{"api_key_issued", "2026-11-23"}},
		"two wrong": {`{"shops": [{"mall": "aupay", "shop": "1", "api_key": "good"}, {"mall": "rakuten"}, {"mall": "yahoo", "shop": "s"}]}`, []string{"shops[1]: ", "shop: missing", "shops[2]: ", "client_id: missing", "refresh_token: missing"}},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "shops.json")
			require.NoError(t, os.WriteFile(file, []byte(c.file), 0o600))
			err := run(t.Context(), []string{"-database", url, "-import", file}, &strings.Builder{}, &strings.Builder{})
			for _, want := range c.want {
				require.ErrorContains(t, err, want)
			}
			var rows int
			require.NoError(t, db.QueryRow(t.Context(),
				`SELECT (SELECT count(*) FROM shops) + (SELECT count(*) FROM credentials)`).Scan(&rows))
			require.Zero(t, rows)
		})
	}
}
