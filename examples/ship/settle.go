package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/jpmall/jpmall/order"
)

// settle asks the malls what became of results that are unsettled, as long as that is told within
// the patience. Each result says how long to wait before. A system of your own stores the results
// instead (they have a JSON form) and asks later, also after a restart.
func settle(
	ctx context.Context, actor *order.Actor, results []order.Result, patience time.Duration,
	out io.Writer,
) ([]order.Result, error) {
	end := time.Now().Add(patience)
	for {
		var wait time.Duration
		for _, r := range results {
			if r.Outcome == order.Unsettled {
				wait = max(wait, r.Wait, time.Second)
			}
		}
		if wait == 0 || time.Now().Add(wait).After(end) {
			return actor.Settle(ctx, results)
		}
		fmt.Fprintf(out, "%d not settled; asking again in %s\n", count(results),
			wait.Round(time.Second))
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return results, ctx.Err()
		case <-timer.C:
		}
		results, _ = actor.Settle(ctx, results) // the last one's error counts
	}
}

func count(results []order.Result) int {
	return len(slices.DeleteFunc(slices.Clone(results),
		func(r order.Result) bool { return r.Outcome != order.Unsettled }))
}
