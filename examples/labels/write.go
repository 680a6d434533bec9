package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/jpmall/jpmall/internal/labeltest"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/label"
)

// write makes the labels of the orders that are ready to ship, tool by tool.
func (p *program) write(ctx context.Context, pretend bool) error {
	orders, err := p.ready(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "%d orders, files in %s\n", len(orders), p.folder)
	for _, layout := range p.settings.layouts() {
		if !p.settings.uses(layout.Name) {
			continue // it may lack an account
		}
		batch, err := p.batch(ctx, layout, orders)
		if err != nil {
			return fmt.Errorf("%s: %w", layout.Title, err)
		}
		if len(batch.Labels)+len(batch.Refusals) == 0 {
			continue
		}
		fmt.Fprintf(p.out, "\n%s: %d labels, %d refused\n", layout.Title, len(batch.Labels),
			len(batch.Refusals))
		files, err := batch.Files()
		if err != nil {
			return err
		}
		for _, f := range files {
			name := filepath.Join(p.folder, f.Name)
			if err := os.WriteFile(name, f.Data, 0o600); err != nil {
				return err
			}
			fmt.Fprintf(p.out, "  %-28s %d labels\n", f.Name, f.Labels)
			if pretend {
				if err := p.pretend(layout.Name, f); err != nil {
					return err
				}
			}
		}
		p.explain(batch)
	}
	return nil
}

// ready reads the orders of all shops that are ready to ship.
func (p *program) ready(ctx context.Context) (orders []order.Order, err error) {
	query := order.Query{From: time.Now().AddDate(0, 0, -14),
		Statuses: []order.Status{order.ReadyToShip}}
	for _, s := range p.sources {
		for o, err := range s.Orders(ctx, query) {
			if err != nil {
				return nil, err
			}
			orders = append(orders, o)
		}
	}
	return orders, nil
}

func (p *program) batch(
	ctx context.Context, layout label.Layout, orders []order.Order,
) (label.Batch, error) {
	w, err := label.NewWriter(label.Config{
		Layout: layout, Keys: p.keys, Sender: p.settings.Sender,
		Account:  p.settings.Accounts[layout.Name],
		Contents: p.settings.Contents, Phone: p.settings.Phone, Replace: p.settings.Replace,
		Plan: func(o order.Order, parcel order.Parcel) label.Plan {
			r := p.settings.rule(o, parcel)
			return label.Plan{Skip: r.Tool != layout.Name, Service: r.Service}
		},
	})
	if err != nil {
		return label.Batch{}, err
	}
	return w.Labels(ctx, orders)
}

// explain shows what was refused and why, and what a person should look at.
func (p *program) explain(batch label.Batch) {
	for _, r := range batch.Refusals {
		for _, why := range r.Reasons {
			fmt.Fprintf(p.out, "  refused %-8s %-28s %-18s %s\n", r.Mall, r.Order, why.Field,
				why.Text.In(p.lang))
		}
	}
	for _, l := range batch.Labels {
		for _, n := range l.Notes {
			fmt.Fprintf(p.out, "  note    %-8s %-28s %-18s %s\n", l.Mall, l.Order, n.Field,
				n.Text.In(p.lang))
		}
	}
}

// pretend reads a file as its tool would and writes the tool's answer beside it.
func (p *program) pretend(layout string, f label.Written) error {
	tools := map[string]func() *labeltest.Tool{
		"b2cloud": labeltest.B2, "ehiden3": labeltest.EHiden3, "yupri": labeltest.YuPri,
		"clickpost": labeltest.ClickPost, "kangaroo": labeltest.Kangaroo,
	}
	tool, ok := tools[layout]
	if !ok {
		return errors.New("nothing pretends to be " + layout)
	}
	answer, err := tool().Print(f.Data)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "  %-28s its answer\n", "back-"+f.Name)
	return os.WriteFile(filepath.Join(p.folder, "back-"+f.Name), answer, 0o600)
}
