package fake_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/fake"
)

func TestTimesFindOrders(t *testing.T) {
	at := func(minute int) time.Time { return time.Date(2026, 6, 1, 12, minute, 0, 0, time.UTC) }
	var times fake.Times
	between := func(from, to int) []string { return slices.Collect(times.Between(at(from), at(to))) }
	require.Empty(t, between(0, 59))
	for i, id := range []string{"c", "a", "b", "d"} {
		times.Put(id, at([]int{30, 10, 30, 20}[i]))
	}
	require.Equal(t, []string{"a", "d", "c", "b"}, between(0, 59), "by instant, then as they came")
	require.Equal(t, []string{"d", "c", "b"}, between(20, 30), "both ends are included")
	require.Empty(t, between(11, 19))
	times.Put("c", at(10))
	times.Put("a", at(10))
	require.Equal(t, []string{"c", "a"}, between(10, 10), "c came before a")
	times.Put("c", at(40))
	require.Equal(t, []string{"a", "d", "b", "c"}, between(0, 59))
	require.Equal(t, between(0, 59), slices.Collect(times.All()))
}
