package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

var (
	kills = flag.Int("kills", 10, "how often TestKilled kills the program; 20 is the full size")
	seed  = flag.Uint64("seed", 1, "seed of TestKilled; 0 draws one")
)

// TestKilled kills the program with SIGKILL at random moments while orders come and change in four
// fake shops. In the end the database must say what the malls say: nothing missing, nothing twice;
// and after each kill it holds no order without its acknowledgement.
func TestKilled(t *testing.T) {
	n := *seed
	if n == 0 {
		n = rand.Uint64()
	}
	t.Logf("seed %d", n)
	fakes, args := startFakes(t, 4)
	ctx, stop := context.WithCancel(t.Context())
	var turmoil sync.WaitGroup
	defer turmoil.Wait()
	defer stop()
	changes := map[order.Ref]int{}
	turmoil.Go(func() { changes = upset(ctx, fakes, rand.New(rand.NewPCG(n, 1))) })

	dice := rand.New(rand.NewPCG(n, 2))
	printed := 0
	for range *kills {
		printed += killed(t, 1+dice.IntN(60), time.Duration(dice.IntN(5))*time.Millisecond, args)
		together(t, args[3])
	}
	stop()
	turmoil.Wait()
	_, messages, err := follow(t, append(args, "-once")...)
	require.NoError(t, err, messages)
	compare(t, fakes, args, changes)
	t.Logf("%d kills, %d lines before them", *kills, printed)
}

// upset adds and changes orders until ctx ends, and counts the changes of each.
func upset(ctx context.Context, fakes []*fake, dice *rand.Rand) map[order.Ref]int {
	changes := map[order.Ref]int{}
	tick := time.NewTicker(3 * time.Millisecond)
	defer tick.Stop()
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return changes
		case <-tick.C:
		}
		f := fakes[dice.IntN(len(fakes))]
		ids := f.ids()
		if dice.IntN(4) == 0 && len(ids) < 100 {
			f.add()
			continue
		}
		id := ids[dice.IntN(len(ids))]
		f.change(id, fmt.Sprintf("変更 %d", n))
		changes[order.Ref{Mall: order.Mall(f.settings["mall"]), Shop: f.settings["shop"], ID: id}]++
	}
}

// killed starts the program and kills it after so many lines and a moment more. It gives the number
// of lines.
func killed(t *testing.T, lines int, more time.Duration, args []string) int {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	child := exec.Command(self, append(args, "-every", "20ms")...)
	child.Env = append(os.Environ(), childVar+"=1")
	var messages bytes.Buffer
	child.Stderr = &messages
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	stuck := time.AfterFunc(5*time.Minute, func() { _ = child.Process.Kill() })
	defer stuck.Stop()
	n := 0
	for in := bufio.NewScanner(out); n < lines && in.Scan(); {
		n++
	}
	time.Sleep(more)
	require.NoError(t, child.Process.Kill()) // SIGKILL
	_ = child.Wait()
	require.Equal(t, lines, n, "the program ended by itself: %s", messages.String())
	return n
}

// together requires that a kill has left no order without its acknowledgement, but for the one in
// each shop's hand, and no acknowledgement without its order.
func together(t *testing.T, file string) {
	t.Helper()
	tables, err := openTables(t.Context(), file, os.Stderr)
	require.NoError(t, err)
	defer func() { require.NoError(t, tables.Close()) }()
	count := func(query string) (n int) {
		require.NoError(t, tables.db.QueryRowContext(t.Context(), query).Scan(&n))
		return n
	}
	require.Zero(t, count(`SELECT COUNT(*) FROM feed_rows f WHERE f.key LIKE 'o:%' AND NOT EXISTS (
		SELECT 1 FROM orders o WHERE o.mall = f.mall AND o.shop = f.shop AND 'o:' || o.id = f.key)`))
	require.LessOrEqual(t, count(`SELECT COUNT(*) FROM orders o WHERE NOT EXISTS (
		SELECT 1 FROM feed_rows f WHERE o.mall = f.mall AND o.shop = f.shop AND 'o:' || o.id = f.key)
		AND o.mall <> 'amazon'`), 3, "Amazon's are forgotten when they have not changed of late")
}

// compare holds the tables against the fakes' own word.
func compare(t *testing.T, fakes []*fake, args []string, changes map[order.Ref]int) {
	t.Helper()
	tables, err := openTables(t.Context(), args[3], os.Stderr)
	require.NoError(t, err)
	defer func() { require.NoError(t, tables.Close()) }()
	orders, err := tables.db.Query(
		`SELECT o.json, COUNT(r.revision), SUM(r.revision = o.revision) FROM orders o JOIN revisions r USING (mall, shop, id) GROUP BY o.mall, o.shop, o.id`)
	require.NoError(t, err)
	defer func() { require.NoError(t, orders.Close()) }()
	got := map[order.Ref]order.Order{}
	for orders.Next() {
		var data []byte
		var revisions, same int
		require.NoError(t, orders.Scan(&data, &revisions, &same))
		var o order.Order
		require.NoError(t, json.Unmarshal(data, &o))
		ref := order.Ref{Mall: o.Mall, Shop: o.Shop, ID: o.ID}
		require.NotContains(t, got, ref)
		require.Equal(t, 1, same, "the state that stands was seen once")
		most := 1 + changes[ref]
		if o.Mall == order.Yahoo { // what was just updated has a provisional revision first
			most *= 2
		}
		require.LessOrEqual(t, revisions, most, "%v has more revisions than it had states", ref)
		got[ref] = o
	}
	require.NoError(t, orders.Err())
	total := 0
	for _, f := range fakes {
		for _, id := range f.ids() {
			total++
			ref := order.Ref{Mall: order.Mall(f.settings["mall"]), Shop: f.settings["shop"], ID: id}
			o, there := got[ref]
			require.True(t, there, "%v is missing", ref)
			require.Equal(t, f.truth(id), marked(o), "%v", ref)
		}
	}
	require.Len(t, got, total, "the database has orders that no mall has")
	t.Logf("%d orders, %d changes", total, sum(changes))
}

func sum(counts map[order.Ref]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
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
