// Package pgstore keeps on PostgreSQL what following many shops has to remember. Each store is a
// small value around a pool, to be imported or copied, and any number of processes may use the same
// tables at once.
//
//	ShopFeed     what a feed remembers of a shop, and its orders and outbox in the same transaction (order.FeedStore and handler)
//	FeedStore    the feed's table alone
//	Credentials  a credential.Store with compare-and-swap: keys, tokens, and the memory of a credential.Monitor
//	LabelKeys    a label.KeyStore
//	Quotas       order.Limiters for all processes together
//	Outbox       what changed, for the next system
//
// Orders hold names and addresses, and credentials are secret in clear: give the database to this
// program only.
package pgstore

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// migrations change the schema step by step; a step that was released is never edited.
var migrations = [...]string{`
CREATE TABLE feed_shops ( -- which version of feed_rows a shop has
	mall text NOT NULL, shop text NOT NULL, version bigint NOT NULL,
	PRIMARY KEY (mall, shop)
);
CREATE TABLE feed_rows ( -- what the feed remembers of each shop; keys are bytes, not texts
	mall text NOT NULL, shop text NOT NULL, key bytea NOT NULL, value bytea NOT NULL,
	PRIMARY KEY (mall, shop, key)
);
CREATE TABLE order_revisions ( -- every state in which an order was seen
	mall text NOT NULL, shop text NOT NULL, id text NOT NULL, revision text NOT NULL,
	status text NOT NULL, seen timestamptz NOT NULL DEFAULT now(),
	PRIMARY KEY (mall, shop, id, revision)
);
CREATE TABLE orders ( -- how each order stands
	mall text NOT NULL, shop text NOT NULL, id text NOT NULL, revision text NOT NULL,
	placed timestamptz NOT NULL, updated timestamptz, status text NOT NULL, mall_status text NOT NULL,
	unresolved boolean NOT NULL, body text NOT NULL, stored timestamptz NOT NULL DEFAULT now(),
	PRIMARY KEY (mall, shop, id)
);
CREATE INDEX orders_by_status ON orders (mall, shop, status, placed);
CREATE TABLE outbox ( -- what changed and was not handed on yet
	seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	mall text NOT NULL, shop text NOT NULL, id text NOT NULL, revision text NOT NULL, at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE credentials ( -- secret
	key text PRIMARY KEY, value bytea NOT NULL, version bigint NOT NULL
);
CREATE SEQUENCE credential_versions; -- a version never comes back
CREATE TABLE label_keys (
	key text PRIMARY KEY, mall text NOT NULL, shop text NOT NULL, order_id text NOT NULL, parcel text NOT NULL,
	layout text NOT NULL, match text NOT NULL, waiting boolean NOT NULL, entry text NOT NULL
);
CREATE INDEX label_keys_by_match ON label_keys (match) WHERE match <> '';
CREATE INDEX label_keys_waiting ON label_keys (layout) WHERE waiting;
CREATE UNLOGGED TABLE quotas ( -- a row per quota, updated in place; a crash of the database empties it, which costs one burst
	key text PRIMARY KEY, tat timestamptz NOT NULL, every interval NOT NULL, burst integer NOT NULL,
	paused timestamptz NOT NULL DEFAULT '-infinity'
) WITH (fillfactor = 50);
CREATE TABLE quota_days ( -- calls of a day in Japan
	key text NOT NULL, day date NOT NULL, used bigint NOT NULL,
	PRIMARY KEY (key, day)
) WITH (fillfactor = 50);
`, `
CREATE TABLE shops ( -- a row is followed from the moment it is there
	mall text NOT NULL, shop text NOT NULL,
	every interval NOT NULL DEFAULT '5 minutes', since timestamptz NOT NULL DEFAULT now() - interval '30 days',
	paused boolean NOT NULL DEFAULT false, base_url text NOT NULL DEFAULT '', token_url text NOT NULL DEFAULT '',
	label_layout text NOT NULL DEFAULT '', -- empty: no labels
	failures integer NOT NULL DEFAULT 0, problem text NOT NULL DEFAULT '', looked timestamptz, parked boolean NOT NULL DEFAULT false,
	pass_job bigint, ship_job bigint, label_job bigint,
	PRIMARY KEY (mall, shop)
);
CREATE TABLE shipments ( -- what is to be reported, and what became of it
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	mall text NOT NULL, shop text NOT NULL, order_id text NOT NULL, parcel text NOT NULL DEFAULT '',
	carrier text NOT NULL, numbers text[] NOT NULL, shipped timestamptz NOT NULL,
	state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'sending', 'unsettled', 'done', 'refused')),
	sent timestamptz, next timestamptz NOT NULL DEFAULT now(), result text,
	UNIQUE (mall, shop, order_id, parcel, numbers)
);
CREATE INDEX shipments_open ON shipments (mall, shop, next) WHERE state IN ('new', 'sending', 'unsettled');
CREATE TABLE label_files ( -- for the label software
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	mall text NOT NULL, shop text NOT NULL, name text NOT NULL, data bytea NOT NULL, labels integer NOT NULL, at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE labelled ( -- orders that a file was written for, or that were refused in this revision
	mall text NOT NULL, shop text NOT NULL, id text NOT NULL, revision text NOT NULL, refused text NOT NULL DEFAULT '',
	PRIMARY KEY (mall, shop, id)
);
`, `
ALTER TABLE quotas SET LOGGED; -- emptied by a crash of the database it let every quota's burst through once more
`, `
ALTER TABLE shops -- how far all processes together have seen, and the orders that are tried again
	ADD seen_new timestamptz, ADD seen_status timestamptz, ADD seen_detail timestamptz,
	ADD trouble integer NOT NULL DEFAULT 0;
`, `
ALTER TABLE shops ADD added timestamptz NOT NULL DEFAULT now(); -- from when a shop that was never looked at is late
`}

// migrationLock is the advisory lock under which one process at a time migrates.
const migrationLock int64 = 0x6a706d616c6c

// Migrate brings the schema up to date. Several processes may call it at once.
func Migrate(ctx context.Context, db *pgxpool.Pool) error {
	err := pgx.BeginFunc(ctx, db, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock($1)`, migrationLock); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx,
			`CREATE TABLE IF NOT EXISTS jpmall_schema (version integer NOT NULL)`); err != nil {
			return err
		}
		var version int
		err := tx.QueryRow(ctx, `SELECT version FROM jpmall_schema`).Scan(&version)
		if errors.Is(err, pgx.ErrNoRows) {
			_, err = tx.Exec(ctx, `INSERT INTO jpmall_schema VALUES (0)`)
		}
		if err != nil {
			return err
		}
		if version > len(migrations) {
			return fmt.Errorf(
				"the schema has version %d, this program knows %d: start the newer program",
				version, len(migrations))
		}
		for _, step := range migrations[version:] {
			if _, err := tx.Exec(ctx, step); err != nil {
				return err
			}
		}
		_, err = tx.Exec(ctx, `UPDATE jpmall_schema SET version = $1`, len(migrations))
		return err
	})
	if err != nil {
		return fmt.Errorf("pgstore: migrate: %w", err)
	}
	return nil
}
