package main

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"example.com/jpmall-worker/internal/jobs"
	"example.com/jpmall-worker/internal/server"
	"example.com/jpmall-worker/internal/servertest"
	"example.com/jpmall-worker/internal/shops"
	"example.com/jpmall-worker/pgstore"
)

var postgres *server.Server

// patience only bounds a hang.
const patience = 3 * time.Minute

// childVar makes the test binary the program, so that tests can start and kill it.
const childVar = "JPMALL_WORKER_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childVar) != "" {
		main()
		return
	}
	os.Exit(servertest.Run(m, &postgres))
}

func open(t testing.TB) (*pgxpool.Pool, string) {
	t.Helper()
	return servertest.Open(t, postgres, jobs.Migrate)
}

// TestShopsComeAndGoByARow: a shop is followed, paused and removed by its row, while the worker
// runs.
func TestShopsComeAndGoByARow(t *testing.T) {
	t.Parallel()
	db, url := open(t)
	fakes, err := openFakes(2, size{orders: 10})
	require.NoError(t, err)
	defer closeFakes(fakes)
	child := start(t, url, "-unlimited")
	defer child.kill(t)
	count := func(query string, args ...any) func() bool {
		return func() bool {
			var n int
			require.NoError(t, db.QueryRow(t.Context(), query, args...).Scan(&n))
			return n > 0
		}
	}
	require.NoError(t, enter(t.Context(), db, time.Second, fakes[0].Entry))
	first, second := fakes[0].Row, fakes[1].Row
	require.Eventually(t, count(`SELECT count(*) FROM orders WHERE shop = $1`, first.Shop), patience,
		100*time.Millisecond)

	_, err = db.Exec(t.Context(), `UPDATE shops SET paused = true`)
	require.NoError(t, err)
	require.NoError(t, enter(t.Context(), db, time.Second, fakes[1].Entry))
	ended := `SELECT count(*) FROM river_job WHERE kind = 'shop_pass' AND state = 'completed' AND args->>'shop' = $1`
	require.Eventually(t, count(ended, first.Shop), patience, 100*time.Millisecond, "a paused shop's job ends")
	require.Eventually(t, count(`SELECT count(*) FROM orders WHERE shop = $1`, second.Shop), patience,
		100*time.Millisecond)

	id := fakes[0].add()
	_, err = db.Exec(t.Context(), `UPDATE shops SET paused = false WHERE shop = $1`, first.Shop)
	require.NoError(t, err)
	require.Eventually(t, count(`SELECT count(*) FROM orders WHERE id = $1`, id), patience, 100*time.Millisecond,
		"and one takes its place")

	_, err = db.Exec(t.Context(), `DELETE FROM shops WHERE shop = $1`, second.Shop)
	require.NoError(t, err)
	require.Eventually(t, count(ended, second.Shop), patience, 100*time.Millisecond, "a removed shop's job ends")
	require.False(t, count(`SELECT count(*) FROM river_job WHERE kind = 'shop_pass' AND attempt > 1`)(),
		"no attempt was lost")
}

// TestADeadKeyParksAShop: it costs no attempt, and the new key takes effect without a restart.
func TestADeadKeyParksAShop(t *testing.T) {
	t.Parallel()
	db, url := open(t)
	fakes, err := openFakes(1, size{orders: 10})
	require.NoError(t, err)
	defer closeFakes(fakes)
	good := fakes[0].Keys
	fakes[0].Keys = shops.Keys{"service_secret": "SP000000_wrong", "license_key": "SL000000_wrong"}
	require.NoError(t, enter(t.Context(), db, time.Second, entries(fakes)...))
	child := start(t, url, "-unlimited")
	defer child.kill(t)
	state := func(want bool) func() bool {
		return func() bool {
			var parked bool
			var problem string
			require.NoError(t, db.QueryRow(t.Context(), `SELECT parked, problem FROM shops`).Scan(&parked, &problem))
			require.NotContains(t, problem, "wrong", "no key stands in it")
			return parked == want && (problem != "") == want
		}
	}
	require.Eventually(t, state(true), patience, 100*time.Millisecond)
	var failed int
	require.NoError(t, db.QueryRow(t.Context(),
		`SELECT count(*) FROM river_job WHERE kind = 'shop_pass' AND errors IS NOT NULL`).Scan(&failed))
	require.Zero(t, failed)
	require.NoError(t, shops.PutKeys(t.Context(), pgstore.Credentials{DB: db}, fakes[0].Mall, fakes[0].Shop, good))
	require.Eventually(t, state(false), patience, 100*time.Millisecond)
}

func TestArguments(t *testing.T) {
	t.Setenv("DATABASE_URL", "")
	for _, args := range [][]string{{}, {"-demo", "more"}, {"-demo", "-shops", "0"}, {"-demo", "-every", "-1s"}} {
		require.Error(t, run(t.Context(), args, &strings.Builder{}, &strings.Builder{}), args)
	}
}
