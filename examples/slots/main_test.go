package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/japanese"
)

const labels = "午前中\n14時～16時\nおひさま便\n指定なし\n12時～14時\nおひさま便\n"

func output(t *testing.T, in string, args ...string) string {
	t.Helper()
	var out strings.Builder
	require.NoError(t, run(args, strings.NewReader(in), &out, io.Discard))
	return out.String()
}

func TestTSVHasOneRowForEachLine(t *testing.T) {
	got := strings.Split(strings.TrimSuffix(output(t, labels, "-tsv"), "\n"), "\n")
	require.Len(t, got, 6)
	require.Regexp(t, "^午前中\tam\t0812\treader/", got[0])
	require.Regexp(t, "^14時～16時\t14:00-16:00\t1416\treader/", got[1])
	require.Equal(t, "おひさま便\t?\t\t", got[2])
	require.Regexp(t, "^指定なし\tnone\t\treader/", got[3])
	require.Regexp(t, "^12時～14時\t12:00-14:00\t\\?\t", got[4], "Yamato does not offer it any more: never an empty code")
	require.Contains(t, output(t, "午前中\n", "-tsv", "-carrier", "クロネコヤマト"), "\t0812\t", "a carrier by any of its names")
	require.Regexp(t, "\t1214\t", output(t, "12時～14時\n", "-tsv", "-day", "2017-06-18"))
	require.Regexp(t, "\t12\t", output(t, "12時～14時\n", "-tsv", "-software", "ehiden2-6"))
}

func TestTheTablePutsTheUnreadLast(t *testing.T) {
	got := output(t, labels)
	require.Greater(t, strings.Index(got, "おひさま便"), strings.Index(got, "Could not be read (1)"))
	require.Regexp(t, `(?m)^ +2  おひさま便$`, got)
}

func TestRulesAndCSVInShiftJIS(t *testing.T) {
	dir := t.TempDir()
	rules, orders := filepath.Join(dir, "rules.csv"), filepath.Join(dir, "orders.csv")
	sjis := func(s string) []byte {
		b, err := japanese.ShiftJIS.NewEncoder().Bytes([]byte(s))
		require.NoError(t, err)
		return b
	}
	require.NoError(t, os.WriteFile(rules, sjis("label,slot\nおひさま便,am\n"), 0o600))
	require.NoError(t, os.WriteFile(orders, sjis("番号,配送時間帯\n1,おひさま便\n2,１８時～２０時\n"), 0o600))
	got := output(t, "", "-tsv", "-rules", rules, "-csv", "配送時間帯", orders)
	require.Equal(t, "おひさま便\tam\t0812\trules.csv/line 2\n", strings.SplitAfter(got, "\n")[0])
	require.Contains(t, got, "18:00-20:00\t1820")
	require.Equal(t, got, output(t, "", "-tsv", "-rules", rules, "-csv", "2", orders))
}

func TestBadUseIsNamed(t *testing.T) {
	for want, args := range map[string][]string{
		"no-such":   {"-carrier", "no-such"},
		"software":  {"-software", "b3"},
		"date":      {"-day", "2026/11/23"},
		"column":    {"-csv", "x"},
		"one input": {"a", "b"},
	} {
		require.ErrorContains(t, run(args, strings.NewReader("a,b\n"), io.Discard, io.Discard), want)
	}
}
