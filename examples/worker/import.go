package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/jpmall/jpmall/credential"

	"example.com/jpmall-worker/internal/shops"
	"example.com/jpmall-worker/pgstore"
)

// importShops puts the shops of a file into the tables, where any running worker finds them: all of
// them, or none when one is wrong.
func importShops(ctx context.Context, db *pgxpool.Pool, o options) (n int, err error) {
	all, err := readShops(o.file)
	if err != nil {
		return 0, err
	}
	return len(all), enter(ctx, db, o.every, all...)
}

// enter puts shops into the tables, to be followed from a month ago on.
func enter(ctx context.Context, db *pgxpool.Pool, every time.Duration, all ...shops.Entry) error {
	for _, e := range all {
		e.Every, e.Since = every, time.Now().AddDate(0, 0, -30)
		if err := (shops.Table{DB: db}).Enter(ctx, pgstore.Credentials{DB: db}, e); err != nil {
			return fmt.Errorf("shop %s of %s: %w", e.Shop, e.Mall, err)
		}
	}
	return nil
}

// readShops reads the configuration file of examples/quickstart. All that is wrong with the shops
// is told at once.
func readShops(file string) (all []shops.Entry, err error) {
	list, _, err := credential.ReadShops(file)
	var failed []error
	for i, settings := range list {
		e, err := shops.NewEntry(settings)
		if err != nil {
			failed = append(failed, fmt.Errorf("%s: shops[%d]: %w", file, i, err))
		}
		all = append(all, e)
	}
	return all, errors.Join(append(failed, err)...)
}
