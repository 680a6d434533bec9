package main

import (
	"context"
	"fmt"
	"os"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/label"
)

// report reads a return file and reports shipping, for real only with send.
func (p *program) report(ctx context.Context, file string, send bool) error {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer in.Close()
	reader, err := label.NewReader(label.ReaderConfig{Keys: p.keys})
	if err != nil {
		return err
	}
	back, err := reader.Read(ctx, in)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out,
		"%s: %d parcels with numbers, %d rows to look at, %d labels without a number\n",
		back.Tool, len(back.Arrivals), len(back.Problems), len(back.Missing))
	for _, row := range back.Problems {
		fmt.Fprintf(p.out, "  line %-4d %-14s %s\n", row.Line, row.Code, row.Text.In(p.lang))
	}
	for _, e := range back.Missing {
		fmt.Fprintf(p.out, "  no number yet: %s %s\n", e.Mall, e.Order)
	}
	orders, err := p.orders(ctx, back)
	if err != nil {
		return err
	}
	actor, err := order.NewActor(p.sources...)
	if err != nil {
		return err
	}
	tasks, arrivals := back.Tasks(orders)
	results, failed := actor.Ship(ctx, tasks, order.WriteOptions{DryRun: !send})
	var done []label.Arrival
	for i, r := range results {
		fmt.Fprintf(p.out, "  %-8s %-28s %-14s %-13s %s\n", r.Mall, r.Order,
			tasks[i].Do.Numbers[0].Number, r.In(order.English), r.Message)
		if send && r.Outcome == order.Done {
			done = append(done, arrivals[i])
		}
	}
	if !send {
		fmt.Fprintln(p.out, "This was a dry run; -send reports for real.")
	}
	if err := reader.Keep(ctx, done...); err != nil {
		return err
	}
	if failed != nil {
		return fmt.Errorf("not everything is done:\n%w", failed)
	}
	return nil
}

// orders reads the orders of the arrivals anew: what was shippable when the label was written may
// have been cancelled since.
func (p *program) orders(ctx context.Context, back label.Back) (orders []order.Order, err error) {
	read := map[order.Ref]bool{}
	for _, a := range back.Arrivals {
		ref := order.Ref{Mall: a.Mall, Shop: a.Shop, ID: a.Order}
		if read[ref] {
			continue
		}
		read[ref] = true
		found := false
		for _, s := range p.sources {
			if s.Mall() == a.Mall && s.Shop() == a.Shop {
				o, err := s.Order(ctx, a.Order)
				if err != nil {
					return nil, err
				}
				orders, found = append(orders, o), true
			}
		}
		if !found {
			return nil, fmt.Errorf("there is no shop %s of %s in the configuration", a.Shop, a.Mall)
		}
	}
	return orders, nil
}
