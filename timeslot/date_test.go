package timeslot_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/timeslot"
)

func TestDateInWords(t *testing.T) {
	for text, want := range map[string]string{"2026-06-06": "2026年6月6日", "2026-11-28": "2026年11月28日", "--04-01": "4月1日", "": ""} {
		d, err := timeslot.ParseDate(text)
		require.NoError(t, err)
		require.Equal(t, want, d.In(timeslot.Japanese))
		require.Equal(t, text, d.In(timeslot.English))
	}
}

func TestDateIsADayInJapan(t *testing.T) {
	early := time.Date(2026, 11, 22, 14, 59, 59, 0, time.UTC)
	require.Equal(t, "2026-11-22", timeslot.DateOf(early).String())
	late := time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)
	require.Equal(t, "2026-11-23", timeslot.DateOf(late).String())
	require.True(t, late.Equal(day(t, "2026-11-23").Time()))
	require.True(t, timeslot.DateOf(time.Time{}).IsZero())
	require.True(t, timeslot.Date{Month: 4, Day: 1}.Time().IsZero(), "a day without its year is no instant")
}

func TestDateText(t *testing.T) {
	for text, want := range map[string]timeslot.Date{
		"": {}, "2026-11-23": {Year: 2026, Month: 11, Day: 23}, "0001-01-01": {Year: 1, Month: 1, Day: 1},
		"9999-12-31": {Year: 9999, Month: 12, Day: 31}, "2028-02-29": {Year: 2028, Month: 2, Day: 29},
		"--04-01": {Month: 4, Day: 1}, "--02-29": {Month: 2, Day: 29}, "--12-31": {Month: 12, Day: 31},
	} {
		var d timeslot.Date
		require.NoError(t, d.UnmarshalText([]byte(text)), text)
		require.Equal(t, want, d)
		encoded, err := d.MarshalText()
		require.NoError(t, err)
		require.Equal(t, text, string(encoded))
		require.Equal(t, len(text) == len("2026-11-23"), d.Valid(), text)
	}
	for _, text := range []string{"x", "2026-02-29", "2026-1-5", "20261123", "2026-11-23 ", "2026-11-31", "2026-13-01",
		"2026-00-10", "2026-11-00", "0000-01-01", "-001-01-01", "--02-30", "--2-003", "--13-01", "--00-01", "--01-00",
		"---1-01", "--11-2x", "2026-11-2x"} {
		kept := timeslot.Date{Month: 4, Day: 1}
		require.Error(t, kept.UnmarshalText([]byte(text)), text)
		require.Equal(t, timeslot.Date{Month: 4, Day: 1}, kept, "a failure changes nothing")
	}
}

func TestDatesThatAreNone(t *testing.T) {
	for _, d := range []timeslot.Date{
		{Year: 10000, Month: 1, Day: 1}, {Year: -1, Month: 1, Day: 1}, {Year: 2026, Month: 0, Day: 5}, {Year: 2026, Month: 13, Day: 5},
		{Year: 2026, Month: -1, Day: 5}, {Year: 2026, Month: 14, Day: 5}, {Year: 2026, Month: 1, Day: 0}, {Year: 2026, Month: 4, Day: 31}, {Month: 4, Day: 1}, {},
	} {
		require.False(t, d.Valid(), "%#v", d)
		require.Equal(t, d, d.AddDays(1), "it stays as it is")
	}
}

func TestAddDays(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-11-30", 1, "2026-12-01"}, {"2028-02-28", 1, "2028-02-29"}, {"2027-01-01", -1, "2026-12-31"},
		{"2026-11-23", 0, "2026-11-23"},
	} {
		from, want := day(t, c.from), day(t, c.want)
		require.Equal(t, want, from.AddDays(c.n))
		require.Equal(t, min(max(c.n, -1), 1), want.Compare(from))
	}
}
