// Package shops reads the table of shops and makes their clients.
package shops

import (
	"context"
	"errors"
	"maps"
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
	err = r.Scan(&s.Mall, &s.Shop, &s.Every, &s.Since, &s.Paused, &s.BaseURL, &s.TokenURL,
		&s.LabelLayout, &s.Failures, &looked)
	if looked != nil {
		s.Looked = *looked
	}
	return s, err
}

// Get returns a shop that is to be followed now; false when its row is gone or paused.
func (t Table) Get(ctx context.Context, mall order.Mall, shop string) (Row, bool, error) {
	s, err := scan(t.DB.QueryRow(ctx,
		`SELECT `+columns+` FROM shops WHERE mall = $1 AND shop = $2 AND NOT paused`, mall, shop))
	if errors.Is(err, pgx.ErrNoRows) {
		return Row{}, false, nil
	}
	return s, err == nil, err
}

// Active returns all shops that are to be followed.
func (t Table) Active(ctx context.Context) ([]Row, error) {
	rows, err := t.DB.Query(ctx, `SELECT `+columns+
		` FROM shops WHERE NOT paused ORDER BY mall, shop`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (Row, error) { return scan(r) })
}

// Entry is a shop with its keys, to be put into the tables.
type Entry struct {
	Row
	Keys Keys
}

// NewEntry makes an Entry of the settings of a shop, and refuses them when ParseConfig of its mall
// does.
func NewEntry(settings map[string]string) (Entry, error) {
	e := Entry{Keys: maps.Clone(Keys(settings)), Row: Row{
		Mall: order.Mall(settings["mall"]), Shop: settings["shop"], BaseURL: settings["base_url"],
		TokenURL: settings["token_url"],
	}}
	for _, name := range []string{"mall", "shop", "base_url", "token_url"} {
		delete(e.Keys, name)
	}
	_, err := records(context.Background(), e.Row, e.Keys)
	return e, err
}

// Enter puts a shop and its keys into the tables, where any running worker finds it.
func (t Table) Enter(ctx context.Context, store credential.Store, e Entry) error {
	if err := PutKeys(ctx, store, e.Mall, e.Shop, e.Keys); err != nil {
		return err
	}
	return t.Put(ctx, e.Row)
}

// Put adds a shop, or changes where it is and how often it is looked at.
func (t Table) Put(ctx context.Context, s Row) error {
	_, err := t.DB.Exec(ctx,
		`INSERT INTO shops (mall, shop, every, since, paused, base_url, token_url, label_layout)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (mall, shop) DO UPDATE SET every = excluded.every, paused = excluded.paused,
		base_url = excluded.base_url, token_url = excluded.token_url, label_layout = excluded.label_layout`,
		s.Mall, s.Shop, s.Every, s.Since, s.Paused, s.BaseURL, s.TokenURL, s.LabelLayout)
	return err
}

// Looked notes how a pass ended, with problem empty when it went well, and how far the feed had
// seen by then. What another process saw before stays seen: a feed knows only its own looks.
func (t Table) Looked(
	ctx context.Context, st order.FeedStatus, problem string, parked bool,
) error {
	ago := func(lag time.Duration) *time.Duration {
		if !st.Loaded { // NULL, which greatest passes over
			return nil
		}
		lag = max(lag, 0)
		return &lag
	}
	_, err := t.DB.Exec(ctx,
		`UPDATE shops SET problem = $3, parked = $4, failures = CASE WHEN $3 = '' THEN 0 ELSE failures + 1 END,
		looked = CASE WHEN $3 = '' THEN now() ELSE looked END,
		seen_new = greatest(seen_new, now() - $5::interval),
		seen_status = greatest(seen_status, now() - $6::interval),
		seen_detail = greatest(seen_detail, now() - $7::interval),
		trouble = CASE WHEN $8 THEN $9 ELSE trouble END WHERE mall = $1 AND shop = $2`,
		st.Mall, st.Shop, problem, parked, ago(st.New), ago(st.Changed), ago(st.Any), st.Loaded,
		st.Trouble)
	return err
}

// Status returns how far the feeds of all processes have seen, as one status for each mall: the
// lags of its worst active shop, and the sum of its queues. It is empty when the database does not
// answer.
func (t Table) Status() []order.FeedStatus {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	rows, err := t.DB.Query(ctx,
		`SELECT mall, coalesce(now() - min(seen_new), '0'),
		coalesce(now() - min(seen_status), '0'), coalesce(now() - min(seen_detail), '0'),
		sum(trouble) FROM shops WHERE NOT paused GROUP BY mall`)
	if err != nil {
		return nil
	}
	all, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (st order.FeedStatus, err error) {
		err = r.Scan(&st.Mall, &st.New, &st.Changed, &st.Any, &st.Trouble)
		return st, err
	})
	if err != nil {
		return nil
	}
	return all
}

// Records returns what is known of the shops' credentials. Where a mall tells more, its prober
// finds it out.
func (t Table) Records(ctx context.Context, store credential.Store) ([]credential.Record, error) {
	active, err := t.Active(ctx)
	if err != nil {
		return nil, err
	}
	var all []credential.Record
	for _, s := range active {
		keys, err := loadKeys(ctx, store, s.Mall, s.Shop)
		var found []credential.Record
		if err == nil {
			found, err = records(ctx, s, keys)
		}
		if _, bad := errors.AsType[*order.Error](err); bad {
			continue // none, or wrong ones: its pass says so
		}
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}
