package main

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

func quickstart(t *testing.T, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	var out, progress strings.Builder
	err = run(t.Context(), args, &out, &progress)
	return out.String(), progress.String(), err
}

func TestTable(t *testing.T) {
	out, progress, err := quickstart(t)
	require.NoError(t, err)
	for _, want := range []string{"MALL", "楽天市場", "??", "≠", "undetermined", "licenseKey",
		"?? a slot label", "- no preference", "≠ the parts", "TO DO: new", "at Amazon all", "JPY "} {
		require.Contains(t, out, want)
	}
	require.NotContains(t, out, "¥", "amounts are written as in all examples")
	require.NotContains(t, out, "\x1b", "no colours where nobody looks")
	require.Equal(t, 4, strings.Count(progress, "orders\n"))
}

func TestJSONIsOneOrderALineInTheOrderOfTime(t *testing.T) {
	out, _, err := quickstart(t, "-json")
	require.NoError(t, err)
	lines := bufio.NewScanner(strings.NewReader(out))
	lines.Buffer(nil, 1<<20)
	n, malls := 0, map[order.Mall]int{}
	var last order.Order
	for lines.Scan() {
		var o order.Order
		require.NoError(t, json.Unmarshal(lines.Bytes(), &o))
		require.False(t, o.Placed.Before(last.Placed))
		last = o
		malls[o.Mall]++
		n++
	}
	require.Len(t, malls, 4)
	for mall, count := range malls {
		require.GreaterOrEqual(t, count, 30, mall)
	}
}

func TestCheck(t *testing.T) {
	out, _, err := quickstart(t, "-check")
	require.NoError(t, err)
	require.Equal(t, 4, strings.Count(out, " ok\n"))
}

func TestExampleConfigurationIsComplete(t *testing.T) {
	dir := t.TempDir()
	data, err := os.ReadFile("shops.example.json")
	require.NoError(t, err)
	file := filepath.Join(dir, "shops.json")
	require.NoError(t, os.WriteFile(file, data, 0o600))
	_, _, err = quickstart(t, "-config", file, "-check")
	require.ErrorContains(t, err, "shops[0].license_key: environment variable RAKUTEN_LICENSE_KEY is not set")
	require.NotContains(t, err.Error(), "unknown field")
	require.NotContains(t, err.Error(), "missing")
}

func TestBadUseIsRefused(t *testing.T) {
	for _, args := range [][]string{{"orders"}, {"-days", "0"}, {"-config", "no-such-file.json"}, {"-nonsense"}} {
		_, _, err := quickstart(t, args...)
		require.Error(t, err, args)
	}
}
