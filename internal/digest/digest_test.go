package digest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/digest"
)

type line struct {
	ID    string `json:"id"`
	Count int64  `json:"count"`
	Price *int64 `json:"price"`
}

type row struct {
	Number string `json:"number"`
	Memo   string `json:"memo"`
	Lines  []line `json:"lines"`
	Gift   *line  `json:"gift"`
	Views  int64  `json:"views" digest:"-"`
	Reply  string `json:"-"`
}

// A row of a later version, with a field in the middle that older orders lack.
type laterRow struct {
	Number string `json:"number"`
	Point  int64  `json:"point"`
	Memo   string `json:"memo"`
	Lines  []line `json:"lines"`
	Gift   *line  `json:"gift"`
}

func of(t *testing.T, v any) string {
	t.Helper()
	d, err := digest.Of(v)
	require.NoError(t, err)
	require.Regexp(t, "^[0-9a-f]{32}$", d)
	return d
}

func TestOf(t *testing.T) {
	zero, five := int64(0), int64(5)
	base := row{Number: "1", Memo: "m", Lines: []line{{ID: "a", Count: 1, Price: &five}}}
	same := row{Number: "1", Memo: "m", Lines: []line{{ID: "a", Count: 1, Price: new(int64)}}, Views: 7, Reply: "x"}
	*same.Lines[0].Price = 5
	require.Equal(t, of(t, base), of(t, same))
	require.Equal(t, of(t, base), of(t, &same))
	require.Equal(t, of(t, base), of(t, laterRow{Number: "1", Memo: "m", Lines: base.Lines}))
	require.Equal(t, of(t, row{Number: "1"}), of(t, row{Number: "1", Lines: []line{}}))

	seen := map[string]int{of(t, base): -1}
	for i, other := range []row{
		{Number: "1", Lines: base.Lines},
		{Number: "1m", Lines: base.Lines},
		{Number: "m", Memo: "1", Lines: base.Lines},
		{Number: "1", Memo: "m"},
		{Number: "1", Memo: "m", Lines: []line{{ID: "a", Count: 1}}},
		{Number: "1", Memo: "m", Lines: []line{{ID: "a", Count: 1, Price: &zero}}},
		{Number: "1", Memo: "m", Lines: []line{{ID: "a", Count: 2, Price: &five}}},
		{Number: "1", Memo: "m", Lines: []line{{ID: "a", Count: 1, Price: &five}, {}}},
		{Number: "1", Memo: "m", Gift: &line{ID: "a", Count: 1, Price: &five}},
	} {
		d := of(t, other)
		require.NotContains(t, seen, d, "row %d", i)
		seen[d] = i
	}

	// A stored revision must stay what it was.
	require.Equal(t, "f1634b726184af233f931a8e204799d9", of(t, base))
}

// Texts and lists of any length count to their last byte, wherever the edges of what is hashed at
// once fall.
func TestOfLongOnes(t *testing.T) {
	seen := map[string]bool{}
	for n := range 600 {
		for _, v := range []row{
			{Number: strings.Repeat("a", n), Memo: "b"},
			{Number: strings.Repeat("a", n), Memo: "c"},
			{Number: "n", Memo: strings.Repeat("ab", n)},
			{Number: "m", Lines: make([]line, n)},
		} {
			seen[of(t, v)] = true
		}
	}
	require.Len(t, seen, 4*600)
}

func TestOfRefuses(t *testing.T) {
	_, err := digest.Of(struct{ F float64 }{1})
	require.EqualError(t, err, "digest: cannot hash a float64")
}

func BenchmarkOf(b *testing.B) {
	lines := make([]line, 40)
	for i := range lines {
		lines[i] = line{ID: "an item with a name of usual length, 見本", Count: int64(i)}
	}
	v := &row{Number: "123456-20260601-0000012345", Lines: lines}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := digest.Of(v); err != nil {
			b.Fatal(err)
		}
	}
}
