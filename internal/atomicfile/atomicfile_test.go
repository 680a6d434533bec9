//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package atomicfile_test

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/atomicfile"
)

func TestWriteReplaces(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	for _, content := range []string{"first", "", "third, which is longer"} {
		require.NoError(t, atomicfile.Write(path, []byte(content)))
		got, err := atomicfile.Read(path, 100)
		require.NoError(t, err)
		require.Equal(t, content, string(got))
		info, err := os.Stat(path)
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode())
	}
	_, err := atomicfile.Read(path, 5)
	require.ErrorIs(t, err, atomicfile.ErrTooBig)
	_, err = atomicfile.Read(path+".none", 5)
	require.ErrorIs(t, err, os.ErrNotExist)
	require.ErrorIs(t, atomicfile.Write(filepath.Join(path+".none", "x"), nil), os.ErrNotExist)
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	require.NoError(t, err)
	require.Equal(t, []string{path}, left, "no temporary file stays")
}

func TestWriteGoesThroughNoLink(t *testing.T) {
	dir := t.TempDir()
	path, other := filepath.Join(dir, "state.json"), filepath.Join(dir, "precious")
	require.NoError(t, os.WriteFile(other, []byte("precious"), 0o644))
	for name, put := range map[string]func(string) error{
		"link":          func(at string) error { return os.Symlink(other, at) },
		"dangling link": func(at string) error { return os.Symlink(filepath.Join(dir, "made by nobody"), at) },
		"hard link":     func(at string) error { return os.Link(other, at) },
		"FIFO":          func(at string) error { return syscall.Mkfifo(at, 0o600) },
		"left by a killed process": func(at string) error {
			return os.WriteFile(at, []byte("half a sta"), 0o666)
		},
	} {
		t.Run(name, func(t *testing.T) {
			require.NoError(t, put(path+".tmp"))
			require.NoError(t, atomicfile.Write(path, []byte(name)))
			got, err := atomicfile.Read(path, 100)
			require.NoError(t, err)
			require.Equal(t, name, string(got))
			kept, err := os.ReadFile(other)
			require.NoError(t, err)
			require.Equal(t, "precious", string(kept))
			require.NoFileExists(t, filepath.Join(dir, "made by nobody"))
			info, err := os.Lstat(path)
			require.NoError(t, err)
			require.Equal(t, os.FileMode(0o600), info.Mode())
		})
	}
}

func TestAFailedWriteLeavesTheOld(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	require.NoError(t, atomicfile.Write(path, []byte("old")))
	require.NoError(t, os.MkdirAll(filepath.Join(path+".tmp", "in the way"), 0o700))
	require.Error(t, atomicfile.Write(path, []byte("new")))
	got, err := atomicfile.Read(path, 100)
	require.NoError(t, err)
	require.Equal(t, "old", string(got))
}

func TestOpenRefusesWhatIsNoFile(t *testing.T) {
	dir := t.TempDir()
	fifo, link := filepath.Join(dir, "fifo"), filepath.Join(dir, "link")
	require.NoError(t, syscall.Mkfifo(fifo, 0o600))
	require.NoError(t, os.Symlink(fifo, link))
	for _, path := range []string{dir, fifo, link, os.DevNull} {
		refused := make(chan error, 1)
		go func() {
			_, err := atomicfile.Read(path, 100)
			refused <- err
		}()
		select {
		case err := <-refused:
			require.ErrorIs(t, err, atomicfile.ErrNotRegular)
			require.ErrorContains(t, err, path)
		case <-time.After(2 * time.Minute):
			t.Fatalf("%s: hangs", path)
		}
	}
}

func TestLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	first, err := atomicfile.TryLock(path)
	require.NoError(t, err)
	_, err = atomicfile.TryLock(path)
	require.ErrorIs(t, err, atomicfile.ErrHeld)
	require.ErrorContains(t, err, path)
	ended, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	_, err = atomicfile.Lock(ended, path)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	waits := make(chan error)
	go func() {
		second, err := atomicfile.Lock(t.Context(), path)
		if err == nil {
			err = second.Release()
		}
		waits <- err
	}()
	require.NoError(t, first.Release())
	require.NoError(t, <-waits)
	require.Error(t, first.Release())

	link := path + ".link"
	require.NoError(t, os.Symlink(path+".target", link))
	_, err = atomicfile.TryLock(link)
	require.Error(t, err)
	require.NoFileExists(t, path+".target")
}
