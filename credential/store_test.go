package credential_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

func openFile(t testing.TB, cfg credential.FileConfig) *credential.File {
	t.Helper()
	f, err := credential.OpenFile(cfg)
	require.NoError(t, err)
	return f
}

// stores are all built-in ones, each empty.
func stores(t *testing.T) map[string]credential.Store {
	return map[string]credential.Store{
		"memory": new(credential.Memory),
		"file":   openFile(t, credential.FileConfig{Path: filepath.Join(t.TempDir(), "keys.json")}),
	}
}

func TestStoreSwapsOnItsVersion(t *testing.T) {
	for name, s := range stores(t) {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			e, err := s.Load(ctx, "token/demo")
			require.NoError(t, err)
			require.Zero(t, e)
			_, err = s.Save(ctx, "token/demo", []byte(`1`), "7")
			require.ErrorIs(t, err, order.ErrConflict, "nothing is there yet")
			one, err := s.Save(ctx, "token/demo", []byte(`{"a":1}`), "")
			require.NoError(t, err)
			_, err = s.Save(ctx, "token/demo", []byte(`2`), "")
			require.ErrorIs(t, err, order.ErrConflict)
			two, err := s.Save(ctx, "token/demo", []byte(`{"a":2}`), one)
			require.NoError(t, err)
			require.NotEqual(t, one, two)
			_, err = s.Save(ctx, "token/demo", []byte(`3`), one)
			require.ErrorIs(t, err, order.ErrConflict)
			_, err = s.Save(ctx, "token/other", []byte(`"x"`), "")
			require.NoError(t, err, "each key has its own version")
			e, err = s.Load(ctx, "token/demo")
			require.NoError(t, err)
			require.JSONEq(t, `{"a":2}`, string(e.Value))
			require.Equal(t, two, e.Version)
			e.Value[0] = '!'
			again, err := s.Load(ctx, "token/demo")
			require.NoError(t, err)
			require.JSONEq(t, `{"a":2}`, string(again.Value), "what Load gives is the caller's own")

			_, err = s.Save(ctx, "token/demo", nil, two)
			require.NoError(t, err)
			e, err = s.Load(ctx, "token/demo")
			require.NoError(t, err)
			require.Zero(t, e.Version)
			three, err := s.Save(ctx, "token/demo", []byte(`4`), "")
			require.NoError(t, err)
			require.NotContains(t, []string{one, two}, three, "a version never comes back")
			_, err = s.Save(ctx, "token/demo", nil, three)
			require.NoError(t, err)
			four, err := s.Save(ctx, "token/demo", []byte(`5`), "")
			require.NoError(t, err)
			require.NotContains(t, []string{one, two, three}, four)
		})
	}
}

func TestStoreRefuses(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for name, s := range stores(t) {
		t.Run(name, func(t *testing.T) {
			_, err := s.Save(t.Context(), "", []byte(`1`), "")
			require.ErrorIs(t, err, order.ErrInvalid)
			_, err = s.Load(t.Context(), "")
			require.ErrorIs(t, err, order.ErrInvalid)
			_, err = s.Save(t.Context(), "k", []byte(`{"refresh":"canary`), "")
			require.ErrorIs(t, err, order.ErrInvalid)
			require.NotContains(t, err.Error(), "canary")
			_, err = s.Save(t.Context(), strings.Repeat("k", credential.MaxKey+1), []byte(`1`), "")
			require.ErrorIs(t, err, order.ErrInvalid)
			_, err = s.Save(t.Context(), "k\xff", []byte(`1`), "")
			require.ErrorIs(t, err, order.ErrInvalid)
			_, err = s.Save(t.Context(), "k", make([]byte, credential.MaxValue+1), "")
			require.ErrorIs(t, err, order.ErrLocalLimit)
			_, err = s.Save(ended, "k", []byte(`1`), "")
			require.ErrorIs(t, err, context.Canceled)
			_, err = s.Load(ended, "k")
			require.ErrorIs(t, err, context.Canceled)
			e, err := s.Load(t.Context(), "k")
			require.NoError(t, err)
			require.Zero(t, e.Version)

			largest := append(bytes.Repeat([]byte(" "), credential.MaxValue-1), '1')
			_, err = s.Save(t.Context(), strings.Repeat("k", credential.MaxKey), largest, "")
			require.NoError(t, err, "as much as is allowed")
		})
	}
}

func TestUpdateLosesNothing(t *testing.T) {
	for name, s := range stores(t) {
		t.Run(name, func(t *testing.T) {
			const workers, each = 4, 15
			var all sync.WaitGroup
			errs := make(chan error, workers)
			for range workers {
				all.Go(func() {
					for range each {
						if err := credential.Update(t.Context(), s, "count", increment); err != nil {
							errs <- err
							return
						}
					}
				})
			}
			all.Wait()
			close(errs)
			require.NoError(t, <-errs)
			e, err := s.Load(t.Context(), "count")
			require.NoError(t, err)
			require.Equal(t, strconv.Itoa(workers*each), string(e.Value))
		})
	}
	refused := errors.New("not now")
	err := credential.Update(t.Context(), new(credential.Memory), "k",
		func([]byte) ([]byte, error) { return nil, refused })
	require.ErrorIs(t, err, refused)
}

// contended is a store in which somebody else is always faster.
type contended struct {
	credential.Memory
	saves int
}

func (s *contended) Save(context.Context, string, []byte, string) (string, error) {
	s.saves++
	return "", order.ErrConflict
}

func TestUpdateEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, begin := new(contended), time.Now()
		require.ErrorIs(t, credential.Update(t.Context(), s, "count", increment), order.ErrConflict)
		require.Equal(t, 51, s.saves, "it has tried, and again")
		require.NotZero(t, time.Since(begin), "and has let others go first")
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		require.ErrorIs(t, credential.Update(ctx, s, "count", increment), context.DeadlineExceeded)
		require.Less(t, s.saves, 2*51)

		s.saves = 0
		remove := func([]byte) ([]byte, error) { return nil, nil }
		require.NoError(t, credential.Update(t.Context(), s, "count", remove))
		require.Zero(t, s.saves, "what is not there need not be removed")
		_, err := s.Memory.Save(t.Context(), "count", []byte(`1`), "")
		require.NoError(t, err)
		require.ErrorIs(t, credential.Update(t.Context(), s, "count", remove), order.ErrConflict)
	})
}

func increment(old []byte) ([]byte, error) {
	if old == nil {
		old = []byte("0")
	}
	n, err := strconv.Atoi(string(old))
	return strconv.AppendInt(nil, int64(n+1), 10), err
}

func TestFileKeepsToItself(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	f := openFile(t, credential.FileConfig{Path: path})
	_, err := f.Save(t.Context(), "k", []byte(`1`), "")
	require.NoError(t, err)
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	for _, mode := range []os.FileMode{0o640, 0o604, 0o666, 0o620} {
		require.NoError(t, os.Chmod(path, mode))
		_, err = f.Load(t.Context(), "k")
		require.ErrorIs(t, err, order.ErrForbidden)
		require.ErrorContains(t, err, "chmod 600")
		_, err = f.Save(t.Context(), "k", []byte(`2`), "1")
		require.ErrorIs(t, err, order.ErrForbidden)
		_, err = credential.OpenFile(credential.FileConfig{Path: path})
		require.ErrorIs(t, err, order.ErrForbidden)
	}
	require.NoError(t, os.Chmod(path, 0o600))
	e, err := f.Load(t.Context(), "k")
	require.NoError(t, err)
	require.Equal(t, "1", string(e.Value), "a refused file is left as it is")
}

func TestFileThroughALink(t *testing.T) {
	real, links := t.TempDir(), t.TempDir()
	path := filepath.Join(real, "keys.json")
	first := openFile(t, credential.FileConfig{Path: path})
	_, err := first.Save(t.Context(), "k", []byte(`1`), "")
	require.NoError(t, err)
	link := filepath.Join(links, "here.json")
	require.NoError(t, os.Symlink(path, link))
	second := openFile(t, credential.FileConfig{Path: link})
	_, err = second.Save(t.Context(), "k", []byte(`2`), "1")
	require.NoError(t, err)
	info, err := os.Lstat(link)
	require.NoError(t, err)
	require.NotZero(t, info.Mode()&os.ModeSymlink, "the link still is one")
	e, err := first.Load(t.Context(), "k")
	require.NoError(t, err)
	require.Equal(t, "2", string(e.Value))
}

func TestFileKeepsUnknownFields(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	require.NoError(t, os.WriteFile(path, []byte(
		`{"format":1,"revision":4,"comment":{"by":"ops","n":12345678901234567890},
		"entries":{"k":{"revision":3,"value":{"x":1},"owner":"night shift"},"other":{"revision":4,"value":[1.50]}}}`),
		0o600))
	f := openFile(t, credential.FileConfig{Path: path})
	_, err := f.Save(t.Context(), "k", []byte(`{"x":2}`), "3")
	require.NoError(t, err)
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	require.JSONEq(t, `{"format":1,"revision":5,"comment":{"by":"ops","n":12345678901234567890},
		"entries":{"k":{"revision":5,"value":{"x":2},"owner":"night shift"},"other":{"revision":4,"value":[1.50]}}}`,
		string(content))
	require.Contains(t, string(content), "12345678901234567890")
}

func TestFileRefusesWhatIsNotItsOwn(t *testing.T) {
	for name, content := range map[string]string{
		"other JSON":        `{"canary":"secret"}`,
		"no JSON":           `canary`,
		"cut off":           `{"format":1,"revision":1,"entries":{"k":{"revision":1,"value":"cana`,
		"null":              `null`,
		"empty":             ``,
		"blank":             " \n",
		"newer":             `{"format":2,"revision":1,"entries":{}}`,
		"no revision":       `{"format":1,"entries":{}}`,
		"no format":         `{"revision":1,"entries":{}}`,
		"format 0":          `{"format":0,"revision":1,"entries":{}}`,
		"entry revision 0":  `{"format":1,"revision":1,"entries":{"k":{"revision":0,"value":"canary"}}}`,
		"entry, no value":   `{"format":1,"revision":1,"entries":{"k":{"revision":1}}}`,
		"revision too high": `{"format":1,"revision":1152921504606846977,"entries":{}}`,
		"damaged entry":     `{"format":1,"revision":1,"entries":{"k":{"value":"canary"}}}`,
		"entry from future": `{"format":1,"revision":1,"entries":{"k":{"revision":2,"value":"canary"}}}`,
		"entries an array":  `{"format":1,"revision":1,"entries":["canary"]}`,
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "keys.json")
			require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
			_, err := credential.OpenFile(credential.FileConfig{Path: path})
			require.ErrorIs(t, err, order.ErrUndecodable)
			require.NotContains(t, err.Error(), "cana")
			after, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, content, string(after))
		})
	}
	for content, want := range map[string]string{
		`[]`:           "not a JSON object",
		`null`:         "not a file of this store",
		`{"format":0}`: "not a file of this store",
		`{"format":2}`: "a newer program has written it",
	} {
		path := filepath.Join(t.TempDir(), "keys.json")
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
		_, err := credential.OpenFile(credential.FileConfig{Path: path})
		require.ErrorContains(t, err, want)
	}
	_, err := credential.OpenFile(credential.FileConfig{})
	require.ErrorContains(t, err, "Path")
	_, err = credential.OpenFile(credential.FileConfig{Path: t.TempDir()})
	require.ErrorIs(t, err, order.ErrInvalid, "a folder is no file")
	_, err = credential.OpenFile(credential.FileConfig{Path: filepath.Join(t.TempDir(), "missing", "keys.json")})
	require.ErrorIs(t, err, os.ErrNotExist)
	_, err = credential.OpenFile(credential.FileConfig{Path: filepath.Join(t.TempDir(), "keys.json"),
		LockTimeout: -1})
	require.ErrorContains(t, err, "LockTimeout")
	_, err = new(credential.File).Load(t.Context(), "k")
	require.ErrorContains(t, err, "OpenFile")
	_, err = new(credential.File).Save(t.Context(), "k", []byte(`1`), "")
	require.ErrorContains(t, err, "OpenFile")
}

// A file holds MaxStore bytes at most.
func TestFileHasItsSize(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	head, tail := `{"format":1,"revision":9,"entries":{"big":{"revision":9,"value":"`, `"}}}`
	content := append([]byte(head), bytes.Repeat([]byte("x"), credential.MaxStore-len(head)-len(tail))...)
	require.NoError(t, os.WriteFile(path, append(content, tail+"\n"...), 0o600))
	_, err := credential.OpenFile(credential.FileConfig{Path: path})
	require.ErrorIs(t, err, order.ErrLocalLimit)
	require.NoError(t, os.Truncate(path, credential.MaxStore))
	f := openFile(t, credential.FileConfig{Path: path})
	_, err = f.Save(t.Context(), "k", []byte(`1`), "")
	require.ErrorIs(t, err, order.ErrLocalLimit)
	e, err := f.Load(t.Context(), "k")
	require.NoError(t, err)
	require.Zero(t, e, "what did not fit is not there")
	version, err := f.Save(t.Context(), "big", []byte(`1`), "9")
	require.NoError(t, err, "it makes room")
	require.Equal(t, "10", version)
	_, err = f.Save(t.Context(), "k", []byte(`1`), "")
	require.NoError(t, err)
}

func FuzzFile(f *testing.F) {
	f.Add(
		[]byte(
			`{"format":1,"revision":4,"x":[],"entries":{"k":{"revision":3,"value":{"x":1},"y":null},"o":{"revision":4,"value":null}}}`))
	f.Add([]byte(`{"format":1,"revision":18446744073709551615,"entries":null}`))
	f.Add([]byte(``))
	dir := f.TempDir()
	n := 0
	f.Fuzz(func(t *testing.T, content []byte) {
		n++
		path := filepath.Join(dir, fmt.Sprint(n))
		require.NoError(t, os.WriteFile(path, content, 0o600))
		defer os.Remove(path)
		s, err := credential.OpenFile(credential.FileConfig{Path: path})
		if err != nil {
			return
		}
		before, err := s.Load(t.Context(), "k")
		require.NoError(t, err, "what was accepted can be read")
		version, err := s.Save(t.Context(), "k", []byte(`{"saved":true}`), before.Version)
		require.NoError(t, err)
		require.NotEqual(t, before.Version, version)
		again, err := credential.OpenFile(credential.FileConfig{Path: path})
		require.NoError(t, err, "what was written is accepted")
		after, err := again.Load(t.Context(), "k")
		require.NoError(t, err)
		require.Equal(t, version, after.Version)
		require.JSONEq(t, `{"saved":true}`, string(after.Value))
	})
}
