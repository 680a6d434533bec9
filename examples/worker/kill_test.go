package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/yahoo/yahootest"

	"example.com/jpmall-worker/internal/server"
)

var (
	fullShops    = flag.Int("shops", 4, "fake shops of TestKilled; 200 is the full size")
	fullWorkers  = flag.Int("workers", 2, "worker processes of TestKilled; 4 is the full size")
	fullKills    = flag.Int("kills", 3, "how many of them are killed, one every few seconds; 20 is the full size")
	fullRestarts = flag.Int("restarts", 1, "how often the database is restarted; 2 is the full size")
	fullQuotas   = flag.Bool("quotas", false,
		"keep the malls' quotas in TestKilled, as the full size does: changes are seen minutes later")
	seed = flag.Uint64("seed", 1, "seed of TestKilled")
)

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

type child struct {
	cmd *exec.Cmd
	log bytes.Buffer
}

// start starts a worker process and waits until it works. Its arguments may be overruled.
func start(t *testing.T, database string, args ...string) *child {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	c := &child{cmd: exec.Command(self, slices.Concat(
		[]string{"-database", database, "-listen", "", "-pace", slowly.String(),
			"-reconcile", "1s", "-retry", "500ms", "-concurrency", "100"}, args)...)}
	c.cmd.Env = append(os.Environ(), childVar+"=1")
	c.cmd.Stderr = &c.log
	out, err := c.cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, c.cmd.Start())
	for in := bufio.NewScanner(out); in.Scan(); {
		if in.Text() == "working" {
			return c
		}
	}
	_ = c.cmd.Wait()
	t.Fatalf("the worker did not start: %s", c.log.String())
	return nil
}

func (c *child) kill(t *testing.T) {
	t.Helper()
	err := c.cmd.Process.Kill() // SIGKILL; an error says that it had ended by itself
	_ = c.cmd.Wait()
	require.NoError(t, err, c.log.String())
}

func (c *child) end(t *testing.T) {
	t.Helper()
	signal := c.cmd.Process.Signal(syscall.SIGTERM)
	err := c.cmd.Wait()
	require.NoError(t, errors.Join(signal, err), c.log.String())
}

// TestKilled follows fake shops with several processes, of which one is killed every few seconds,
// while the database is restarted, orders come and change, and one call in ten fails. Afterwards
// the tables must say what the malls say: nothing missing, nothing twice, no shipment reported
// twice; and no mall was called more than its quota allows.
func TestKilled(t *testing.T) {
	t.Parallel()
	began := time.Now()
	// With quotas a look takes up to half a minute, and changes are looked for after twenty times
	// that; a job must outlast a look.
	args := []string{"-unlimited", "-job-timeout", "3s", "-rescue-after", "4s"}
	every := time.Second
	patience := patience
	if *fullQuotas {
		args, every, patience = []string{"-job-timeout", "30s", "-rescue-after", "31s"}, 5*time.Second, 12*time.Minute
	}
	own, err := server.Start(t.Context()) // others must not feel the restarts
	require.NoError(t, err)
	defer func() { require.NoError(t, own.Stop()) }()
	db, err := pgxpool.New(t.Context(), own.URL)
	require.NoError(t, err)
	defer db.Close()
	first := start(t, own.URL, args...) // it makes the tables
	require.Eventually(t, func() bool {
		_, err := db.Exec(t.Context(), `SELECT FROM shipments`)
		return err == nil
	}, patience, 50*time.Millisecond)

	fakes, err := openFakes(*fullShops, size{orders: 4, quotas: *fullQuotas})
	require.NoError(t, err)
	defer closeFakes(fakes)
	for _, f := range fakes {
		f.trouble(t)
	}
	reported := reports(t, db, fakes)
	require.NoError(t, enter(t.Context(), db, every, entries(fakes)...))
	if *fullQuotas { // Amazon allows 20 searches at once and then one in three minutes
		_, err = db.Exec(t.Context(), `UPDATE shops SET every = '1 minute' WHERE mall = $1`, order.Amazon)
		require.NoError(t, err)
	}

	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	dice := rand.New(rand.NewPCG(*seed, 1))
	var turmoil sync.WaitGroup
	defer turmoil.Wait()
	defer stop()
	turmoil.Go(func() { upset(ctx, fakes, rand.New(rand.NewPCG(*seed, 2))) })
	require.Eventually(t, func() bool { // what changes from now on changes what was seen
		var n int
		return db.QueryRow(t.Context(), `SELECT count(DISTINCT (mall, shop)) FROM orders`).Scan(&n) == nil &&
			n >= (len(fakes)+1)/2
	}, patience, 100*time.Millisecond)
	workers := []*child{first}
	for len(workers) < *fullWorkers {
		workers = append(workers, start(t, own.URL, args...))
	}
	for n := range *fullKills {
		time.Sleep(2*time.Second + time.Duration(dice.IntN(1500))*time.Millisecond)
		if (n+1)*(*fullRestarts)/(*fullKills) > n*(*fullRestarts)/(*fullKills) {
			require.NoError(t, own.Restart(t.Context()))
		}
		i := dice.IntN(len(workers))
		workers[i].kill(t)
		workers[i] = start(t, own.URL, args...)
	}
	stop()
	turmoil.Wait()
	for _, w := range workers {
		w.end(t)
	}
	for _, f := range fakes { // the malls are well again
		f.mall.(interface{ ClearFaults() }).ClearFaults()
	}
	last := start(t, own.URL, args...) // it becomes the leader at once, and takes up what the killed ones left
	differs := "not looked"
	for end := time.Now().Add(patience); differs != "" && time.Now().Before(end); time.Sleep(500 * time.Millisecond) {
		differs = compare(t, db, fakes) + unreported(t, db)
	}
	last.kill(t)
	require.Empty(t, differs, last.log.String())

	calls := 0
	var refused []string
	for _, f := range fakes {
		calls, refused = calls+f.count(), append(refused, f.refused()...)
	}
	require.Empty(t, refused, "of %d calls: above the malls' quotas", calls)
	waiting := 0
	for at, number := range reported {
		o, there := at.mall.Order(at.id)
		require.True(t, there)
		var numbers []string
		for _, p := range o.Parcels {
			for _, s := range p.Shipments {
				numbers = append(numbers, s.Number)
			}
		}
		var state string
		require.NoError(t, db.QueryRow(t.Context(), `SELECT state FROM shipments WHERE mall = $1 AND order_id = $2`,
			order.Rakuten, at.id).Scan(&state))
		if state != "done" {
			waiting++
			require.LessOrEqual(t, len(numbers), 1, "order %s", at.id)
			continue
		}
		require.Equal(t, []string{number}, numbers, "order %s", at.id)
	}
	require.Less(t, waiting, len(reported), "reports are made")
	var revisions, orders, twice int
	require.NoError(t, db.QueryRow(t.Context(), `SELECT count(*) FROM order_revisions`).Scan(&revisions))
	require.NoError(t, db.QueryRow(t.Context(), `SELECT count(*) FROM orders`).Scan(&orders))
	require.NoError(t, db.QueryRow(t.Context(),
		`SELECT count(*) FROM (SELECT lag((mall, shop, id, revision)) OVER w = (mall, shop, id, revision) AS same
		FROM outbox WINDOW w AS (PARTITION BY mall, shop, id ORDER BY seq)) t WHERE same`).Scan(&twice))
	require.Greater(t, revisions, orders, "orders were seen before and after they changed")
	require.Zero(t, twice, "the outbox names a state twice in a row")
	t.Logf(
		"%d shops, %d workers, %d kills, %d restarts, %s: %d calls, %d orders in %d states, %d shipments of which %d wait",
		*fullShops, *fullWorkers, *fullKills, *fullRestarts, time.Since(began).Round(time.Second), calls, orders,
		revisions, len(reported), waiting)
}

// trouble makes one call in ten fail, and loses some answers.
func (f *fake) trouble(t *testing.T) {
	t.Helper()
	switch m := f.mall.(type) {
	case *rakutentest.Server:
		require.NoError(t, m.Inject(rakutentest.Fault{Kind: rakutentest.ServerError, Every: 12, Times: -1},
			rakutentest.Fault{Kind: rakutentest.ReplyLost, Every: 29, Times: -1}))
	case *yahootest.Server:
		require.NoError(t, m.Inject(yahootest.Fault{Kind: yahootest.ServerError, Every: 12, Times: -1},
			yahootest.Fault{Kind: yahootest.Dropped, Every: 29, Times: -1}))
	case *amazontest.Server:
		require.NoError(t, m.Inject(amazontest.Fault{Kind: amazontest.ServerError, Every: 12, Times: -1},
			amazontest.Fault{Kind: amazontest.Truncated, Every: 29, Times: -1}))
	case *aupaytest.Server:
		require.NoError(t, m.Inject(aupaytest.Fault{Kind: aupaytest.ServerError, Every: 12, Times: -1},
			aupaytest.Fault{Kind: aupaytest.Dropped, Every: 29, Times: -1}))
	}
}

type target struct {
	mall *rakutentest.Server
	id   string
}

// reports puts shipments into the table: of Rakuten, where a report that is repeated adds a second
// record.
func reports(t *testing.T, db *pgxpool.Pool, fakes []*fake) map[target]string {
	t.Helper()
	all := map[target]string{}
	for _, f := range fakes {
		m, ok := f.mall.(*rakutentest.Server)
		for n := 0; ok && n < 10; n++ {
			id := m.AddOrder(rakutentest.Order{Progress: 300})
			number := fmt.Sprintf("00000000%04d", len(all)+1)
			all[target{m, id}] = number
			_, err := db.Exec(t.Context(),
				`INSERT INTO shipments (mall, shop, order_id, carrier, numbers, shipped, next)
				VALUES ($1, $2, $3, 'yamato', $4, now(), now() + $5)`, f.Mall, f.Shop, id, []string{number},
				time.Duration(n)*1500*time.Millisecond)
			require.NoError(t, err)
		}
	}
	return all
}

// unreported says which shipments somebody still has to look at. One whose answer died with its
// process, and which the mall does not show, waits: until the mall would surely show it, nobody can
// tell, and it is not sent again.
func unreported(t *testing.T, db *pgxpool.Pool) string {
	t.Helper()
	var open int
	require.NoError(t, db.QueryRow(t.Context(), `SELECT count(*) FROM shipments
		WHERE state <> 'done' AND NOT (state = 'unsettled' AND next > now() + interval '1 minute')`).Scan(&open))
	if open == 0 {
		return ""
	}
	return fmt.Sprintf("%d shipments are open", open)
}

// upset adds and changes orders until ctx ends.
func upset(ctx context.Context, fakes []*fake, dice *rand.Rand) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		f := fakes[dice.IntN(len(fakes))]
		ids := f.ids()
		if dice.IntN(4) == 0 && len(ids) < 8 {
			f.add()
			continue
		}
		f.change(ids[dice.IntN(len(ids))], fmt.Sprintf("変更 %d", n))
	}
}

// compare says where the table of orders differs from the fakes' own word; empty when it does not.
func compare(t *testing.T, db *pgxpool.Pool, fakes []*fake) string {
	t.Helper()
	rows, err := db.Query(t.Context(), `SELECT body FROM orders`)
	require.NoError(t, err)
	defer rows.Close()
	got := map[order.Ref]order.Order{}
	for rows.Next() {
		var body []byte
		require.NoError(t, rows.Scan(&body))
		var o order.Order
		require.NoError(t, json.Unmarshal(body, &o))
		got[order.Ref{Mall: o.Mall, Shop: o.Shop, ID: o.ID}] = o
	}
	require.NoError(t, rows.Err())
	total := 0
	for _, f := range fakes {
		for _, id := range f.ids() {
			total++
			ref := order.Ref{Mall: f.Mall, Shop: f.Shop, ID: id}
			o, there := got[ref]
			if !there {
				return fmt.Sprintf("%v is missing", ref)
			}
			if want := f.truth(id); want != marked(o) {
				return fmt.Sprintf("%v: %q, want %q", ref, marked(o), want)
			}
		}
	}
	if len(got) != total {
		return fmt.Sprintf("%d orders, the malls have %d", len(got), total)
	}
	return ""
}

// truth is what the fake has in the field that change sets, and marked what an order has there.
func (f *fake) truth(id string) string {
	switch m := f.mall.(type) {
	case *rakutentest.Server:
		o, _ := m.Order(id)
		return o.Memo
	case *yahootest.Server:
		o, _ := m.Order(id)
		return o.Fields["Notes"]
	case *amazontest.Server:
		o, _ := m.Order(id)
		return fmt.Sprint(o.Updated.UnixMilli(), o.Status)
	case *aupaytest.Server:
		o, _ := m.Order(id)
		return o.Elements["memo"]
	}
	return "no such mall"
}

func marked(o order.Order) string {
	if o.Mall == order.Amazon {
		return fmt.Sprint(o.Updated.UnixMilli(), o.MallStatus)
	}
	return o.Memo
}
