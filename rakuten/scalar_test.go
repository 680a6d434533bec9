package rakuten_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
)

func itoa(n int) string { return strconv.Itoa(n) }

func TestDateTime(t *testing.T) {
	at, ok := rakuten.DateTime("2026-06-01T21:14:05+0900").Time()
	require.True(t, ok)
	require.Equal(t, time.Date(2026, 6, 1, 12, 14, 5, 0, time.UTC), at.UTC())
	require.Equal(t, order.JST, at.Location())
	require.Equal(t, rakuten.DateTime("2026-06-01T21:14:05+0900"),
		rakuten.NewDateTime(at.UTC().Add(999*time.Millisecond)))
	require.Empty(t, rakuten.NewDateTime(time.Time{}))
	colon, ok := rakuten.DateTime("2026-06-01T21:14:05+09:00").Time() // the pages write it so in places
	require.True(t, ok)
	require.True(t, at.Equal(colon))
	for _, bad := range []rakuten.DateTime{"", "2026-06-01", "2026-13-01T00:00:00+0900", "soon"} {
		_, ok := bad.Time()
		require.False(t, ok, bad)
	}
}

func TestDate(t *testing.T) {
	for _, text := range []rakuten.Date{"2026-06-30", "2026-06-30 23:59:59", "2026-06-30T00:00:00+0900"} {
		day, ok := text.Date()
		require.True(t, ok, text)
		require.Equal(t, order.Date{Year: 2026, Month: 6, Day: 30}, day)
	}
	for _, bad := range []rakuten.Date{"", "2026-02-30", "06/30"} {
		_, ok := bad.Date()
		require.False(t, ok, bad)
	}
	require.Equal(t, rakuten.Date("2026-06-30"), rakuten.NewDate(order.Date{Year: 2026, Month: 6, Day: 30}))
	require.Empty(t, rakuten.NewDate(order.Date{}))
	at, ok := rakuten.Date("2026-06-30").Time()
	require.True(t, ok)
	require.Equal(t, time.Date(2026, 6, 30, 0, 0, 0, 0, order.JST), at)
}

func TestYen(t *testing.T) {
	require.Equal(t, order.Yen(0), rakuten.NewYen(0).Money())
	require.False(t, rakuten.NewYen(-9999).Money().Known())
	require.False(t, (*rakuten.Yen)(nil).Money().Known())
	require.Equal(t, order.Yen(-9998), rakuten.NewYen(-9998).Money())
}
