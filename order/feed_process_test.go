//go:build linux || darwin

package order_test

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// TestMain lets tests start this binary as another process that saves into a folder until it is
// killed.
func TestMain(m *testing.M) {
	if folder := os.Getenv("FEED_FOLDER"); folder != "" {
		if err := saveForEver(folder, os.Getenv("FEED_LIMIT")); err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// saveForEver saves the numbers from the table's version on and prints each when Save has returned.
// With a limit no file may grow beyond so many bytes until a Save has failed for it.
func saveForEver(folder, limit string) error {
	store, err := order.NewFileFeedStore(folder)
	if err != nil {
		return err
	}
	if limit != "" {
		n, err := strconv.ParseUint(limit, 10, 64)
		if err != nil {
			return err
		}
		signal.Ignore(syscall.SIGXFSZ)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: n, Max: 1 << 40}); err != nil {
			return err
		}
	}
	_, version, err := table(store, "example", "a")
	if err != nil {
		return err
	}
	for {
		err := store.Save(context.Background(), "example", "a", version, numbers(version))
		if err != nil {
			fmt.Println("full", err)
			if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 1 << 40, Max: 1 << 40}); err != nil {
				return err
			}
			limit = ""
			continue
		}
		version++
		fmt.Println(version)
	}
}

// numbers is the version-th change: a row of its own in ten, one that is overwritten, one that
// goes.
func numbers(version int64) []order.FeedChange {
	changes := put("last", fmt.Sprint(version), fmt.Sprint("o:", version%1000), strings.Repeat("v", int(version%97)+1))
	return append(changes, order.FeedChange{Key: fmt.Sprint("o:", (version+500)%1000)})
}

// expected is the table at a version.
func expected(version int64) map[string]string {
	rows := map[string]string{}
	for v := range version {
		for _, c := range numbers(v) {
			rows[c.Key] = string(c.Value)
			if c.Value == nil {
				delete(rows, c.Key)
			}
		}
	}
	return rows
}

func startSaving(t *testing.T, folder, limit string) (child *exec.Cmd, lines *bufio.Scanner) {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	child = exec.Command(self)
	child.Env = append(os.Environ(), "FEED_FOLDER="+folder, "FEED_LIMIT="+limit)
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	return child, bufio.NewScanner(out)
}

// killed waits for so many lines, kills the process at some moment after, and returns the last
// version that it printed.
func killed(t *testing.T, child *exec.Cmd, lines *bufio.Scanner, n int, more time.Duration) (version int64, full bool) {
	t.Helper()
	read := func() bool {
		if !lines.Scan() {
			return false
		}
		if v, err := strconv.ParseInt(lines.Text(), 10, 64); err == nil {
			version = v
		} else {
			require.Contains(t, lines.Text(), "full")
			full = true
		}
		return true
	}
	for range n {
		require.True(t, read(), "it ended by itself")
	}
	time.Sleep(more)
	require.NoError(t, child.Process.Kill())
	for read() {
	}
	_ = child.Wait()
	return version, full
}

// TestFileFeedStoreIsKilled: what Save said is saved is there, and the table is what some Save made
// it.
func TestFileFeedStoreIsKilled(t *testing.T) {
	folder := t.TempDir()
	dice := rand.New(rand.NewPCG(1, 1))
	for range 15 {
		child, lines := startSaving(t, folder, "")
		if !lines.Scan() {
			t.Fatal("it ended by itself")
		}
		_, err := order.NewFileFeedStore(folder)
		require.ErrorContains(t, err, "is in use by another feed store, of this process or another")
		told, _ := killed(t, child, lines, 1+dice.IntN(100), time.Duration(dice.IntN(3000))*time.Microsecond)
		store := openFolder(t, folder)
		rows, version, err := table(store, "example", "a")
		require.NoError(t, err)
		require.GreaterOrEqual(t, version, told)
		require.LessOrEqual(t, version, told+1)
		require.True(t, maps.Equal(expected(version), rows))
		require.NoError(t, store.Close(), "the kernel has let go of the dead process's lock")
	}
}

// TestFileFeedStoreOnAFullDisk: the failure is told, nothing that was saved is lost, and saving
// goes on when there is room.
func TestFileFeedStoreOnAFullDisk(t *testing.T) {
	for _, limit := range []int{50, 1000, 30_001, 30_020, 30_047} {
		folder := t.TempDir()
		child, lines := startSaving(t, folder, fmt.Sprint(limit))
		told, full := killed(t, child, lines, 700, 0)
		require.True(t, full)
		rows, version, err := table(openFolder(t, folder), "example", "a")
		require.NoError(t, err)
		require.GreaterOrEqual(t, version, told)
		require.True(t, maps.Equal(expected(version), rows))
	}
}

func TestFileFeedStoreWaitsForNoPipe(t *testing.T) {
	for _, ending := range []string{"example,a.log", "example,a.json", ".lock"} {
		folder := t.TempDir()
		require.NoError(t, syscall.Mkfifo(filepath.Join(folder, ending), 0o600))
		store, err := order.NewFileFeedStore(folder)
		if err == nil {
			_, _, err = table(store, "example", "a")
			require.NoError(t, store.Close())
		}
		require.ErrorContains(t, err, "not a plain file")
	}
}
