package timeslot_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/timeslot"
)

func TestResolve(t *testing.T) {
	label := timeslot.Label{Text: "14時～16時", Mall: "yahoo", Shop: "example-store"}
	res, err := timeslot.Resolve(label, day(t, "2026-06-06"), timeslot.Yamato)
	require.NoError(t, err)
	require.Equal(t, label, res.Label)
	require.Equal(t, timeslot.Match{Slot: slot(t, "14:00-16:00"), Matcher: "reader", Rule: "from-to"}, res.Match)
	require.Equal(t, "1416", res.Code.Text)
	require.Equal(t, timeslot.Official, res.Sure)
	require.False(t, res.Substituted)

	res, err = timeslot.Resolve(timeslot.Label{Text: "指定なし"}, timeslot.Date{}, timeslot.Yamato)
	require.NoError(t, err)
	require.Equal(t, timeslot.NoPreference, res.Slot)
	require.Empty(t, res.Code.Text)
}

func TestResolveNeverGivesACodeWithoutASlot(t *testing.T) {
	for _, text := range []string{"おひさま便", "14", "午前中(14時-16時)"} {
		res, err := timeslot.Resolve(timeslot.Label{Text: text}, timeslot.Date{}, timeslot.Yamato)
		require.ErrorIs(t, err, timeslot.ErrUnresolved)
		require.NotContains(t, err.Error(), text, "a label may hold a buyer's words")
		require.Equal(t, timeslot.Resolution{Label: timeslot.Label{Text: text}}, res)
	}
	// A slot that the carrier does not offer keeps what was read, and has no code.
	res, err := timeslot.Resolve(timeslot.Label{Text: "12時～14時"}, day(t, "2017-06-19"), timeslot.Yamato)
	require.ErrorIs(t, err, timeslot.ErrNotOffered)
	require.Equal(t, slot(t, "12:00-14:00"), res.Match.Slot)
	require.Zero(t, res.Code)
	require.Zero(t, res.Slot)
}

func TestResolverSubstitutesOnlyByPolicy(t *testing.T) {
	pairs := map[timeslot.Slot]timeslot.Slot{
		slot(t, "20:00-21:00"): slot(t, "19:00-21:00"),
		slot(t, "12:00-14:00"): slot(t, "13:00-15:00"), // not offered either
		slot(t, "14:00-16:00"): timeslot.Morning,       // never asked for: 14-16 is offered
	}
	r := timeslot.Resolver{Policy: timeslot.Substitutes(pairs)}
	clear(pairs)

	res, err := r.Resolve(timeslot.Label{Text: "20時～21時"}, day(t, "2024-10-01"), timeslot.JapanPost)
	require.NoError(t, err)
	require.True(t, res.Substituted)
	require.Equal(t, "57", res.Code.Text)
	require.Equal(t, slot(t, "19:00-21:00"), res.Slot)
	require.Equal(t, slot(t, "20:00-21:00"), res.Match.Slot)
	require.Equal(t, timeslot.SingleSource, res.Sure)

	res, err = r.Resolve(timeslot.Label{Text: "20時～21時"}, day(t, "2024-09-30"), timeslot.JapanPost)
	require.NoError(t, err)
	require.False(t, res.Substituted)
	require.Equal(t, "56", res.Code.Text)
	require.Equal(t, timeslot.Inferred, res.Sure, "56 was seen nowhere")

	res, err = r.Resolve(timeslot.Label{Text: "12時～14時"}, day(t, "2026-06-06"), timeslot.Yamato)
	require.ErrorIs(t, err, timeslot.ErrNotOffered)
	require.ErrorContains(t, err, "policy")
	require.Zero(t, res.Code)

	res, err = r.Resolve(timeslot.Label{Text: "14時～16時"}, day(t, "2026-06-06"), timeslot.Yamato)
	require.NoError(t, err)
	require.Equal(t, "1416", res.Code.Text)

	var legal []timeslot.Offer
	r.Policy = func(_ timeslot.Slot, offers []timeslot.Offer) (timeslot.Slot, bool) {
		legal = offers
		return 0, false
	}
	_, err = r.Resolve(timeslot.Label{Text: "夜間"}, day(t, "2026-06-06"), timeslot.Yamato)
	require.ErrorIs(t, err, timeslot.ErrNotOffered)
	require.Len(t, legal, 5)
}

func TestResolverSoftware(t *testing.T) {
	r := timeslot.Resolver{Software: map[timeslot.Carrier]timeslot.Software{
		timeslot.Sagawa: timeslot.EHiden3Six, timeslot.Yamato: timeslot.EHiden2Six, timeslot.Seino: "my-own",
	}}
	res, err := r.Resolve(timeslot.Label{Text: "18～20時"}, timeslot.Date{}, timeslot.Sagawa)
	require.NoError(t, err)
	require.Equal(t, "18", res.Code.Text)
	require.Equal(t, "025", res.Code.Seal)
	for _, c := range []timeslot.Carrier{timeslot.Yamato, timeslot.Seino, "", "架空配送"} {
		_, err = r.Resolve(timeslot.Label{Text: "午前中"}, timeslot.Date{}, c)
		require.ErrorIs(t, err, timeslot.ErrNoTable, "carrier %q", c)
	}
}
