package pgstore_test

import (
	"context"
	"errors"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/label"

	"example.com/jpmall-worker/internal/server"
	"example.com/jpmall-worker/internal/servertest"
	"example.com/jpmall-worker/pgstore"
)

var postgres *server.Server

// TestMain starts a PostgreSQL for all tests; each has a database of its own in it.
func TestMain(m *testing.M) {
	os.Exit(servertest.Run(m, &postgres))
}

func open(t testing.TB) *pgxpool.Pool {
	t.Helper()
	db, _ := servertest.Open(t, postgres, pgstore.Migrate)
	return db
}

func TestMigrateManyAtOnce(t *testing.T) {
	url, err := postgres.Database(t.Context(), "migrate")
	require.NoError(t, err)
	db, err := pgxpool.New(t.Context(), url)
	require.NoError(t, err)
	defer db.Close()
	var all sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		all.Go(func() { errs[i] = pgstore.Migrate(t.Context(), db) })
	}
	all.Wait()
	require.NoError(t, errors.Join(errs...))
	require.NoError(t, pgstore.Migrate(t.Context(), db))
	_, err = db.Exec(t.Context(), `UPDATE jpmall_schema SET version = 99`)
	require.NoError(t, err)
	require.ErrorContains(t, pgstore.Migrate(t.Context(), db), "start the newer program")
}

func put(pairs ...string) (changes []order.FeedChange) {
	for i := 0; i < len(pairs); i += 2 {
		changes = append(changes, order.FeedChange{Key: pairs[i], Value: []byte(pairs[i+1])})
	}
	return changes
}

func requireTable(t *testing.T, store order.FeedStore, shop string, want map[string]string, version int64) {
	t.Helper()
	rows := map[string]string{}
	got, err := store.Load(t.Context(), "example", shop, func(c order.FeedChange) error {
		rows[c.Key] = string(c.Value)
		require.NotNil(t, c.Value)
		return nil
	})
	require.NoError(t, err)
	require.Equal(t, version, got)
	require.Equal(t, want, rows)
}

// TestFeedRowsAreBytes: keys and values need not be text, and of a key that comes twice in one Save
// the later counts.
func TestFeedRowsAreBytes(t *testing.T) {
	db := open(t)
	for shop, store := range map[string]order.FeedStore{"a": pgstore.FeedStore{DB: db},
		"b": pgstore.NewShopFeed(db, "example", "b")} {
		odd := "o:\x00\xff\x01"
		require.NoError(t, store.Save(t.Context(), "example", shop, 0, put("k", "1", "k", "2", odd, "\x00\xff")))
		requireTable(t, store, shop, map[string]string{"k": "2", odd: "\x00\xff"}, 1)
	}
}

func sample(id, revision string) order.Order {
	return order.Order{Mall: "example", Shop: "a", ID: id, Revision: revision,
		Placed: time.Date(2026, 11, 20, 9, 0, 0, 0, order.JST),
		Status: order.New, MallStatus: "100", Remarks: "記号 \x00 も"}
}

// TestOrdersAndCursorStayTogether: an order is in the tables exactly when its acknowledgement is.
func TestOrdersAndCursorStayTogether(t *testing.T) {
	db := open(t)
	ctx := t.Context()
	count := func(table string) (n int) {
		require.NoError(t, db.QueryRow(ctx, "SELECT count(*) FROM "+table).Scan(&n))
		return n
	}
	f := pgstore.NewShopFeed(db, "example", "a")
	require.NoError(t, f.Put(ctx, sample("1", "r1")))
	require.NoError(t, f.Put(ctx, sample("2", "r1")))
	require.Zero(t, count("orders"), "nothing is acknowledged yet")
	require.NoError(t, f.Save(ctx, "example", "a", 0, put("o:1", "x")))
	require.Equal(t, []int{2, 2, 2}, []int{count("orders"), count("order_revisions"), count("outbox")})

	// Another process saves in between: what this one took is not written, and forgotten with the
	// next Load.
	slow := pgstore.NewShopFeed(db, "example", "a")
	requireTable(t, slow, "a", map[string]string{"o:1": "x"}, 1)
	current, err := slow.Current(ctx)
	require.NoError(t, err)
	require.True(t, current)
	require.NoError(t, f.Save(ctx, "example", "a", 1, put("o:2", "x")))
	current, err = slow.Current(ctx)
	require.NoError(t, err)
	require.False(t, current)
	require.NoError(t, slow.Put(ctx, sample("3", "r1")))
	require.ErrorIs(t, slow.Save(ctx, "example", "a", 1, put("o:3", "x")), order.ErrFeedConflict)
	require.Equal(t, 2, count("orders"))
	requireTable(t, slow, "a", map[string]string{"o:1": "x", "o:2": "x"}, 2)
	require.NoError(t, slow.Save(ctx, "example", "a", 2, nil))
	require.Equal(t, 2, count("orders"))

	// The same again writes nothing; a change does, and so does a change back.
	for _, revision := range []string{"r1", "r2", "r2", "r1"} {
		require.NoError(t, slow.Put(ctx, sample("1", revision)))
	}
	require.NoError(t, slow.Save(ctx, "example", "a", 3, nil))
	require.Equal(t, []int{2, 3, 4}, []int{count("orders"), count("order_revisions"), count("outbox")})
	require.Error(t, slow.Save(ctx, "example", "other", 0, nil), "it is for one shop")

	// The outbox gives each change until somebody took it.
	outbox := pgstore.Outbox{DB: db}
	refused := errors.New("not now")
	_, err = outbox.Drain(ctx, 10, func(context.Context, []pgstore.Change) error { return refused })
	require.ErrorIs(t, err, refused)
	var seen []string
	for {
		n, err := outbox.Drain(ctx, 3, func(_ context.Context, changes []pgstore.Change) error {
			for _, c := range changes {
				seen = append(seen, c.ID+" "+c.Revision)
			}
			return nil
		})
		require.NoError(t, err)
		if n == 0 {
			break
		}
	}
	require.Equal(t, []string{"1 r1", "2 r1", "1 r2", "1 r1"}, seen)
}

func TestCredentialsSwapOnTheirVersion(t *testing.T) {
	s := pgstore.Credentials{DB: open(t)}
	ctx := t.Context()
	e, err := s.Load(ctx, "token/demo")
	require.NoError(t, err)
	require.Zero(t, e)
	_, err = s.Save(ctx, "token/demo", []byte(`1`), "7")
	require.ErrorIs(t, err, order.ErrConflict, "nothing is there yet")
	_, err = s.Save(ctx, "token/demo", []byte(`1`), "x")
	require.ErrorIs(t, err, order.ErrConflict)
	one, err := s.Save(ctx, "token/demo", []byte(`{"a":1}`), "")
	require.NoError(t, err)
	for _, value := range [][]byte{[]byte(`2`), nil} {
		_, err = s.Save(ctx, "token/demo", value, "")
		require.ErrorIs(t, err, order.ErrConflict)
	}
	two, err := s.Save(ctx, "token/demo", []byte(`{"a":2}`), one)
	require.NoError(t, err)
	require.NotEqual(t, one, two)
	for _, value := range [][]byte{[]byte(`3`), nil} {
		_, err = s.Save(ctx, "token/demo", value, one)
		require.ErrorIs(t, err, order.ErrConflict)
	}
	_, err = s.Save(ctx, "token/other", []byte(`"x"`), "")
	require.NoError(t, err, "each key has its own version")
	e, err = s.Load(ctx, "token/demo")
	require.NoError(t, err)
	require.Equal(t, `{"a":2}`, string(e.Value))
	require.Equal(t, two, e.Version)

	_, err = s.Save(ctx, "token/demo", nil, two)
	require.NoError(t, err)
	_, err = s.Save(ctx, "token/demo", nil, "")
	require.NoError(t, err, "nothing is there")
	e, err = s.Load(ctx, "token/demo")
	require.NoError(t, err)
	require.Zero(t, e.Version)
	three, err := s.Save(ctx, "token/demo", []byte(`4`), "")
	require.NoError(t, err)
	require.NotContains(t, []string{one, two}, three, "a version never comes back")
}

func TestCredentialsRefuse(t *testing.T) {
	s := pgstore.Credentials{DB: open(t)}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := s.Save(t.Context(), "", []byte(`1`), "")
	require.ErrorIs(t, err, order.ErrInvalid)
	_, err = s.Load(t.Context(), "")
	require.ErrorIs(t, err, order.ErrInvalid)
	_, err = s.Save(t.Context(), "k", []byte(`{"refresh":"canary`), "")
	require.ErrorIs(t, err, order.ErrInvalid)
	require.NotContains(t, err.Error(), "canary")
	_, err = s.Save(t.Context(), "k", make([]byte, credential.MaxValue+1), "")
	require.ErrorIs(t, err, order.ErrLocalLimit)
	_, err = s.Save(ended, "k", []byte(`1`), "")
	require.ErrorIs(t, err, context.Canceled)
	_, err = s.Load(ended, "k")
	require.ErrorIs(t, err, context.Canceled)
	e, err := s.Load(t.Context(), "k")
	require.NoError(t, err)
	require.Zero(t, e.Version)
}

func TestUpdateLosesNothing(t *testing.T) {
	s := pgstore.Credentials{DB: open(t)}
	const workers, each = 4, 15
	var all sync.WaitGroup
	errs := make([]error, workers)
	for i := range errs {
		all.Go(func() {
			for range each {
				errs[i] = errors.Join(errs[i], credential.Update(t.Context(), s, "count",
					func(old []byte) ([]byte, error) {
						n, _ := strconv.Atoi(string(old))
						return strconv.AppendInt(nil, int64(n+1), 10), nil
					}))
			}
		})
	}
	all.Wait()
	require.NoError(t, errors.Join(errs...))
	e, err := s.Load(t.Context(), "count")
	require.NoError(t, err)
	require.Equal(t, strconv.Itoa(workers*each), string(e.Value))
}

// TestMonitorRemembers: what one process has told, another does not tell again.
func TestMonitorRemembers(t *testing.T) {
	store := pgstore.Credentials{DB: open(t)}
	records := []credential.Record{{Mall: order.AuPay, Shop: "10000001", Kind: credential.KindAPIKey,
		Start: time.Now().AddDate(0, 0, -85)}}
	var told []credential.Notice
	for range 3 {
		m, err := credential.NewMonitor(credential.MonitorConfig{Records: credential.Static(records), Store: store,
			Notifier: credential.NotifierFunc(func(_ context.Context, n credential.Notice) error {
				told = append(told, n)
				return nil
			})})
		require.NoError(t, err)
		_, err = m.Run(t.Context())
		require.NoError(t, err)
	}
	require.Len(t, told, 1)
}

func TestLabelKeys(t *testing.T) {
	ctx := t.Context()
	keys := pgstore.LabelKeys{DB: open(t)}
	day, err := order.NewDate(2026, 11, 23)
	require.NoError(t, err)
	a := label.Entry{Key: "KEYA", ParcelRef: label.ParcelRef{Mall: order.Yahoo, Shop: "s", Order: "1"}, Layout: "x",
		Match: "match:m", Rows: 1}
	b := label.Entry{Key: "KEYB", ParcelRef: label.ParcelRef{Mall: order.Yahoo, Shop: "s", Order: "2"}, Layout: "y",
		Match: "match:m", ShipOn: day}
	require.NoError(t, keys.Save(ctx))
	require.NoError(t, keys.Save(ctx, a, b))
	got, err := keys.Load(ctx, "KEYB", "KEYC", "")
	require.NoError(t, err)
	require.Equal(t, []label.Entry{b}, got)
	got, err = keys.Load(ctx, "match:m")
	require.NoError(t, err)
	require.Equal(t, []label.Entry{a, b}, got)
	got, err = keys.Waiting(ctx, "")
	require.NoError(t, err)
	require.Equal(t, []label.Entry{a, b}, got)

	stolen := b
	stolen.Key = "KEYA"
	require.ErrorIs(t, keys.Save(ctx, label.Entry{Key: "KEYD"}, stolen), label.ErrKeyTaken)
	got, err = keys.Load(ctx, "KEYD")
	require.NoError(t, err)
	require.Empty(t, got, "none of a refused call is kept")
	require.ErrorContains(t, keys.Save(ctx, label.Entry{}), "without a key")

	a.Numbers, a.Match = []string{"1"}, "match:other"
	require.NoError(t, keys.Save(ctx, a))
	got, err = keys.Waiting(ctx, "x")
	require.NoError(t, err)
	require.Empty(t, got)
	got, err = keys.Load(ctx, "match:m")
	require.NoError(t, err)
	require.Equal(t, []label.Entry{b}, got)
}

// TestErrorsNameNoValues: an error of the database quotes keys, never what is kept.
func TestErrorsNameNoValues(t *testing.T) {
	db := open(t)
	s := pgstore.Credentials{DB: db}
	_, err := s.Save(t.Context(), "k", []byte(`"canary"`), "")
	require.NoError(t, err)
	db.Close()
	_, err = s.Save(t.Context(), "k", []byte(`"canary"`), "1")
	require.Error(t, err)
	require.False(t, strings.Contains(err.Error(), "canary"))
}
