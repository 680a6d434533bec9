package order_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

func TestDateIsADayInJapan(t *testing.T) {
	late := time.Date(2026, 11, 22, 15, 30, 0, 0, time.UTC) // 00:30 of the 23rd in Japan
	d := order.DateOf(late)
	require.Equal(t, "2026-11-23", d.String())
	require.Equal(t, d, timeslot.DateOf(late), "one meaning under both names")
	require.Equal(t, d, timeslot.DateOf(late.In(time.FixedZone("PST", -8*60*60))))
	require.True(t, timeslot.DateOf(time.Time{}).IsZero())
	require.Equal(t, "2026-12-01", order.Date{Year: 2026, Month: 11, Day: 30}.AddDays(1).String())
	require.Equal(t, time.Date(2026, 11, 23, 0, 0, 0, 0, order.JST), d.Time().In(order.JST))
	require.Equal(t, "2027-03-01", order.Date{Year: 2027, Month: 2, Day: 28}.AddDays(1).String())
	require.True(t, order.DateOf(time.Time{}).IsZero())
	require.True(t, order.Date{}.Time().IsZero())

	for _, good := range []string{"", "2026-11-23", "2028-02-29"} {
		d, err := order.ParseDate(good)
		require.NoError(t, err)
		require.Equal(t, good, d.String())
	}
	for _, bad := range []string{"2026-02-29", "2026-1-5", "20261123", "2026-11-23 ", "--11-23", "0000-01-01", "x"} {
		_, err := order.ParseDate(bad)
		require.Error(t, err, bad)
	}
	_, err := order.NewDate(2026, 2, 30)
	require.Error(t, err)
}
