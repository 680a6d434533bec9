package main

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/jpmall/jpmall/order"

	"example.com/jpmall-worker/pgstore"
)

// startDemo starts fake shops in which orders come and change, puts them into the tables, and
// prints what the outbox says, until end.
func startDemo(
	ctx context.Context, db *pgxpool.Pool, o options, out io.Writer,
) (end func(), err error) {
	fakes, err := openFakes(o.shops, size{orders: 12, quotas: true})
	if err != nil {
		return nil, err
	}
	if err := enter(ctx, db, o.every, entries(fakes)...); err != nil {
		closeFakes(fakes)
		return nil, err
	}
	ctx, stop := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() { stir(ctx, fakes) })
	running.Go(func() { printChanges(ctx, db, out) })
	return func() {
		stop()
		running.Wait()
		closeFakes(fakes)
	}, nil
}

// printChanges is the next system: it takes what changed from the outbox.
func printChanges(ctx context.Context, db *pgxpool.Pool, out io.Writer) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		_, err := pgstore.Outbox{DB: db}.Drain(ctx, 1000,
			func(_ context.Context, changes []pgstore.Change) error {
				count := map[order.Mall]int{}
				for _, c := range changes {
					count[c.Mall]++
				}
				_, err := fmt.Fprintf(out, "%s %d changes %v\n", time.Now().Format(time.TimeOnly),
					len(changes), count)
				return err
			})
		if err != nil && ctx.Err() == nil {
			_, _ = fmt.Fprintln(out, "outbox:", err)
		}
	}
}
