package credential_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

func jst(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04:05", s, order.JST)
	if err != nil {
		panic(err)
	}
	return t
}

func rule(t testing.TB, mall order.Mall, kind credential.Kind) credential.Rule {
	t.Helper()
	r, ok := (*credential.Rulebook)(nil).Rule(mall, kind)
	require.True(t, ok, "%s/%s", mall, kind)
	return r
}

func TestLifetimeEnd(t *testing.T) {
	for _, c := range []struct {
		name  string
		life  credential.Lifetime
		start time.Time
		want  string
	}{
		{"clamped to February", credential.Lifetime{Months: 3}, jst("2025-11-30 10:00:00"), "2026-02-28 10:00:00"},
		{"clamped to a leap February", credential.Lifetime{Months: 3}, jst("2027-11-30 10:00:00"), "2028-02-29 10:00:00"},
		{"31st to a 30-day month", credential.Lifetime{Months: 1}, jst("2026-08-31 00:00:00"), "2026-09-30 00:00:00"},
		{"leap day and a year", credential.Lifetime{Months: 12}, jst("2028-02-29 09:30:00"), "2029-02-28 09:30:00"},
		{"across a year", credential.Lifetime{Months: 14}, jst("2026-12-31 00:00:00"), "2028-02-29 00:00:00"},
		{"days across a leap day", credential.Lifetime{Days: 2}, jst("2028-02-28 12:00:00"), "2028-03-01 12:00:00"},
		{"end of day", credential.Lifetime{Days: 90, EndOfDay: true}, jst("2026-08-30 08:15:00"), "2026-11-28 23:59:59"},
		{"hours", credential.Lifetime{Hours: 12}, jst("2026-11-23 18:00:00"), "2026-11-24 06:00:00"},
		// 20:00 UTC is the next day in Japan, which is what counts for the end of a day and for the
		// clamping.
		{"the day is Japan's", credential.Lifetime{Days: 1, EndOfDay: true}, time.Date(2026, 8, 30, 20, 0, 0, 0, time.UTC), "2026-09-01 23:59:59"},
		{"the month is Japan's", credential.Lifetime{Months: 1}, time.Date(2026, 1, 30, 20, 0, 0, 0, time.UTC), "2026-02-28 05:00:00"},
	} {
		require.Equal(t, c.want, c.life.End(c.start).Format("2006-01-02 15:04:05"), c.name)
	}
	require.True(t, credential.Lifetime{Days: 90}.End(time.Time{}).IsZero(), "nothing follows from an unknown start")
	require.True(t, credential.Lifetime{}.End(jst("2026-01-01 00:00:00")).IsZero(),
		"nothing follows from an unknown life")
}

// daysIn and rakutenEnd are a second, plain calculation of the licenceKey's end.
func daysIn(year, month int) int {
	switch {
	case month == 2 && (year%4 == 0 && year%100 != 0 || year%400 == 0):
		return 29
	case month == 2:
		return 28
	case month == 4 || month == 6 || month == 9 || month == 11:
		return 30
	}
	return 31
}

func rakutenEnd(issued order.Date) string {
	y, m, d := issued.Year, int(issued.Month)+3, issued.Day
	if m > 12 {
		y, m = y+1, m-12
	}
	months, _ := order.NewDate(y, time.Month(m), min(d, daysIn(y, m)))
	ninety := issued
	for range 90 {
		next := order.Date{Year: ninety.Year, Month: ninety.Month, Day: ninety.Day + 1}
		if next.Day > daysIn(next.Year, int(next.Month)) {
			next.Day, next.Month = 1, next.Month+1
		}
		if next.Month > 12 {
			next.Month, next.Year = 1, next.Year+1
		}
		ninety = next
	}
	return min(months.String(), ninety.String()) + " 23:59:59"
}

func TestTenYearsOfIssueDates(t *testing.T) {
	key := rule(t, order.Rakuten, credential.KindLicenseKey)
	first, _ := order.NewDate(2024, 1, 1)
	byMonths := 0
	var before time.Time
	for i := range 3653 {
		issued := first.AddDays(i)
		start := issued.Time().Add(time.Duration(i*7919%86400) * time.Second)
		record := credential.Record{Mall: order.Rakuten, Shop: "demo-shop", Kind: credential.KindLicenseKey,
			Start: start}
		x := credential.Assess(key, record, start)
		require.Equal(t, rakutenEnd(issued), x.End.Format("2006-01-02 15:04:05"), issued)
		require.Equal(t, credential.BasisComputed, x.Basis)
		require.Equal(t, credential.Valid, x.State)
		require.False(t, x.End.Before(before), "a later issue never ends earlier: %s", issued)
		before = x.End
		if x.Days < 90 {
			byMonths++
		}
		if i%5 != 0 {
			continue
		}
		// Along its life it is valid, then expiring, then expired, and never anything else.
		grave := credential.Valid
		for at := start; at.Before(x.End.AddDate(0, 0, 3)); at = x.Next {
			x = credential.Assess(key, record, at)
			require.GreaterOrEqual(t, x.State, grave, "%s at %s", issued, at)
			grave = x.State
			require.Equal(t, !at.Before(x.End), x.State == credential.Expired)
			if x.Next.IsZero() {
				break
			}
			require.True(t, x.Next.After(at), "the next step lies ahead")
		}
		require.Equal(t, credential.Expired, grave)
	}
	require.Greater(t, byMonths, 100, "both wordings must have counted")
}

func TestEveryRuleOverTenYears(t *testing.T) {
	for _, r := range credential.Rules() {
		for i := 0; i < 3653; i += 23 {
			start := jst("2024-01-01 00:00:00").AddDate(0, 0, i).Add(time.Duration(i) * time.Minute)
			record := credential.Record{Mall: r.Mall, Shop: "demo-shop", Kind: r.Kind, Start: start}
			for _, extended := range []bool{false, true} {
				record.Extended = extended
				x := credential.Assess(r, record, start)
				require.Equal(t, credential.Valid, x.State, "%s/%s from %s: a fresh one is valid", r.Mall, r.Kind,
					start)
				if r.Never {
					require.True(t, x.Never && x.End.IsZero() && x.Next.IsZero())
					continue
				}
				require.Equal(t, credential.Valid, credential.Assess(r, record, x.Next.Add(-time.Second)).State)
				require.NotEqual(t, credential.Valid, credential.Assess(r, record, x.Next).State)
				require.NotEqual(t, credential.Expired, credential.Assess(r, record, x.End.Add(-time.Second)).State)
				require.Equal(t, credential.Expired, credential.Assess(r, record, x.End).State)
			}
		}
	}
}

func TestAssess(t *testing.T) {
	issued := jst("2026-08-30 11:00:00")
	key := credential.Record{Mall: order.Rakuten, Shop: "demo-shop", Kind: credential.KindLicenseKey, Start: issued}
	session := credential.Record{Mall: order.Yahoo, Shop: "demo-store", Kind: credential.KindOrderSession,
		Start: issued}
	secret := credential.Record{Mall: order.Rakuten, Shop: "demo-shop", Kind: credential.KindServiceSecret}
	with := func(r credential.Record, edit func(*credential.Record)) credential.Record {
		edit(&r)
		return r
	}
	told := jst("2026-12-01 23:59:59")
	daily, endless := qoo10(), qoo10()
	daily.Kind, daily.Lifetimes = "day-pass", []credential.Lifetime{{Days: 1}}
	endless.Kind, endless.Never, endless.Lifetimes = "master-key", true, nil
	book, err := credential.NewRulebook(daily, endless)
	require.NoError(t, err)
	dayPass := credential.Record{Mall: daily.Mall, Shop: "demo", Kind: daily.Kind, Start: issued}
	masterKey := credential.Record{Mall: daily.Mall, Shop: "demo", Kind: endless.Kind, Start: issued}
	for _, c := range []struct {
		name   string
		record credential.Record
		now    time.Time
		state  credential.State
		end    string
		basis  credential.Basis
		step   time.Duration
	}{
		{"fresh", key, issued, credential.Valid, "2026-11-28 23:59:59", credential.BasisComputed, 0},
		{"first step", key, jst("2026-11-14 23:59:59"), credential.Expiring, "2026-11-28 23:59:59", credential.BasisComputed, 14 * 24 * time.Hour},
		{"a second before it", key, jst("2026-11-14 23:59:58"), credential.Valid, "2026-11-28 23:59:59", credential.BasisComputed, 0},
		{"the shortest step reached", key, jst("2026-11-28 12:00:00"), credential.Expiring, "2026-11-28 23:59:59", credential.BasisComputed, 24 * time.Hour},
		{"over", key, jst("2026-11-28 23:59:59"), credential.Expired, "2026-11-28 23:59:59", credential.BasisComputed, 0},
		{"no start", with(key, func(r *credential.Record) { r.Start = time.Time{} }), issued, credential.Unknown, "", credential.BasisNone, 0},
		{"start in the future", with(key, func(r *credential.Record) { r.Start = issued.AddDate(1, 0, 0) }), issued, credential.Unknown, "", credential.BasisNone, 0},
		{"start by a clock that is ahead of ours", key, issued.Add(-5 * time.Minute), credential.Valid, "2026-11-28 23:59:59", credential.BasisComputed, 0},
		{"start by a clock that is wrong", key, issued.Add(-5*time.Minute - time.Second), credential.Unknown, "", credential.BasisNone, 0},
		{"accepted, but no end known", with(key, func(r *credential.Record) {
			r.Start, r.Observed = time.Time{}, credential.Observation{At: issued, State: credential.Valid}
		}), issued, credential.Unknown, "", credential.BasisNone, 0},
		{"a later end that the mall told", with(key, func(r *credential.Record) { r.Observed.End, r.Observed.At = told, issued.Add(time.Hour) }),
			jst("2026-11-29 00:00:00"), credential.Expiring, "2026-12-01 23:59:59", credential.BasisObserved,
			3 * 24 * time.Hour},
		{"an earlier end that the mall told", with(key, func(r *credential.Record) {
			r.Observed.End, r.Observed.At = jst("2026-09-30 00:00:00"), issued.Add(time.Hour)
		}),
			jst("2026-10-01 00:00:00"), credential.Expired, "2026-09-30 00:00:00", credential.BasisObserved, 0},
		{"an end copied by hand", with(key, func(r *credential.Record) { r.Start, r.Observed.End = time.Time{}, told }),
			jst("2026-11-20 00:00:00"), credential.Expiring, "2026-12-01 23:59:59", credential.BasisObserved,
			14 * 24 * time.Hour},
		{"an end copied by hand, of a key that started", with(key, func(r *credential.Record) { r.Observed.End = told }),
			jst("2026-11-20 00:00:00"), credential.Expiring, "2026-12-01 23:59:59", credential.BasisObserved,
			14 * 24 * time.Hour},
		{"an end copied by hand, of a life shorter than some steps", with(session, func(r *credential.Record) { r.Start, r.Observed.End = time.Time{}, told }),
			jst("2026-12-01 12:00:00"), credential.Valid, "2026-12-01 23:59:59", credential.BasisObserved, 0},
		{"told of the key before this one", with(key, func(r *credential.Record) { r.Observed.End, r.Observed.At = told, issued.Add(-time.Hour) }),
			issued, credential.Valid, "2026-11-28 23:59:59", credential.BasisComputed, 0},
		{"an end by hand before the start", with(key, func(r *credential.Record) { r.Observed.End = issued.AddDate(0, 0, -2) }),
			issued, credential.Valid, "2026-11-28 23:59:59", credential.BasisComputed, 0},
		{"refused", with(key, func(r *credential.Record) {
			r.Observed = credential.Observation{At: issued.AddDate(0, 1, 0), State: credential.Expired}
		}), issued.AddDate(0, 1, 0), credential.Expired, "2026-09-30 11:00:00", credential.BasisObserved, 0},
		{"refused after its end", with(key, func(r *credential.Record) {
			r.Observed = credential.Observation{At: told, State: credential.Expired}
		}), told, credential.Expired, "2026-11-28 23:59:59", credential.BasisObserved, 0},
		{"refused, nobody wrote down when", with(secret, func(r *credential.Record) {
			r.Observed = credential.Observation{State: credential.Expired}
		}), issued, credential.Expired, "", credential.BasisObserved, 0},
		{"refused while too fresh", with(key, func(r *credential.Record) {
			r.Observed = credential.Observation{At: issued.Add(29 * time.Minute), State: credential.Expired}
		}), issued.Add(29 * time.Minute), credential.Valid, "2026-11-28 23:59:59", credential.BasisComputed, 0},
		{"accepted while fresh", with(key, func(r *credential.Record) {
			r.Observed = credential.Observation{At: issued.Add(29 * time.Minute), State: credential.Valid}
		}), issued.Add(29 * time.Minute), credential.Valid, "2026-11-28 23:59:59", credential.BasisComputed, 0},
		{"never", secret, issued, credential.Valid, "", credential.BasisRule, 0},
		{"never, but refused", with(secret, func(r *credential.Record) {
			r.Observed = credential.Observation{At: issued, State: credential.Expired}
		}), issued, credential.Expired, "2026-08-30 11:00:00", credential.BasisObserved, 0},
		{"never, but the mall told an end", with(masterKey, func(r *credential.Record) { r.Observed.End = told }),
			jst("2026-12-01 12:00:00"), credential.Expiring, "2026-12-01 23:59:59", credential.BasisObserved,
			24 * time.Hour},
		{"a step as long as the life is none", dayPass, issued, credential.Valid, "2026-08-31 11:00:00", credential.BasisComputed, 0},
		{"session of 12 hours", session, issued, credential.Valid, "2026-08-30 23:00:00", credential.BasisComputed, 0},
		{"its steps are the short ones", session, jst("2026-08-30 20:00:00"), credential.Expiring, "2026-08-30 23:00:00", credential.BasisComputed, 3 * time.Hour},
		{"session of 4 weeks", with(session, func(r *credential.Record) { r.Extended = true }), issued.AddDate(0, 0, 1), credential.Valid, "2026-09-27 11:00:00", credential.BasisComputed, 0},
		{"its steps are the long ones, too", with(session, func(r *credential.Record) { r.Extended = true }), jst("2026-09-20 11:00:00"), credential.Expiring,
			"2026-09-27 11:00:00", credential.BasisComputed, 7 * 24 * time.Hour},
		{"back to 12 hours", with(session, func(r *credential.Record) {
			r.Extended, r.Observed = true, credential.Observation{At: issued.AddDate(0, 0, 2),
				Extended: credential.Fails, Words: "expired-key-version"}
		}), issued.AddDate(0, 0, 2), credential.Expired, "2026-08-30 23:00:00", credential.BasisComputed, 0},
		{"the mall saw the signature", with(session, func(r *credential.Record) {
			r.Observed = credential.Observation{At: issued.Add(time.Minute), Extended: credential.Holds,
				Words: "authorized"}
		}), issued.AddDate(0, 0, 2), credential.Valid, "2026-09-27 11:00:00", credential.BasisComputed, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, ok := book.Rule(c.record.Mall, c.record.Kind)
			require.True(t, ok)
			x := credential.Assess(r, c.record, c.now)
			end := ""
			if !x.End.IsZero() {
				end = x.End.Format("2006-01-02 15:04:05")
				require.Equal(t, x.End.Sub(c.now), x.Left)
			}
			require.Equal(t, c.state, x.State)
			require.Equal(t, c.end, end)
			require.Equal(t, c.basis, x.Basis)
			require.Equal(t, c.step, x.Step)
			require.NotEmpty(t, x.Why.JA)
			require.NotEmpty(t, x.Why.EN)
		})
	}
}

func TestWhyQuotesTheMall(t *testing.T) {
	record := credential.Record{Mall: order.Yahoo, Shop: "demo-store", Kind: credential.KindOrderSession,
		Start: jst("2026-08-30 11:00:00")}
	session := rule(t, record.Mall, record.Kind)
	require.NotContains(t, credential.Assess(session, record, record.Start).Why.EN, "the mall's answer")
	record.Observed = credential.Observation{At: record.Start, Extended: credential.Fails, Words: "expired-key-version"}
	require.Contains(t, credential.Assess(session, record, record.Start).Why.EN,
		"12 hours from consent (2026-08-30 11:00 JST). (the mall's answer: expired-key-version)")
	record.Observed = credential.Observation{At: record.Start, State: credential.Expired, Words: "px-04102"}
	require.Contains(t, credential.Assess(session, record, record.Start).Why.JA, "px-04102")
	unknown := record
	unknown.Start, unknown.Observed = time.Time{}, credential.Observation{}
	require.Equal(t, "Its expiry is unknown: enter the date of its consent into this system.",
		credential.Assess(session, unknown, record.Start).Why.EN)
	unknown.Observed = credential.Observation{At: record.Start, State: credential.Valid, Words: "OK"}
	require.Equal(t, "The mall accepts it, but its expiry is unknown: enter the date of its"+
		" consent into this system. (the mall's answer: OK)", credential.Assess(session, unknown, record.Start).Why.EN)

	// Only a line's worth of a foreign text gets in.
	for words, want := range map[string]string{
		"maintenance\n  until 5:00":    "maintenance until 5:00",
		strings.Repeat("x", 500):       strings.Repeat("x", 500),
		strings.Repeat("x", 501):       strings.Repeat("x", 500) + "…",
		"x" + strings.Repeat("鍵", 200): "x" + strings.Repeat("鍵", 166) + "…",
	} {
		record.Observed.Words = words
		require.Equal(t, "The mall refused this credential. (the mall's answer: "+want+")",
			credential.Assess(session, record, record.Start).Why.EN)
	}
}

func TestAssessRefusesAnotherKindsRule(t *testing.T) {
	never := rule(t, order.Rakuten, credential.KindServiceSecret)
	record := credential.Record{Mall: order.Rakuten, Shop: "demo-shop", Kind: credential.KindLicenseKey,
		Start: jst("2026-08-30 11:00:00")}
	require.Equal(t, credential.Unknown, credential.Assess(never, record, record.Start).State)
	require.Equal(t, credential.Unknown, credential.Assess(credential.Rule{}, credential.Record{}, record.Start).State,
		"zero values say nothing")
}

func TestStateText(t *testing.T) {
	for _, s := range []credential.State{credential.Unknown, credential.Valid, credential.Expiring,
		credential.Expired} {
		text, err := s.MarshalText()
		require.NoError(t, err)
		var back credential.State
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, s, back)
		require.NotEmpty(t, s.Text().JA)
	}
	var s credential.State
	require.Error(t, s.UnmarshalText([]byte("fine")))
	_, err := credential.State(4).MarshalText()
	require.Error(t, err)
	require.Equal(t, "state 4", credential.State(4).String())
}
