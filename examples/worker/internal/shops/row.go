// Package shops reads the table of shops and makes their clients.
package shops

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// Row is a shop as its row says.
type Row struct {
	Mall              order.Mall
	Shop              string
	Every             time.Duration
	Since             time.Time // where the first pass begins
	Paused            bool
	BaseURL, TokenURL string // empty: the mall's own
	LabelLayout       string
	Failures          int
	Looked            time.Time // when the last good pass ended; zero before the first
}

// Table is the table of shops.
type Table struct{ DB *pgxpool.Pool }

const columns = `mall, shop, every, since, paused, base_url, token_url, label_layout, failures, looked`

func scan(r pgx.Row) (s Row, err error) {
	var looked *time.Time
	err = r.Scan(&s.Mall, &s.Shop, &s.Every, &s.Since, &s.Paused, &s.BaseURL, &s.TokenURL, &s.LabelLayout, &s.Failures, &looked)
	if looked != nil {
		s.Looked = *looked
	}
	return s, err
}

// Get gives a shop that is to be followed now; false when its row is gone or paused.
func (t Table) Get(ctx context.Context, mall order.Mall, shop string) (Row, bool, error) {
	s, err := scan(t.DB.QueryRow(ctx, `SELECT `+columns+` FROM shops WHERE mall = $1 AND shop = $2 AND NOT paused`, mall, shop))
	if errors.Is(err, pgx.ErrNoRows) {
		return Row{}, false, nil
	}
	return s, err == nil, err
}

// Active gives all shops that are to be followed.
func (t Table) Active(ctx context.Context) ([]Row, error) {
	rows, err := t.DB.Query(ctx, `SELECT `+columns+` FROM shops WHERE NOT paused ORDER BY mall, shop`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (Row, error) { return scan(r) })
}

// Put adds a shop, or changes where it is and how often it is looked at.
func (t Table) Put(ctx context.Context, s Row) error {
	_, err := t.DB.Exec(ctx, `INSERT INTO shops (mall, shop, every, since, paused, base_url, token_url, label_layout)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (mall, shop) DO UPDATE SET every = excluded.every, paused = excluded.paused,
		base_url = excluded.base_url, token_url = excluded.token_url, label_layout = excluded.label_layout`,
		s.Mall, s.Shop, s.Every, s.Since, s.Paused, s.BaseURL, s.TokenURL, s.LabelLayout)
	return err
}

// Looked notes how a pass ended: problem is empty when it went well.
func (t Table) Looked(ctx context.Context, mall order.Mall, shop, problem string, parked bool) error {
	_, err := t.DB.Exec(ctx, `UPDATE shops SET problem = $3, parked = $4, failures = CASE WHEN $3 = '' THEN 0 ELSE failures + 1 END,
		looked = CASE WHEN $3 = '' THEN now() ELSE looked END WHERE mall = $1 AND shop = $2`, mall, shop, problem, parked)
	return err
}

// Records gives what is known of the shops' credentials. Where a mall tells more, its prober finds it out.
func (t Table) Records(ctx context.Context, store credential.Store) ([]credential.Record, error) {
	active, err := t.Active(ctx)
	if err != nil {
		return nil, err
	}
	var all []credential.Record
	for _, s := range active {
		keys, err := loadKeys(ctx, store, s.Mall, s.Shop)
		if _, missing := errors.AsType[*order.Error](err); missing {
			continue // its pass says so
		}
		if err != nil {
			return nil, err
		}
		all = append(all, records(s, keys)...)
	}
	return all, nil
}
