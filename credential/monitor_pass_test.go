package credential_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

func TestMostUrgentFirst(t *testing.T) {
	keys := func(shop string, left time.Duration) credential.Record {
		r := aupayKey(time.Now().Add(left - 90*24*time.Hour))
		r.Shop = shop
		return r
	}
	records := []credential.Record{
		{Mall: order.Rakuten, Shop: "never", Kind: credential.KindServiceSecret},
		keys("two months", 60*24*time.Hour), keys("unknown", 0), keys("tomorrow", 24*time.Hour),
		keys("over", -time.Hour),
	}
	records[2].Start = time.Time{}
	for _, book := range []*credential.Rulebook{nil, new(credential.Rulebook)} {
		var asked []string
		_, err := monitor(t, credential.MonitorConfig{
			Records: credential.Static(records), Notifier: new(inbox), Concurrency: 1, Rulebook: book,
			Limiter: func(order.Mall) order.Limiter { return nil },
			Prober: credential.ProberFunc(func(_ context.Context, r credential.Record) (credential.Observation, error) {
				asked = append(asked, r.Shop)
				return credential.Observation{}, credential.ErrCannotAsk
			}),
		}).Run(t.Context())
		require.NoError(t, err)
		require.Equal(t, []string{"unknown", "over", "tomorrow", "two months", "never"}, asked)
	}
}

// closed is a quota that cannot be waited for.
type closed struct{}

func (closed) Wait(context.Context) error { return errors.New("no calls are left this month") }

func TestWithoutQuotaNothingIsAsked(t *testing.T) {
	report, err := monitor(t, credential.MonitorConfig{
		Records:  credential.Static([]credential.Record{aupayKey(time.Now())}),
		Notifier: new(inbox), Limiter: func(order.Mall) order.Limiter { return closed{} },
		Prober: credential.ProberFunc(func(context.Context, credential.Record) (credential.Observation, error) {
			t.Error("asked")
			return credential.Observation{}, credential.ErrCannotAsk
		}),
	}).Run(t.Context())
	require.NoError(t, err)
	require.ErrorContains(t, report.Assessments[0].ProbeErr, "no calls are left this month")
}

func TestManyFailuresAreCounted(t *testing.T) {
	for n, more := range map[int]string{20: "", 21: ": 1 more failures", 25: ": 5 more failures"} {
		_, err := monitor(t, credential.MonitorConfig{Records: credential.Static(ending(n)),
			Notifier: &inbox{fail: errors.New("chat is down")}}).Run(t.Context())
		require.Equal(t, 20, strings.Count(err.Error(), "chat is down"))
		require.Contains(t, err.Error(), more)
		require.Equal(t, more != "", strings.Contains(err.Error(), "more failures"))
	}
}

func TestWorst(t *testing.T) {
	grave := []credential.State{credential.Valid, credential.Expiring, credential.Unknown,
		credential.Expired}
	require.Equal(t, credential.Unknown, credential.Report{}.Worst())
	for i, one := range grave {
		for j, other := range grave {
			require.Equal(t, grave[max(i, j)], credential.Report{Assessments: []credential.Assessment{
				{Expiry: credential.Expiry{State: one}}, {Expiry: credential.Expiry{State: other}}}}.Worst())
		}
	}
}

// That a caller's time is over is its own doing: it is told as that alone.
func TestTimeIsUpWhileTelling(t *testing.T) {
	for name, notify := range map[string]credential.NotifierFunc{
		"given up": func(ctx context.Context, _ credential.Notice) error { <-ctx.Done(); return ctx.Err() },
		"told":     func(context.Context, credential.Notice) error { time.Sleep(time.Minute); return nil },
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			m := monitor(t, credential.MonitorConfig{Records: credential.Static(ending(3)), Concurrency: 1,
				Notifier: notify})
			report, err := m.Run(ctx)
			require.ErrorIs(t, err, context.DeadlineExceeded)
			require.Equal(t, context.DeadlineExceeded.Error(), err.Error())
			require.Equal(t, name == "told", len(report.Notices) == 1)

			ctx, cancel = context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			require.ErrorIs(t, m.Watch(ctx, time.Hour, func(err error) { t.Error(err) }),
				context.DeadlineExceeded)
		})
	}
}

// Of what a mall said the latest counts, wherever it is kept, until it is proved wrong.
func TestTheLatestAnswerCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const d = 24 * time.Hour
		start := time.Now()
		key := aupayKey(start)
		answer, failure := credential.Observation{End: start.Add(20 * d)}, error(nil)
		m := monitor(t, credential.MonitorConfig{Notifier: new(inbox),
			Records: credential.SourceFunc[[]credential.Record](func(context.Context) ([]credential.Record, error) {
				return []credential.Record{key}, nil
			}),
			Prober: credential.ProberFunc(func(context.Context, credential.Record) (credential.Observation, error) {
				return answer, failure
			}),
		})
		days := func() float64 {
			time.Sleep(time.Hour)
			report, err := m.Run(t.Context())
			require.NoError(t, err)
			return report.Assessments[0].Expiry.End.Sub(start).Hours() / 24
		}
		require.Equal(t, 20.0, days())
		failure = order.ErrMaintenance
		key.Observed = credential.Observation{At: time.Now().Add(-2 * time.Hour), End: start.Add(30 * d)}
		require.Equal(t, 20.0, days(), "somebody wrote the other end down before")
		key.Observed.At = time.Now()
		require.Equal(t, 30.0, days(), "somebody has written it down since")
		key.Observed = credential.Observation{}
		answer, failure = credential.Observation{State: credential.Valid}, nil
		require.Equal(t, 20.0, days(), "that it works does not contradict the end")
		time.Sleep(20 * d)
		answer = credential.Observation{State: credential.Expired}
		require.Equal(t, 20.0, days(), "that it is over confirms the end")
		answer = credential.Observation{State: credential.Valid}
		require.Equal(t, 90.0, days(), "that it works proves the end wrong")
	})
}
