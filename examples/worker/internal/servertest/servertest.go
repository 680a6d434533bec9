// Package servertest gives the tests of a package a PostgreSQL, and each test a database of its own
// in it.
package servertest

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"example.com/jpmall-worker/internal/server"
)

// Run runs a package's tests, for its TestMain: it starts a PostgreSQL, puts it into postgres, and
// stops it at the end. It returns the exit code.
func Run(m *testing.M, postgres **server.Server) int {
	s, err := server.Start(context.Background())
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = s.Stop() }()
	*postgres = s
	return m.Run()
}

// Open makes a database with its tables and returns a pool, which is closed with the test, and the
// URL for other processes.
func Open(
	t testing.TB, postgres *server.Server, migrate func(context.Context, *pgxpool.Pool) error,
) (*pgxpool.Pool, string) {
	t.Helper()
	url, err := postgres.Database(t.Context(), "test_"+strings.ToLower(rand.Text()))
	require.NoError(t, err)
	db, err := pgxpool.New(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(db.Close)
	require.NoError(t, migrate(t.Context(), db))
	return db, url
}
