package credential_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

func notice(event credential.Event) credential.Notice {
	return credential.Notice{
		Key: "aupay/10000001/api-key|" + string(event), Event: event, Mall: order.AuPay, Shop: "10000001",
		Kind:  credential.KindAPIKey,
		State: credential.Expiring, End: jst("2026-12-01 10:00:00"), Days: 3,
		Title: credential.Text{JA: "APIキーの期限まであと3日です", EN: "API key ends in 3 days"},
		Steps: []credential.Text{{JA: "発行します。", EN: "Issue it."}},
	}
}

func TestLogNotifier(t *testing.T) {
	var out bytes.Buffer
	n := credential.LogNotifier(slog.New(slog.NewTextHandler(&out, nil)), credential.Japanese)
	require.NoError(t, n.Notify(t.Context(), notice(credential.EventExpiring)))
	require.NoError(t, n.Notify(t.Context(), notice(credential.EventExpired)))
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	require.Len(t, lines, 2)
	require.Contains(t, lines[0], "level=WARN")
	require.Contains(t, lines[0], "あと3日")
	require.Contains(t, lines[0], "notice.end=2026-12-01T10:00:00+09:00")
	require.Contains(t, lines[1], "level=ERROR")
	require.NotContains(t, out.String(), "notice.name")
	require.NotContains(t, out.String(), "notice.why")
	out.Reset()
	unknown := notice(credential.EventUnknown)
	unknown.Name, unknown.End, unknown.Why.EN = "new", time.Time{}, "nobody knows"
	require.NoError(t, n.Notify(t.Context(), unknown))
	require.Contains(t, out.String(), "notice.name=new")
	require.Contains(t, out.String(), `notice.why="nobody knows"`)
	require.NotContains(t, out.String(), "notice.end")
	require.Error(t, credential.LogNotifier(nil, "").Notify(t.Context(), notice(credential.EventExpired)),
		"nobody is told")
}

func TestWriterNotifier(t *testing.T) {
	var out bytes.Buffer // not safe for concurrent use: the notifier must see to that
	n := credential.WriterNotifier(&out, credential.English)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() { _ = n.Notify(t.Context(), notice(credential.EventExpiring)) })
	}
	all.Wait()
	require.Equal(t, strings.Repeat("API key ends in 3 days\n  1. Issue it.\n\n", 20), out.String())
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, n.Notify(ended, notice(credential.EventExpiring)), context.Canceled)
	require.Error(t, credential.WriterNotifier(fullDisk{}, "").Notify(t.Context(), notice(credential.EventExpiring)))
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("disk is full") }

func TestNotifiersTellAll(t *testing.T) {
	down, box := errors.New("chat is down"), new(inbox)
	all := credential.Notifiers{&inbox{fail: down}, box}
	require.ErrorIs(t, all.Notify(t.Context(), notice(credential.EventExpired)), down)
	require.Len(t, box.events(), 1, "one that fails does not silence the next")
	require.Error(t, credential.Notifiers{}.Notify(t.Context(), notice(credential.EventExpired)))
}

func TestRecordID(t *testing.T) {
	ids := map[string]bool{}
	for _, r := range []credential.Record{
		{Mall: "a", Shop: "b/c", Kind: "d"}, {Mall: "a", Shop: "b", Kind: "c/d"}, {Mall: "a", Shop: "b", Kind: "c", Name: "d"}, {Mall: "a/b", Shop: "c", Kind: "d"},
	} {
		require.NoError(t, r.Validate())
		require.False(t, ids[r.ID()], r.ID())
		ids[r.ID()] = true
	}
	require.Equal(t, "yahoo/example%20store/public-key/2", credential.Record{Mall: order.Yahoo,
		Shop: "example store", Kind: credential.KindPublicKey, Name: "2"}.ID())
	require.Equal(t, "aupay/10000001/api-key", aupayKey(time.Time{}).ID())
	require.Error(t, credential.Record{Shop: "b", Kind: "d"}.Validate())
}

func TestRecordsInAStore(t *testing.T) {
	for name, s := range stores(t) {
		t.Run(name, func(t *testing.T) {
			key := aupayKey(jst("2026-09-01 10:00:00"))
			other := credential.Record{Mall: order.Rakuten, Shop: "demo-shop", Kind: credential.KindServiceSecret}
			require.NoError(t, credential.PutRecord(t.Context(), s, key))
			require.NoError(t, credential.PutRecord(t.Context(), s, other))
			key.Start, key.Note = key.Start.Add(80*24*time.Hour), "renewed"
			require.NoError(t, credential.PutRecord(t.Context(), s, key))
			all, err := credential.StoredRecords(s).Current(t.Context())
			require.NoError(t, err)
			require.Len(t, all, 2)
			require.Equal(t, "renewed", all[0].Note)
			require.True(t, key.Start.Equal(all[0].Start))
			require.NoError(t, credential.DropRecord(t.Context(), s, key.ID()))
			require.NoError(t, credential.DropRecord(t.Context(), s, "no/such/record"))
			all, err = credential.LoadRecords(t.Context(), s)
			require.NoError(t, err)
			require.Equal(t, []credential.Record{other}, all)
			require.Error(t, credential.PutRecord(t.Context(), s, credential.Record{}))
		})
	}
	broken := new(credential.Memory)
	_, err := broken.Save(t.Context(), "records", []byte(`{"canary":1}`), "")
	require.NoError(t, err)
	require.ErrorIs(t, credential.PutRecord(t.Context(), broken, aupayKey(time.Time{})), order.ErrUndecodable,
		"what cannot be read is not overwritten")
}

func TestProbers(t *testing.T) {
	cannot := credential.ProberFunc(func(context.Context, credential.Record) (credential.Observation, error) {
		return credential.Observation{}, credential.ErrCannotAsk
	})
	fails := credential.ProberFunc(func(context.Context, credential.Record) (credential.Observation, error) {
		return credential.Observation{}, order.ErrTemporary
	})
	record := aupayKey(time.Time{})
	_, err := credential.Probers{}.Probe(t.Context(), record)
	require.ErrorIs(t, err, credential.ErrCannotAsk)
	_, err = credential.Probers{cannot, fails}.Probe(t.Context(), record)
	require.ErrorIs(t, err, order.ErrTemporary, "the first that can ask decides")
	_, err = credential.ByShop{{Mall: order.Rakuten, Shop: "demo-shop"}: fails}.Probe(t.Context(), record)
	require.ErrorIs(t, err, credential.ErrCannotAsk)
	require.False(t, credential.ByShop{{Mall: order.Rakuten, Shop: "demo-shop"}: fails}.Covers(record))
	require.False(t, credential.Probers{credential.ByShop{}, keysOnly{fails}}.Covers(record))
	require.True(t, credential.Probers{credential.ByShop{{Mall: order.AuPay, Shop: record.Shop}: fails}}.Covers(record))

	// A second shop of the mall is asked by its own; one that was forgotten is no silence.
	var asked []string
	own := func(shop string) credential.Prober {
		return credential.ProberFunc(func(_ context.Context, r credential.Record) (credential.Observation, error) {
			asked = append(asked, shop+" of "+r.Shop)
			return credential.Observation{State: credential.Valid}, nil
		})
	}
	both := credential.ByShop{{Mall: order.AuPay, Shop: "10000001"}: own("10000001"),
		{Mall: order.AuPay, Shop: "10000002"}: own("10000002")}
	for _, shop := range []string{"10000001", "10000002"} {
		record.Shop = shop
		_, err = both.Probe(t.Context(), record)
		require.NoError(t, err)
	}
	require.Equal(t, []string{"10000001 of 10000001", "10000002 of 10000002"}, asked)
	record.Shop = "10000003"
	require.True(t, both.Covers(record))
	_, err = both.Probe(t.Context(), record)
	require.ErrorIs(t, err, order.ErrInvalid)
	require.NotErrorIs(t, err, credential.ErrCannotAsk)
	require.ErrorContains(t, err, "10000003")
}
