package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/examples/internal/shops"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

func labels(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var out strings.Builder
	err := run(t.Context(), args, &out, &out)
	return out.String(), err
}

// TestTheWholeDay: files for four tools, their answers, a dry run, and the report.
func TestTheWholeDay(t *testing.T) {
	opened, err := shops.Open("")
	require.NoError(t, err)
	defer opened.Close()
	var out strings.Builder
	p := program{folder: t.TempDir(), out: &out, lang: order.English}
	for _, shop := range opened.Shops {
		p.sources = append(p.sources, shop.Source)
	}
	p.settings, err = loadSettings("")
	require.NoError(t, err)
	require.NoError(t, p.prepare("", ""))
	require.NoError(t, p.write(t.Context(), true))
	for _, want := range []string{"B2クラウド", "e飛伝III", "ゆうパックプリントR", "クリックポスト", "refused", "before the shipping date"} {
		require.Contains(t, out.String(), want)
	}
	report := func(file string, send bool) string {
		out.Reset()
		require.NoError(t, p.report(t.Context(), file, send), out.String())
		return out.String()
	}
	for _, name := range []string{"b2cloud", "ehiden3", "yupri", "clickpost"} {
		info, err := os.Stat(filepath.Join(p.folder, name+".csv"))
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
		answer := filepath.Join(p.folder, "back-"+name+".csv")
		dry := report(answer, false)
		require.Contains(t, dry, "would be done")
		require.Contains(t, dry, "dry run")
		require.Regexp(t, `\d{12} +done`, report(answer, true))
		p.lang = order.Japanese
		again := report(answer, false)
		require.NotContains(t, again, "would be done", "nothing is reported twice")
		require.Contains(t, again, "取り込み済み")
	}
}

func TestANewFolderIsNamed(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	out, err := labels(t)
	require.NoError(t, err)
	require.Contains(t, out, "files in "+os.Getenv("TMPDIR"))
}

func TestFlagsAndSettingsAreChecked(t *testing.T) {
	file := filepath.Join(t.TempDir(), "settings.json")
	for content, want := range map[string]string{
		`{"rules": [{"tool": "b3"}]}`: "rules[0].tool",
		`{"sendr": {}}`:               "unknown field",
	} {
		require.NoError(t, os.WriteFile(file, []byte(content), 0o600))
		_, err := labels(t, "-settings", file)
		require.ErrorContains(t, err, want)
	}
	require.NoError(t, os.WriteFile(file, []byte(`{"rules": [{"carrier": "ヤマト運輸", "tool": "b2cloud"}]}`), 0o600))
	s, err := loadSettings(file)
	require.NoError(t, err)
	for _, c := range []timeslot.Carrier{timeslot.Yamato, "クロネコヤマト"} {
		require.Equal(t, "b2cloud", s.rule(order.Order{}, order.Parcel{Delivery: order.Delivery{Carrier: c}}).Tool)
	}
	require.Empty(t, s.rule(order.Order{}, order.Parcel{Delivery: order.Delivery{Carrier: timeslot.Sagawa}}).Tool)
	for _, args := range [][]string{{"x"}, {"-config", "shops.json"}, {"-settings", "missing.json"},
		{"-back", "missing.csv"}} {
		_, err := labels(t, args...)
		require.Error(t, err, args)
	}
	_, err = labels(t, "-h")
	require.Error(t, err) // flag.ErrHelp: main ends with 0
}
