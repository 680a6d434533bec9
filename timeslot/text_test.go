package timeslot_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/timeslot"
)

func TestTextInALanguage(t *testing.T) {
	for _, c := range []struct {
		text   timeslot.Text
		ja, en string
	}{
		{timeslot.Text{JA: "指定なし", EN: "none"}, "指定なし", "none"},
		{timeslot.Text{JA: "指定なし"}, "指定なし", "指定なし"},
		{timeslot.Text{EN: "none"}, "none", "none"},
		{timeslot.Text{}, "", ""},
	} {
		require.Equal(t, c.ja, c.text.In(timeslot.Japanese))
		require.Equal(t, c.en, c.text.In(timeslot.English))
		require.Equal(t, c.en, c.text.String())
		require.Equal(t, c.ja == "", c.text.IsZero())
	}
}

func TestTextsAreJoined(t *testing.T) {
	one, two := timeslot.Text{JA: "一", EN: "one"}, timeslot.Text{JA: "二", EN: "two"}
	require.Equal(t, timeslot.Text{JA: "一。二", EN: "one; two"}, one.And(two))
	require.Equal(t, one, one.And(timeslot.Text{}))
	require.Equal(t, two, timeslot.Text{}.And(two))
}

// What was stored in English only is read as well.
func TestTextFromJSON(t *testing.T) {
	for data, want := range map[string]timeslot.Text{
		`{"ja":"指定なし","en":"none"}`: {JA: "指定なし", EN: "none"}, `"none"`: {EN: "none"}, `null`: {}, `{}`: {},
	} {
		got := timeslot.Text{JA: "古い", EN: "old"}
		require.NoError(t, json.Unmarshal([]byte(data), &got))
		require.Equal(t, want, got, data)
	}
	var text timeslot.Text
	require.Error(t, text.UnmarshalJSON(nil))
	require.Error(t, text.UnmarshalJSON([]byte("7")))
}

func TestSurenessAndModeInWords(t *testing.T) {
	for s, want := range map[timeslot.Sureness]string{timeslot.NotKnown: "?", timeslot.Inferred: "D",
		timeslot.SingleSource: "C", timeslot.Agreed: "B", timeslot.Official: "A", timeslot.Official + 1: "?"} {
		require.Equal(t, want, s.String())
	}
	for m, want := range map[timeslot.Mode]string{timeslot.Same: "same", timeslot.Exact: "exact",
		timeslot.Contains: "contains"} {
		require.Equal(t, want, m.String())
		encoded, err := m.MarshalText()
		require.NoError(t, err)
		var back timeslot.Mode
		require.NoError(t, back.UnmarshalText(encoded))
		require.Equal(t, m, back)
	}
	bad := timeslot.Contains + 1
	require.Equal(t, "Mode(3)", bad.String())
	_, err := bad.MarshalText()
	require.Error(t, err)
	require.Error(t, bad.UnmarshalText([]byte("regexp")))
	require.Equal(t, timeslot.Contains+1, bad, "a failure changes nothing")
}

// TestNotOfferedInWords: slots stand in words, and the nearest ones are those that share time with
// the wish, if any does.
func TestNotOfferedInWords(t *testing.T) {
	for text, want := range map[string]timeslot.Text{
		"pm": {JA: "ヤマト運輸では「午後」をお届け時間帯に指定できません（近い時間帯：14:00～16:00、16:00～18:00）",
			EN: "Yamato Transport does not offer the slot afternoon (nearest: 14:00-16:00, 16:00-18:00)"},
		"-10:00": {JA: "ヤマト運輸では「10:00まで」をお届け時間帯に指定できません（近い時間帯：午前中）",
			EN: "Yamato Transport does not offer the slot until 10:00 (nearest: morning)"},
		"20:00-": {JA: "ヤマト運輸では「20:00以降」をお届け時間帯に指定できません（近い時間帯：19:00～21:00）",
			EN: "Yamato Transport does not offer the slot from 20:00 (nearest: 19:00-21:00)"},
		"12:00-14:00": {JA: "ヤマト運輸では「12:00～14:00」をお届け時間帯に指定できません（近い時間帯：14:00～16:00、午前中）",
			EN: "Yamato Transport does not offer the slot 12:00-14:00 (nearest: 14:00-16:00, morning)"},
	} {
		_, err := timeslot.B2.Code(slot(t, text), day(t, "2026-11-28"))
		var not *timeslot.NotOfferedError
		require.ErrorAs(t, err, &not)
		require.Equal(t, want.JA, not.In(timeslot.Japanese))
		require.Equal(t, want.EN, not.In(timeslot.English))
		require.Len(t, not.Nearest, 2, "a text changes nothing")
	}
	none := &timeslot.NotOfferedError{Carrier: timeslot.Nekopos, Slot: timeslot.Night}
	require.Equal(t, "ネコポスでは「夜間」をお届け時間帯に指定できません", none.In(timeslot.Japanese))
	require.Equal(t, "Nekopos does not offer the slot night", none.In(timeslot.English))
}
