package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/jpmall/jpmall/order"

	"example.com/jpmall-worker/internal/shops"
	"example.com/jpmall-worker/pgstore"
)

// startDemo starts fake shops in which orders come and change, puts them into the tables, and prints what the outbox says, until end.
func startDemo(ctx context.Context, db *pgxpool.Pool, o options, out io.Writer) (end func(), err error) {
	fakes, err := openFakes(o.shops)
	if err != nil {
		return nil, err
	}
	if err := enter(ctx, db, fakes, o.every); err != nil {
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

// enter puts fake shops into the tables.
func enter(ctx context.Context, db *pgxpool.Pool, fakes []*fake, every time.Duration) error {
	for _, f := range fakes {
		f.row.Every, f.row.Since = every, time.Now().AddDate(0, 0, -30)
		if err := shops.PutKeys(ctx, pgstore.Credentials{DB: db}, f.row.Mall, f.row.Shop, f.keys); err != nil {
			return err
		}
		if err := (shops.Table{DB: db}).Put(ctx, f.row); err != nil {
			return err
		}
	}
	return nil
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
		_, err := pgstore.Outbox{DB: db}.Drain(ctx, 1000, func(_ context.Context, changes []pgstore.Change) error {
			count := map[order.Mall]int{}
			for _, c := range changes {
				count[c.Mall]++
			}
			_, err := fmt.Fprintf(out, "%s %d changes %v\n", time.Now().Format(time.TimeOnly), len(changes), count)
			return err
		})
		if err != nil && ctx.Err() == nil {
			_, _ = fmt.Fprintln(out, "outbox:", err)
		}
	}
}

// importShops puts the shops of a file into the tables, where any running worker finds them.
func importShops(ctx context.Context, db *pgxpool.Pool, o options) error {
	data, err := os.ReadFile(o.file)
	if err != nil {
		return err
	}
	var doc struct {
		Shops []map[string]string `json:"shops"`
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		return fmt.Errorf("%s: %w", o.file, err)
	}
	if len(doc.Shops) == 0 {
		return fmt.Errorf("%s: shops is missing or empty", o.file)
	}
	var failed []error
	var list []*fake
	for i, fields := range doc.Shops {
		f := &fake{keys: shops.Keys{}}
		for name, value := range fields {
			if variable, ok := strings.CutPrefix(value, "env:"); ok {
				if value = os.Getenv(variable); value == "" {
					failed = append(failed, fmt.Errorf("%s: shops[%d].%s: environment variable %s is not set", o.file, i, name, variable))
				}
			}
			switch name {
			case "mall":
				f.row.Mall = order.Mall(value)
			case "shop":
				f.row.Shop = value
			case "base_url":
				f.row.BaseURL = value
			case "token_url":
				f.row.TokenURL = value
			default:
				f.keys[name] = value
			}
		}
		if f.row.Mall == "" || f.row.Shop == "" {
			failed = append(failed, fmt.Errorf("%s: shops[%d]: mall and shop are required", o.file, i))
		}
		list = append(list, f)
	}
	if err := errors.Join(failed...); err != nil {
		return err
	}
	return enter(ctx, db, list, o.every)
}
