package pgstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// Credentials is a credential.Store. Values are secret and kept in clear: the table must be
// readable for this program alone.
type Credentials struct{ DB *pgxpool.Pool }

var _ credential.Store = Credentials{}

// Load implements credential.Store.
func (c Credentials) Load(ctx context.Context, key string) (credential.Entry, error) {
	if err := checkEntry(key, nil); err != nil {
		return credential.Entry{}, err
	}
	var e credential.Entry
	var version int64
	err := c.DB.QueryRow(ctx, `SELECT value, version FROM credentials WHERE key = $1`,
		key).Scan(&e.Value, &version)
	if errors.Is(err, pgx.ErrNoRows) {
		return credential.Entry{}, nil
	}
	if err != nil {
		return credential.Entry{}, fmt.Errorf("pgstore: credential %q: %w", key, err)
	}
	e.Version = strconv.FormatInt(version, 10)
	return e, nil
}

// Save implements credential.Store.
func (c Credentials) Save(
	ctx context.Context, key string, value []byte, version string,
) (string, error) {
	if err := checkEntry(key, value); err != nil {
		return "", err
	}
	was, err := strconv.ParseInt(version, 10, 64)
	if version != "" && err != nil {
		return "", conflict(key)
	}
	var now int64
	switch {
	case value == nil && version == "":
		err = c.DB.QueryRow(ctx,
			`SELECT 0 WHERE NOT EXISTS (SELECT FROM credentials WHERE key = $1)`, key).Scan(&now)
	case value == nil:
		err = c.DB.QueryRow(ctx,
			`DELETE FROM credentials WHERE key = $1 AND version = $2 RETURNING 0`, key,
			was).Scan(&now)
	case version == "":
		err = c.DB.QueryRow(ctx,
			`INSERT INTO credentials VALUES ($1, $2, nextval('credential_versions'))
			ON CONFLICT DO NOTHING RETURNING version`, key, value).Scan(&now)
	default:
		err = c.DB.QueryRow(ctx,
			`UPDATE credentials SET value = $2, version = nextval('credential_versions')
			WHERE key = $1 AND version = $3 RETURNING version`, key, value, was).Scan(&now)
	}
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return "", conflict(key)
	case err != nil:
		return "", fmt.Errorf("pgstore: credential %q: %w", key, err)
	case value == nil:
		return "", nil
	}
	return strconv.FormatInt(now, 10), nil
}

func conflict(key string) error {
	return fmt.Errorf("pgstore: credential %q was changed by somebody else: %w", key,
		order.ErrConflict)
}

// checkEntry refuses what the contract does, before anything is sent. The value stands in no error.
func checkEntry(key string, value []byte) error {
	switch {
	case key == "" || len(key) > credential.MaxKey:
		return fmt.Errorf("pgstore: credential: a key has 1 to %d bytes: %w", credential.MaxKey,
			order.ErrInvalid)
	case len(value) > credential.MaxValue:
		return fmt.Errorf("pgstore: credential %q: the value has more than %d bytes: %w", key,
			credential.MaxValue, order.ErrLocalLimit)
	case value != nil && !json.Valid(value):
		return fmt.Errorf("pgstore: credential %q: the value is not JSON: %w", key,
			order.ErrInvalid)
	}
	return nil
}
