package walk_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

const day = 24 * time.Hour

func at(text string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04:05", text, order.JST)
	if err != nil {
		panic(err)
	}
	return t
}

func TestWindows(t *testing.T) {
	type w [2]string
	for _, tt := range []struct {
		name       string
		from, to   time.Time
		max, grain time.Duration
		want       []w
	}{
		{"shorter than the limit", at("2026-11-01 00:00:00"), at("2026-11-08 12:30:00"), 63 * day, time.Second,
			[]w{{"2026-11-01 00:00:00", "2026-11-08 12:30:00"}}},
		{"exactly the limit", at("2026-09-01 00:00:00"), at("2026-11-03 00:00:00"), 63 * day, time.Second,
			[]w{{"2026-09-01 00:00:00", "2026-11-03 00:00:00"}}},
		{"a second over the limit", at("2026-09-01 00:00:00"), at("2026-11-03 00:00:01"), 63 * day, time.Second,
			[]w{{"2026-09-01 00:00:00", "2026-11-03 00:00:00"}, {"2026-11-03 00:00:00", "2026-11-03 00:00:01"}}},
		{"parts of a second widen", at("2026-11-01 10:00:00").Add(time.Millisecond), at("2026-11-01 10:00:05").Add(1), day, time.Second,
			[]w{{"2026-11-01 10:00:00", "2026-11-01 10:00:06"}}},
		{"days begin at midnight in Japan", at("2026-11-01 08:59:00"), at("2026-11-03 00:00:01"), 2 * day, day,
			[]w{{"2026-11-01 00:00:00", "2026-11-03 00:00:00"}, {"2026-11-03 00:00:00", "2026-11-04 00:00:00"}}},
		{"the zone of the input does not matter", at("2026-11-01 00:00:00").UTC(), at("2026-11-02 00:00:00").UTC(), day, day,
			[]w{{"2026-11-01 00:00:00", "2026-11-02 00:00:00"}}},
		{"limit below the grain", at("2026-11-01 00:00:00"), at("2026-11-03 00:00:00"), time.Hour, day,
			[]w{{"2026-11-01 00:00:00", "2026-11-02 00:00:00"}, {"2026-11-02 00:00:00", "2026-11-03 00:00:00"}}},
		{"limit between grains", at("2026-11-01 00:00:00"), at("2026-11-03 00:00:00"), 36 * time.Hour, day,
			[]w{{"2026-11-01 00:00:00", "2026-11-02 00:00:00"}, {"2026-11-02 00:00:00", "2026-11-03 00:00:00"}}},
		{"no limit", at("2006-01-01 00:00:00"), at("2026-11-01 00:00:00"), 0, time.Second,
			[]w{{"2006-01-01 00:00:00", "2026-11-01 00:00:00"}}},
		{"empty", at("2026-11-01 00:00:00"), at("2026-11-01 00:00:00"), day, time.Second, nil},
		{"backwards", at("2026-11-02 00:00:00"), at("2026-11-01 00:00:00"), day, time.Second, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []w
			for x := range walk.Windows(tt.from, tt.to, tt.max, tt.grain) {
				got = append(got, w{x.From.In(order.JST).Format("2006-01-02 15:04:05"),
					x.To.In(order.JST).Format("2006-01-02 15:04:05")})
			}
			require.Equal(t, tt.want, got)
		})
	}
}

func TestWindowsStopsWhenLeft(t *testing.T) {
	n := 0
	for range walk.Windows(at("1970-01-01 00:00:00"), at("2026-11-01 00:00:00"), time.Second, time.Second) {
		if n++; n == 3 {
			break
		}
	}
	require.Equal(t, 3, n)
}

func FuzzWindows(f *testing.F) {
	f.Add(int64(1_790_000_000_000_000_000), int64(90*day), int64(63*day), int64(time.Second))
	f.Add(int64(1_790_000_000_123_456_789), int64(day), int64(7*time.Hour), int64(day))
	f.Add(int64(0), int64(1), int64(1), int64(1))
	f.Add(int64(-5), int64(time.Hour), int64(0), int64(time.Minute))
	f.Fuzz(func(t *testing.T, start, span, limit, step int64) {
		if span < 0 || limit < 0 || step < 0 {
			return
		}
		max, grain := time.Duration(limit), time.Duration(step)
		if grain > 366*day || time.Duration(span) > 100*366*day {
			return
		}
		if max > 0 && span/limit > 10_000 { // only to keep a single case quick
			return
		}
		from := time.Unix(0, start)
		to := from.Add(time.Duration(span))
		all := slices.Collect(walk.Windows(from, to, max, grain))
		if span == 0 {
			require.Empty(t, all)
			return
		}
		require.NotEmpty(t, all)
		first, last := all[0], all[len(all)-1]
		require.False(t, first.From.After(from), "the beginning is covered")
		require.False(t, last.To.Before(to), "the end is covered")
		if grain > 0 {
			require.Less(t, from.Sub(first.From), grain, "not more than a grain too early")
			require.Less(t, last.To.Sub(to), grain, "not more than a grain too late")
		} else {
			require.True(t, first.From.Equal(from) && last.To.Equal(to))
		}
		for i, w := range all {
			require.True(t, w.From.Before(w.To))
			if max > 0 {
				longest := max
				if grain > max {
					longest = grain
				}
				require.LessOrEqual(t, w.To.Sub(w.From), longest)
			}
			if grain > 0 {
				require.True(t, aligned(w.From, grain) && aligned(w.To, grain), "%s to %s", w.From, w.To)
			}
			if i > 0 {
				require.True(t, all[i-1].To.Equal(w.From), "no gap, no overlap")
			}
			parts(t, w, grain)
		}
	})
}

func aligned(t time.Time, grain time.Duration) bool {
	t = t.Add(9 * time.Hour) // midnight in Japan
	return t.Equal(t.Truncate(grain))
}

// parts checks that a window is cut into some that make it up, and that a refusal means that it is
// one grain long at most.
func parts(t *testing.T, w walk.Window, grain time.Duration) {
	got := w.Split(2+int(w.From.Unix()&7), grain)
	if got == nil {
		smallest := grain
		if smallest <= 0 {
			smallest = 1
		}
		require.LessOrEqual(t, w.To.Sub(w.From), smallest)
		return
	}
	require.LessOrEqual(t, len(got), 9)
	at := w.From
	for i, p := range got {
		require.True(t, p.From.Equal(at) && p.From.Before(p.To))
		require.Equal(t, w.Open && i == len(got)-1, p.Open)
		at = p.To
	}
	require.True(t, at.Equal(w.To))
}

func TestSeen(t *testing.T) {
	var seen walk.Seen
	require.True(t, seen.First("a"))
	require.False(t, seen.First("a"))
	seen.Next()
	require.False(t, seen.First("a"), "the edge of two windows")
	require.True(t, seen.First("b"))
	seen.Next()
	require.False(t, seen.First("b"))
	require.False(t, seen.First("a"), "met in the window before, too")
	seen.Next()
	seen.Next()
	require.True(t, seen.First("a"), "forgotten after a window without it")
	for range 5 {
		seen.Next()
	}
	require.Zero(t, seen.Len(), "memory does not grow with history")
}
