package main

import (
	"context"
	"database/sql"
	"fmt"
)

// schemaVersion is what a file of this program says of its tables (PRAGMA user_version).
const schemaVersion = 2

// The order's JSON holds names and addresses: keep the file as you keep those. The columns beside
// it are what is searched by. Who changes a table counts schemaVersion up.
const schema = `
CREATE TABLE orders ( -- how each order stands
	mall TEXT NOT NULL, shop TEXT NOT NULL, id TEXT NOT NULL, placed INTEGER NOT NULL, stage TEXT NOT NULL,
	slot TEXT NOT NULL,   -- 'unread' or ''
	search TEXT NOT NULL, -- number, goods: nothing personal
	json TEXT NOT NULL,
	PRIMARY KEY (mall, shop, id)
);
CREATE INDEX orders_placed ON orders (placed, id, mall, stage);
CREATE INDEX orders_stage ON orders (mall, stage, placed, id);
CREATE INDEX orders_slot ON orders (slot) WHERE slot <> '';
CREATE TABLE revisions ( -- every state in which an order was seen
	mall TEXT NOT NULL, shop TEXT NOT NULL, id TEXT NOT NULL, revision TEXT NOT NULL,
	seen INTEGER NOT NULL, status TEXT NOT NULL, mall_status TEXT NOT NULL,
	PRIMARY KEY (mall, shop, id, revision)
);
CREATE TABLE parcels ( -- of each parcel what is counted and searched by
	mall TEXT NOT NULL, shop TEXT NOT NULL, id TEXT NOT NULL, n INTEGER NOT NULL,
	label TEXT NOT NULL, method TEXT NOT NULL, matcher TEXT NOT NULL, slot TEXT NOT NULL, carrier TEXT NOT NULL, day TEXT NOT NULL,
	PRIMARY KEY (mall, shop, id, n)
);
CREATE INDEX parcels_label ON parcels (label, method, mall, shop, matcher, slot);
CREATE TABLE actions ( -- bulk actions, their dry runs and results
	id INTEGER PRIMARY KEY, what TEXT NOT NULL, step TEXT NOT NULL, made INTEGER NOT NULL, tasks TEXT NOT NULL, results TEXT NOT NULL,
	rows TEXT NOT NULL -- of a file with tracking numbers: what could not be used
);
CREATE TABLE feed_shops ( -- which version of feed_rows a shop has
	mall TEXT NOT NULL, shop TEXT NOT NULL, version INTEGER NOT NULL,
	PRIMARY KEY (mall, shop)
);
CREATE TABLE feed_rows ( -- what the feed remembers of each shop
	mall TEXT NOT NULL, shop TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL,
	PRIMARY KEY (mall, shop, key)
) WITHOUT ROWID;`

// prepare makes the tables of an empty file, and refuses a file whose tables are of another
// version.
func prepare(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	var version, tables int
	err = tx.QueryRowContext(ctx,
		`SELECT (SELECT user_version FROM pragma_user_version), count(*) FROM sqlite_schema`).Scan(
		&version, &tables)
	switch {
	case err != nil:
		return err
	case version == schemaVersion:
		return nil
	case version != 0 || tables > 0: // files of the time before versions say 0
		return fmt.Errorf(
			"its tables are of version %d, this program's of version %d: rename or remove the file and start again; "+
				"the orders of the last -days are read anew, histories and bulk actions begin empty",
			version, schemaVersion)
	}
	if _, err := tx.ExecContext(ctx,
		schema+fmt.Sprintf("\nPRAGMA user_version = %d;", schemaVersion)); err != nil {
		return err
	}
	return tx.Commit()
}
