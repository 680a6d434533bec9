package wire_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/wire"
)

func TestParseTime(t *testing.T) {
	tests := []struct{ in, want string }{
		{"2026-06-01T21:14:05+0900", "2026-06-01T21:14:05+09:00"},
		{"2018-12-07T01:27:04+09:00", "2018-12-07T01:27:04+09:00"},
		{"2026-06-01T12:14:05Z", "2026-06-01T12:14:05Z"},
		{"2026-06-01T12:14:05.042Z", "2026-06-01T12:14:05.042Z"},
		{"2026-06-01T12:14:05.1234567891+00:00", "2026-06-01T12:14:05.123456789Z"},
		{"2026-06-01t12:14:05z", "2026-06-01T12:14:05Z"},
		{"2026-06-01T12:14:05-0330", "2026-06-01T12:14:05-03:30"},
		{"2026-06-01T12:14:05+09", "2026-06-01T12:14:05+09:00"},
		{"2012-04-19T16:10:40", "2012-04-19T16:10:40+09:00"},
		{"2026-06-01 21:14:05", "2026-06-01T21:14:05+09:00"},
		{"20121221231350", "2012-12-21T23:13:50+09:00"},
		{"2026/04/01 09:15", "2026-04-01T09:15:00+09:00"},
		{"2026/04/01 09:15:59", "2026-04-01T09:15:59+09:00"},
		{" 2026/4/1  9:15 \r\n", "2026-04-01T09:15:00+09:00"},
		{"2028-02-29T00:00:00", "2028-02-29T00:00:00+09:00"},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			got, err := wire.ParseTime(tt.in)
			require.NoError(t, err)
			require.Equal(t, tt.want, got.Format(time.RFC3339Nano))
		})
	}
}

func TestParseTimeRefuses(t *testing.T) {
	for _, in := range []string{
		"2026-06-01", "20260601", "2026/06/01", // no instants
		"2026-02-30T00:00:00", "2026-02-29 00:00:00", "20260431000000", "2026-13-01T00:00:00", "0000-00-00 00:00:00",
		"2026-00-10T00:00:00",
		"2026-06-01T24:00:00", "2026-06-01T12:60:00", "2026-06-01T12:00:60",
		"2026-06/01 12:00", "2026-06-01T12", "2026-06-01T:00", "2026-06-01T12:00:00+25:00", "2026-06-01T12:00:00+9",
		"2026-06-01T12:00:00 JST", "2026-06-01T12:00:00+09:00canary",
		"2026060112000", "202606011200", "1780315200", "1.569521782042E9", "見本canary", "T",
		"2026-06-01T12:00:00." + strings.Repeat("0", 100),
		"２０２６-06-01T12:00:00", "-026-06-01T12:00:00",
	} {
		got, err := wire.ParseTime(in)
		require.ErrorIs(t, err, wire.ErrTime, in)
		require.True(t, got.IsZero())
		require.NotContains(t, err.Error(), "canary")
		require.Less(t, len(err.Error()), 200)
	}
	for _, in := range []string{"", " \u3000"} {
		_, err := wire.ParseTime(in)
		require.ErrorIs(t, err, wire.ErrBlank)
		_, err = wire.ParseEpoch(in)
		require.ErrorIs(t, err, wire.ErrBlank)
		_, _, _, err = wire.ParseDate(in)
		require.ErrorIs(t, err, wire.ErrBlank)
	}
}

func TestParseDate(t *testing.T) {
	for in, want := range map[string]string{
		"2026-06-01":               "2026-06-01",
		"20260601":                 "2026-06-01",
		"2026/06/01 ":              "2026-06-01",
		"\t2026/6/1":               "2026-06-01",
		"2028-02-29":               "2028-02-29",
		"2026-06-30T00:00:00+0900": "2026-06-30",
		"2026-06-30 23:59:59":      "2026-06-30",
		"2026/06/30 00:00":         "2026-06-30",
	} {
		year, month, day, err := wire.ParseDate(in)
		require.NoError(t, err, in)
		require.Equal(t, want, fmt.Sprintf("%04d-%02d-%02d", year, month, day))
	}
	for _, in := range []string{"2026-02-29", "2026-02-30", "2026-04-31", "2026-6", "202606", "2026060", "260601",
		"2026-06-01T15:00:00Z", "2026-06-01(月)", "2026-06-01T25:00:00", "0000-00-00", "canary"} {
		_, _, _, err := wire.ParseDate(in)
		require.ErrorIs(t, err, wire.ErrTime, in)
	}
}

func TestParseEpoch(t *testing.T) {
	for in, want := range map[string]string{
		"1.569521782042E9":  "2019-09-26T18:16:22.042Z",
		"1569521782":        "2019-09-26T18:16:22Z",
		" 1569521782.5 ":    "2019-09-26T18:16:22.5Z",
		"0.00000000019":     "1970-01-01T00:00:00Z",
		"15695217820.42e-1": "2019-09-26T18:16:22.042Z",
	} {
		got, err := wire.ParseEpoch(in)
		require.NoError(t, err, in)
		require.Equal(t, want, got.Format(time.RFC3339Nano))
	}
	for _, in := range []string{"x", "1e", "1e400", "1e99999999999", "99999999999999", strings.Repeat("1", 100),
		"2026-06-01", "NaN", "0x10", "-1"} {
		_, err := wire.ParseEpoch(in)
		require.ErrorIs(t, err, wire.ErrTime, in)
	}
}

func TestParseFlag(t *testing.T) {
	for in, want := range map[string]bool{"1": true, "true": true, "TRUE": true, "Y": true, "yes ": true, "t": true,
		"0": false, "False": false, " n": false, "NO": false, "f": false} {
		got, ok := wire.ParseFlag(in)
		require.True(t, ok, in)
		require.Equal(t, want, got, in)
	}
	for _, in := range []string{"", " ", "2", "E", "01", "on", "true!", "はい", strings.Repeat("1", 100)} {
		_, ok := wire.ParseFlag(in)
		require.False(t, ok, in)
	}
}

func FuzzParseTime(f *testing.F) {
	for _, s := range []string{"2026-06-01T21:14:05+0900", "20121221231350", "2026/04/01 09:15",
		"2026-06-01T12:14:05.042Z", "2026-06-01T2:14:02Z", "1.569521782042E9", "2026-02-30", "2026-06-01 "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, err := wire.ParseTime(s); err == nil {
			again, err := wire.ParseTime(got.Format(time.RFC3339Nano))
			if err != nil || !again.Equal(got) {
				t.Fatalf("%q: %v, then %v, %v", s, got, again, err)
			}
		} else if len(s) > 8 && strings.Contains(err.Error(), s) &&
			!strings.Contains("2006-01-02T15:04:05+09:00, 2006/01/02 15:04, 20060102150405", s) {
			t.Fatalf("error repeats %q", s)
		}
		if want, err := time.Parse(time.RFC3339Nano, s); err == nil && want.Year() > 0 {
			got, err := wire.ParseTime(s)
			_, offset := want.Zone()
			// Our zones end at +14:00 and our instants begin at 1970.
			switch ours := max(offset, -offset) <= 14*3600 && len(s) <= 48 && !strings.Contains(s, ","); {
			case ours && want.Unix() < 0:
				require.ErrorIs(t, err, wire.ErrBefore, "%q", s)
			case ours && (err != nil || !got.Equal(want)):
				t.Fatalf("%q: %v, %v, want %v", s, got, err, want)
			}
		}
		if year, month, day, err := wire.ParseDate(s); err == nil {
			want := fmt.Sprintf("%04d-%02d-%02d", year, month, day)
			if _, err := time.Parse(time.DateOnly, want); err != nil {
				t.Fatalf("%q is no date: %s", s, want)
			}
		}
		if got, err := wire.ParseEpoch(s); err == nil && got.UnixNano() != 0 && !strings.ContainsAny(s, "0123456789") {
			t.Fatalf("%q: %v", s, got)
		}
	})
}

func FuzzTimeRoundTrip(f *testing.F) {
	f.Add(int64(1780315200), int32(42_000_000), int16(540))
	f.Fuzz(func(t *testing.T, seconds int64, nanos int32, zone int16) {
		at := time.Unix(seconds%200_000_000_000, int64(nanos)).In(time.FixedZone("", int(zone%840)*60))
		if at.Year() < 1 || at.Year() > 9999 {
			return
		}
		inJST := at.In(wire.JST)
		whole := inJST.Truncate(time.Second)
		minute := inJST.Truncate(time.Minute)
		for _, tt := range []struct {
			text string
			want time.Time
		}{
			{at.Format(time.RFC3339Nano), at},
			{at.Format("2006-01-02T15:04:05.999999999-0700"), at},
			{whole.Format("2006-01-02T15:04:05-0700"), whole},
			{whole.Format("20060102150405"), whole},
			{whole.Format("2006-01-02 15:04:05"), whole},
			{whole.Format("2006/01/02 15:04:05"), whole},
			{minute.Format("2006/01/02 15:04"), minute},
		} {
			if whole.Year() < 1 || whole.Year() > 9999 {
				continue
			}
			got, err := wire.ParseTime(tt.text)
			if err != nil || !got.Equal(tt.want) {
				t.Fatalf("%q: %v, %v, want %v", tt.text, got, err, tt.want)
			}
			year, month, day, err := wire.ParseDate(whole.Format("2006/01/02"))
			if wantYear, wantMonth, wantDay := whole.Date(); err != nil || year != wantYear || month != wantMonth ||
				day != wantDay {
				t.Fatalf("%v: %d %d %d %v", whole, year, month, day, err)
			}
		}
		if limit := int64(9_000_000_000); seconds > -limit && seconds < limit && nanos >= 0 && nanos < 1_000_000_000 &&
			seconds >= 0 {
			got, err := wire.ParseEpoch(fmt.Sprintf("%d.%09d", seconds, nanos))
			if err != nil || !got.Equal(time.Unix(seconds, int64(nanos))) {
				t.Fatalf("%d.%09d: %v, %v", seconds, nanos, got, err)
			}
		}
	})
}
