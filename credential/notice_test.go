package credential_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// The first line tells shop, credential and how it stands; it is 09:00 JST on 1 January 2000.
func TestTitles(t *testing.T) {
	const hour = time.Hour
	ending := func(left time.Duration) credential.Record {
		return aupayKey(jst("2000-01-01 09:00:00").Add(left - 90*24*hour))
	}
	second := ending(hour)
	second.Name = "new"
	refused := aupayKey(time.Time{})
	refused.Observed.State = credential.Expired
	const down = "状態をモールに確認できませんでした(期限の見込み 2000-02-20 09:00:00)"
	for _, c := range []struct {
		record credential.Record
		probe  error
		ja, en string
	}{
		{ending(10 * 24 * hour), nil, "期限まであと10日です(2000-01-11 09:00:00)", "ends in 10 days (2000-01-11 09:00:00 JST)"},
		{ending(24*hour + 1), nil, "期限まであと1日です(2000-01-02 09:00:00)", "ends in 1 day (2000-01-02 09:00:00 JST)"},
		{ending(24 * hour), nil, "期限まであと24時間です(2000-01-02 09:00:00)", "ends in 24 hours (2000-01-02 09:00:00 JST)"},
		{ending(hour + time.Minute), nil, "期限まであと2時間です(2000-01-01 10:01:00)", "ends in 2 hours (2000-01-01 10:01:00 JST)"},
		{ending(time.Minute), nil, "期限まであと1時間です(2000-01-01 09:01:00)", "ends in 1 hour (2000-01-01 09:01:00 JST)"},
		{second, nil, "new 期限まであと1時間です(2000-01-01 10:00:00)", "new ends in 1 hour (2000-01-01 10:00:00 JST)"},
		{ending(0), nil, "期限切れです(2000-01-01 09:00:00)", "has expired (2000-01-01 09:00:00 JST)"},
		{refused, nil, "期限切れです", "has expired"},
		{aupayKey(time.Time{}), nil, "期限を確認できません", "has no known end"},
		{ending(50 * 24 * hour), order.ErrMaintenance, down,
			"could not be checked at the mall (expected end: 2000-02-20 09:00:00 JST)"},
	} {
		synctest.Test(t, func(t *testing.T) {
			box := new(inbox)
			probe := c.probe
			if probe == nil {
				probe = credential.ErrCannotAsk
			}
			_, err := monitor(t, credential.MonitorConfig{
				Records: credential.Static([]credential.Record{c.record}), Notifier: box,
				Prober: credential.ProberFunc(func(context.Context, credential.Record) (credential.Observation, error) {
					return credential.Observation{}, probe
				}),
			}).Run(t.Context())
			require.NoError(t, err)
			require.Len(t, box.got, 1)
			require.Equal(t, credential.Text{JA: "au PAY マーケット 10000001: APIキー " + c.ja,
				EN: "au PAY Market, shop 10000001: API key " + c.en}, box.got[0].Title)
		})
	}
}

func TestNoticeTellsWhyItIsUnknown(t *testing.T) {
	box := new(inbox)
	token := credential.Record{Mall: order.Yahoo, Shop: "demo-store",
		Kind: credential.KindRefreshToken, Start: time.Now()}
	stranger := credential.Record{Mall: "qoo10", Shop: "demo", Kind: "qapi-key"}
	_, err := monitor(t, credential.MonitorConfig{
		Records: credential.Static([]credential.Record{token, stranger}), Notifier: box, Concurrency: 1,
		Prober: credential.ProberFunc(func(_ context.Context, r credential.Record) (credential.Observation, error) {
			if r.Mall == order.Yahoo {
				return credential.Observation{}, errors.New("no route\n to host")
			}
			return credential.Observation{}, credential.ErrCannotAsk
		}),
	}).Run(t.Context())
	require.NoError(t, err)
	why := map[order.Mall]string{}
	for _, n := range box.got {
		require.True(t, n.Human, "somebody must look, whoever renews it")
		why[n.Mall] = n.Why.EN
	}
	require.Equal(t, map[order.Mall]string{
		order.Yahoo: "The mall could not be queried: no route to host",
		"qoo10":     "There is no rule for this credential.",
	}, why)
	require.Equal(t, "qoo10, shop demo: qapi-key has no known end", box.got[0].Title.EN)
}

// noticeOf returns the one notice about a record.
func noticeOf(t *testing.T, r credential.Record) credential.Notice {
	box := new(inbox)
	_, err := monitor(t, credential.MonitorConfig{Records: credential.Static([]credential.Record{r}), Notifier: box,
		Prober: credential.ProberFunc(func(context.Context, credential.Record) (credential.Observation, error) {
			return credential.Observation{}, credential.ErrCannotAsk
		}),
	}).Run(t.Context())
	require.NoError(t, err)
	require.Len(t, box.got, 1)
	return box.got[0]
}

// TestReportedEndLeavesNoDoubt: what is doubted is how an end is computed.
func TestReportedEndLeavesNoDoubt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		key := credential.Record{Mall: order.Rakuten, Shop: "demo", Kind: credential.KindLicenseKey,
			Start: time.Now().AddDate(0, 0, -85)}
		require.Contains(t, noticeOf(t, key).Text(credential.Japanese), "不確かな点: ")
		key.Observed = credential.Observation{At: time.Now(), End: time.Now().AddDate(0, 0, 5)}
		reported := noticeOf(t, key)
		require.Equal(t, credential.BasisObserved, reported.Basis)
		require.Zero(t, reported.Doubt)
		require.NotContains(t, reported.Text(credential.Japanese), "不確かな点")
	})
}

// TestUnknownEndIsEnteredFirst: a key whose date was never entered need not be renewed, which both
// the reason and the steps say.
func TestUnknownEndIsEnteredFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		key := credential.Record{Mall: order.Yahoo, Shop: "demo", Kind: credential.KindPublicKey}
		unknown := noticeOf(t, key)
		require.Equal(t, "期限が分かりません。発行日をこのシステムに登録してください。", unknown.Why.JA)
		require.Equal(t, credential.Text{JA: "発行日をこのシステムに登録します。分からないときだけ、次の手順で新しくします。",
			EN: "Enter the date of its issue into this system. Only if it is not known, renew it as follows."},
			unknown.Steps[0])
		key.Start = time.Now().AddDate(-2, 0, 0)
		require.Equal(t, unknown.Steps[1:], noticeOf(t, key).Steps, "one that has expired is renewed")
	})
}

// TestStepsSayWhere: a notice is read in a mail or a chat, where "here" refers to nothing.
func TestStepsSayWhere(t *testing.T) {
	for _, r := range credential.Rules() {
		for _, s := range r.Steps {
			require.NotContains(t, s.JA, "ここ", "%s %s", r.Mall, r.Kind)
			require.NotRegexp(t, `\bhere\b`, s.EN, "%s %s", r.Mall, r.Kind)
		}
	}
}
