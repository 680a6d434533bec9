package faulttest_test

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// parted counts the calls of writes and those of reads.
type parted struct {
	wire          http.RoundTripper
	mu            sync.Mutex
	writes, reads int
}

func (p *parted) RoundTrip(r *http.Request) (*http.Response, error) {
	p.mu.Lock()
	if transport.IsWriting(r.Context()) {
		p.writes++
	} else {
		p.reads++
	}
	p.mu.Unlock()
	return p.wire.RoundTrip(r)
}

func (p *parted) counts() (writes, reads int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.writes, p.reads
}

// TestWritesFirst reports shipping while readers sweep hundreds of orders (with -full two dozen
// readers, thousands) through the same client, page by page and one by one, within the malls'
// quotas: each call of the report, what it reads before and after among them, waits for one slot of
// the quota at most. The sweeps go on meanwhile.
func TestWritesFirst(t *testing.T) {
	slots := map[order.Mall]time.Duration{ // of getOrder at Amazon; the others have one for all calls
		order.Rakuten: time.Second, order.Yahoo: time.Second, order.AuPay: time.Second, order.Amazon: 2 * time.Second,
	}
	for _, open := range openers {
		synctest.Test(t, func(t *testing.T) {
			m := open(3, pick(300, 2000), true)
			defer m.close()
			wire := &parted{wire: m.wire}
			source := m.source(t, wire)
			var todo order.Order
			for o, err := range source.Orders(t.Context(), order.Query{From: time.Now().AddDate(0, 0, -14)}) {
				require.NoError(t, err)
				if todo = take(&[]order.Order{o}, order.ReadyToShip); todo.ID != "" {
					break
				}
			}
			ctx, stop := context.WithCancel(t.Context())
			var sweeps sync.WaitGroup
			for i := range pick(8, 24) {
				q := order.Query{From: time.Now().AddDate(0, 0, -14)}
				if i%2 == 0 {
					q = order.Query{IDs: m.ids()}
				}
				sweeps.Go(func() {
					for ctx.Err() == nil {
						for range source.Orders(ctx, q) { //nolint:revive // what is read is not looked at
						}
					}
				})
			}
			time.Sleep(2 * time.Minute) // no burst is left
			actor, err := order.NewActor(source)
			require.NoError(t, err)
			_, readsBefore := wire.counts()
			begin := time.Now()
			results, err := actor.Ship(t.Context(), tasks([]order.Order{todo}, shipment("yamato")),
				order.WriteOptions{})
			took := time.Since(begin)
			writes, reads := wire.counts()
			stop()
			sweeps.Wait()
			require.NoError(t, err, m.name)
			require.Equal(t, order.Done, results[0].Outcome, m.name)
			require.GreaterOrEqual(t, writes, 2, "%s: the order was read as well, with the write's right of way",
				m.name)
			require.LessOrEqual(t, took, time.Duration(writes)*slots[m.name], "%s: %d calls", m.name, writes)
			require.LessOrEqual(t, reads-readsBefore, 2*writes+4, "%s: reads meanwhile", m.name)
			require.Positive(t, readsBefore, m.name)
			t.Logf("%s: shipped in %s with %d calls", m.name, took, writes)
		})
	}
}
