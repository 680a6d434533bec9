package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// The configuration of quickstart, with the addresses of fake malls in it, shows their orders;
// secrets come from the environment.
func TestConfig(t *testing.T) {
	fakes, err := openFakes(few)
	require.NoError(t, err)
	var entries []map[string]string
	for _, f := range fakes {
		t.Cleanup(f.close)
		entries = append(entries, f.settings)
	}
	secret := entries[0]["license_key"]
	t.Setenv("EXAMPLE_LICENSE_KEY", secret)
	entries[0]["license_key"] = "env:EXAMPLE_LICENSE_KEY"
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "key.txt"), []byte(entries[3]["api_key"]+"\n"), 0o600))
	entries[3]["api_key"] = "file:key.txt"
	write := func() string {
		data, err := json.Marshal(map[string]any{"shops": entries, "store": "tokens.json"})
		require.NoError(t, err)
		file := filepath.Join(folder, "shops.json")
		require.NoError(t, os.WriteFile(file, data, 0o600))
		return file
	}
	a, err := open(t.Context(), options{addr: "127.0.0.1:0", days: 30, config: write(),
		db: filepath.Join(folder, "orders.db")})
	require.NoError(t, err)
	s := serve(t, a)
	require.Eventually(t, func() bool {
		for _, e := range entries {
			found, err := s.store.find(t.Context(), filter{Mall: order.Mall(e["mall"])}, 1, 0) // at the malls' own pace
			if err != nil || len(found) == 0 {
				return false
			}
		}
		return true
	}, patience, 100*time.Millisecond)
	require.NotContains(t, s.get("/keys"), secret)
	require.Empty(t, s.fakes, "no fake is started beside")

	entries[0]["licence_key_issued"] = "2026-11-01"
	_, err = open(t.Context(), options{addr: "127.0.0.1:0", days: 30, config: write()})
	require.ErrorContains(t, err, "shops[0]: ")
	require.ErrorContains(t, err, "licence_key_issued: no setting of rakuten")
	delete(entries[0], "licence_key_issued")
	entries[0]["license_key_issued"] = "last week"
	_, err = open(t.Context(), options{addr: "127.0.0.1:0", days: 30, config: write()})
	require.ErrorContains(t, err, "shops[0]: ")
	require.ErrorContains(t, err, "license_key_issued")
	require.NotContains(t, err.Error(), secret)
}
