package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func ship(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var out strings.Builder
	err := run(t.Context(), args, &out, &out)
	return out.String(), err
}

func TestDryRunIsTheDefault(t *testing.T) {
	out, err := ship(t)
	require.NoError(t, err)
	require.Equal(t, 4, strings.Count(out, "would be done"), out)
	require.Contains(t, out, "This was a dry run")
}

func TestSendReportsToEveryMall(t *testing.T) {
	out, err := ship(t, "-send")
	require.NoError(t, err)
	for _, mall := range []string{"rakuten", "yahoo", "amazon", "aupay"} {
		require.Regexp(t, mall+` +\S+ +done`, out)
	}
}

func TestRowsAreCheckedWithTheirLines(t *testing.T) {
	for want, file := range map[string]string{
		"first line":                   "",
		`column "carier" is not known`: "mall,order,carier,number,date\n",
		"column date is missing":       "mall,order,carrier,number\n",
		"no rows":                      "mall,order,carrier,number,date\n",
		"line 3: number is empty":      "mall,order,carrier,number,date\naupay,1,ヤマト運輸,1,2026-11-23\naupay,1,ヤマト運輸,,2026-11-23\n",
		"line 2":                       "mall,order,carrier,number,date\naupay,1,ヤマト運輸,1,23.11.2026\n",
	} {
		_, err := readRows(strings.NewReader(file))
		require.ErrorContains(t, err, want)
	}
	rows, err := readRows(strings.NewReader(
		"\ufeffdate,number,carrier,order,mall,shop\n2026-11-23,1,佐川急便,900000001,aupay,10000001\n"))
	require.NoError(t, err)
	require.Equal(t, "10000001", rows[0].shop)
}

func TestAnOrderThatIsNotThereIsNamed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "shipped.csv")
	require.NoError(t, os.WriteFile(file, []byte(
		"mall,order,carrier,number,date\nrakuten,123456-20261101-0000009999,ヤマト運輸,1,2026-11-23\nqoo10,1,ヤマト運輸,1,2026-11-23\n"), 0o600))
	_, err := ship(t, file)
	require.ErrorContains(t, err, "line 2")
	require.ErrorContains(t, err, "not found")
	require.ErrorContains(t, err, "line 3")
	_, err = ship(t, "-config", "no-such-file.json", file)
	require.Error(t, err)
}
