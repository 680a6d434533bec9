package server

import (
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// programs makes a folder with programs of these names.
func programs(t *testing.T, folder string, names ...string) string {
	t.Helper()
	require.NoError(t, os.MkdirAll(folder, 0o755))
	for _, name := range names {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), nil, 0o755))
	}
	return folder
}

// TestFind: the newest of Debian's, else what is on the path, else the line that installs it.
func TestFind(t *testing.T) {
	root, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	debian := filepath.Join(root, "*", "bin")
	t.Setenv("PATH", t.TempDir())
	_, err = find(debian)
	require.ErrorIs(t, err, ErrNone)
	require.ErrorContains(t, err, "apt-get update && apt-get install postgresql")
	require.ErrorContains(t, err, "DATABASE_URL")

	onPath := programs(t, filepath.Join(root, "elsewhere"), "initdb", "pg_ctl")
	t.Setenv("PATH", onPath)
	bin, err := find(debian)
	require.NoError(t, err)
	require.Equal(t, onPath, bin)

	programs(t, filepath.Join(root, "9", "bin"), "initdb", "pg_ctl")
	newest := programs(t, filepath.Join(root, "15", "bin"), "initdb", "pg_ctl")
	programs(t, filepath.Join(root, "17", "bin"), "pg_dump") // a client alone
	bin, err = find(debian)
	require.NoError(t, err)
	require.Equal(t, newest, bin)
}

// TestServer: it runs as nobody's root, survives a restart with what it holds, and leaves nothing
// behind.
func TestServer(t *testing.T) {
	s, err := Start(t.Context())
	require.NoError(t, err)
	stopped := false
	defer func() {
		if !stopped {
			_ = s.Stop()
		}
	}()
	info, err := os.Stat(s.data())
	require.NoError(t, err)
	require.NotZero(t, info.Sys().(*syscall.Stat_t).Uid, "PostgreSQL refuses to run as root")

	url, err := s.Database(t.Context(), "own")
	require.NoError(t, err)
	query := func(sql string) (text string) {
		db, err := pgx.Connect(t.Context(), url)
		require.NoError(t, err)
		defer func() { require.NoError(t, db.Close(t.Context())) }()
		require.NoError(t, db.QueryRow(t.Context(), sql).Scan(&text))
		return text
	}
	db, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	_, err = db.Exec(t.Context(), `CREATE TABLE t AS SELECT 'kept' AS v`)
	require.NoError(t, err)
	require.NoError(t, db.Close(t.Context()))
	before := query(`SELECT pg_postmaster_start_time()::text`)
	require.NoError(t, s.Restart(t.Context()))
	require.NotEqual(t, before, query(`SELECT pg_postmaster_start_time()::text`))
	require.Equal(t, "kept", query(`SELECT v FROM t`))

	require.NoError(t, s.Stop())
	stopped = true
	require.NoDirExists(t, s.folder)
	_, err = pgx.Connect(t.Context(), "postgres://jpmall@127.0.0.1:"+strconv.Itoa(s.port)+"/postgres?sslmode=disable")
	require.Error(t, err)
	_, err = Start(t.Context(), "no_such_setting = 1")
	require.ErrorContains(t, err, "no_such_setting", "the server's own words")
}
