package timeslot_test

import (
	"encoding/json"
	"math/bits"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/timeslot"
)

// slot parses a text form.
func slot(t testing.TB, text string) timeslot.Slot {
	t.Helper()
	s, err := timeslot.Parse(text)
	require.NoError(t, err)
	return s
}

func TestSlotTextForm(t *testing.T) {
	at := timeslot.At
	window, err := timeslot.Window(at(14, 0), at(16, 35))
	require.NoError(t, err)
	until, err := timeslot.Until(at(10, 0))
	require.NoError(t, err)
	from, err := timeslot.From(at(20, 0))
	require.NoError(t, err)
	for text, c := range map[string]struct {
		slot     timeslot.Slot
		kind     timeslot.Kind
		resolved bool
		wanted   bool
	}{
		"":            {timeslot.Unresolved, timeslot.KindUnresolved, false, false},
		"none":        {timeslot.NoPreference, timeslot.KindNoPreference, true, false},
		"am":          {timeslot.Morning, timeslot.KindMorning, true, true},
		"pm":          {timeslot.Afternoon, timeslot.KindAfternoon, true, true},
		"night":       {timeslot.Night, timeslot.KindNight, true, true},
		"14:00-16:35": {window, timeslot.KindWindow, true, true},
		"-10:00":      {until, timeslot.KindUntil, true, true},
		"20:00-":      {from, timeslot.KindFrom, true, true},
	} {
		require.Equal(t, text, c.slot.String())
		require.Equal(t, c.slot, slot(t, text))
		require.Equal(t, c.kind, c.slot.Kind())
		require.Equal(t, c.resolved, c.slot.Resolved())
		require.Equal(t, c.wanted, c.slot.Wanted())
		encoded, err := json.Marshal(map[timeslot.Slot]timeslot.Slot{c.slot: c.slot})
		require.NoError(t, err)
		require.JSONEq(t, `{"`+text+`": "`+text+`"}`, string(encoded))
		var decoded map[timeslot.Slot]timeslot.Slot
		require.NoError(t, json.Unmarshal(encoded, &decoded))
		require.Equal(t, map[timeslot.Slot]timeslot.Slot{c.slot: c.slot}, decoded)
	}
	require.Zero(t, timeslot.Unresolved)
}

func TestSlotBounds(t *testing.T) {
	for text, want := range map[string]string{
		"14:00-16:00": "14:00 16:00", "-10:00": "00:00 10:00", "20:00-": "20:00 24:00", "00:00-24:00": "00:00 24:00",
		"-24:00": "00:00 24:00", "-23:59": "00:00 23:59",
	} {
		from, to, ok := slot(t, text).Bounds()
		require.True(t, ok)
		require.Equal(t, want, from.String()+" "+to.String())
	}
	for _, text := range []string{"", "none", "am", "pm", "night"} {
		_, _, ok := slot(t, text).Bounds()
		require.False(t, ok, text)
	}
}

func TestHoursThatMakeNoSlot(t *testing.T) {
	at := timeslot.At
	for _, c := range [][2]timeslot.Clock{
		{at(16, 0), at(14, 0)}, {at(14, 0), at(14, 0)}, {at(14, 0), at(24, 1)}, {at(14, 60), at(16, 0)}, {-1, at(9, 0)}, {0, 1441}, {at(23, 0), at(25, 0)},
		{at(10, -5), at(12, 0)}, {at(-1, 60), at(12, 0)},
		{0, at(1<<(bits.UintSize-2)+9, 0)}, {0, at(9-1<<(bits.UintSize-2), 0)}, // 60 times that is 9:00 again
	} {
		s, err := timeslot.Window(c[0], c[1])
		require.ErrorIs(t, err, timeslot.ErrSlot)
		require.Zero(t, s)
	}
	_, err := timeslot.Until(0)
	require.ErrorIs(t, err, timeslot.ErrSlot)
	_, err = timeslot.From(at(24, 0))
	require.ErrorIs(t, err, timeslot.ErrSlot)
}

func TestParseIsStrict(t *testing.T) {
	for _, text := range []string{
		"AM", " am", "14-16", "9:00-12:00", "14:00~16:00", "16:00-14:00", "25:00-26:00", "-00:00", "24:00-", "14:00",
		"-", "14:00-16:00-", "14.00-16:00",
		"?", "unresolved", "１４:00-16:00", "14:0a-16:00",
	} {
		kept := timeslot.Night
		require.ErrorIs(t, kept.UnmarshalText([]byte(text)), timeslot.ErrSlot, text)
		require.Equal(t, timeslot.Night, kept, "a failure changes nothing")
	}
}

func TestNumbersThatAreNoSlot(t *testing.T) {
	for _, s := range []timeslot.Slot{1, timeslot.NoPreference + 1, 200 << 24, 5 << 24, 6 << 24, 6<<24 | 1441, 6<<24 | 60<<12 | 600,
		7<<24 | 60<<12 | 100, 7<<24 | 1440<<12 | 1440} {
		require.Equal(t, timeslot.KindInvalid, s.Kind())
		require.False(t, s.Resolved())
		_, err := s.MarshalText()
		require.ErrorIs(t, err, timeslot.ErrSlot)
		require.Contains(t, s.String(), "Slot(")
	}
}

func FuzzSlotText(f *testing.F) {
	for _, text := range []string{"", "none", "am", "14:00-16:00", "-10:00", "20:00-", "24:00-24:00", "00:00-"} {
		f.Add(text, uint32(0))
	}
	f.Fuzz(func(t *testing.T, text string, number uint32) {
		if s, err := timeslot.Parse(text); err == nil {
			require.Equal(t, text, s.String())
		}
		s := timeslot.Slot(number)
		text2, err := s.MarshalText()
		if s.Kind() == timeslot.KindInvalid {
			require.Error(t, err)
			return
		}
		require.NoError(t, err)
		back, err := timeslot.Parse(string(text2))
		require.NoError(t, err)
		require.Equal(t, s, back)
		if from, to, ok := s.Bounds(); ok {
			require.True(t, from.Valid() && to.Valid() && from < to)
		}
	})
}
