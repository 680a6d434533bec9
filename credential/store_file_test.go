//go:build unix

package credential_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/atomicfile"
	"github.com/jpmall/jpmall/order"
)

// A thousand shops renew together: each save is answered, and they share writes.
func TestSavesThatComeTogether(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	f := openFile(t, credential.FileConfig{Path: path})
	renewAll(t, f, 1000, 0)
	renewAll(t, f, 1000, 1)
	var doc struct {
		Revision int `json:"revision"`
		Entries  map[string]struct {
			Value struct {
				N int `json:"n"`
			} `json:"value"`
		} `json:"entries"`
	}
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(content, &doc))
	require.Equal(t, 2000, doc.Revision)
	require.Len(t, doc.Entries, 1000)
	for key, e := range doc.Entries {
		require.Equal(t, 1, e.Value.N, key)
	}
}

func tokenKey(i int) string { return fmt.Sprintf("amazon/A%013d/token", i) }

// renewAll saves a token for each of n shops at once.
func renewAll(t testing.TB, f *credential.File, n, round int) {
	t.Helper()
	var all sync.WaitGroup
	errs := make([]error, n)
	for i := range n {
		all.Go(func() {
			e, err := f.Load(t.Context(), tokenKey(i))
			if err == nil {
				_, err = f.Save(t.Context(), tokenKey(i),
					fmt.Appendf(nil, `{"n":%d,"access_token":%q}`, round, strings.Repeat("x", 500)), e.Version)
			}
			errs[i] = err
		})
	}
	all.Wait()
	for _, err := range errs {
		require.NoError(t, err)
	}
}

// Of saves that come together each is judged for itself.
func TestALoserInABatchHarmsNobody(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	f := openFile(t, credential.FileConfig{Path: path})
	hold, err := atomicfile.TryLock(path + ".lock")
	require.NoError(t, err)
	var all sync.WaitGroup
	var mu sync.Mutex
	won := map[string]int{}
	for i := range 30 {
		all.Go(func() {
			_, err := f.Save(t.Context(), fmt.Sprint("k", i%3), fmt.Append(nil, i), "")
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				require.ErrorIs(t, err, order.ErrConflict)
				return
			}
			won[fmt.Sprint("k", i%3)]++
		})
	}
	time.Sleep(20 * time.Millisecond)
	require.NoError(t, hold.Release())
	all.Wait()
	require.Equal(t, map[string]int{"k0": 1, "k1": 1, "k2": 1}, won)
}

func TestWaitingForAnotherProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	f := openFile(t, credential.FileConfig{Path: path, LockTimeout: 100 * time.Millisecond})
	hold, err := atomicfile.TryLock(path + ".lock")
	require.NoError(t, err)
	begin := time.Now()
	_, err = f.Save(t.Context(), "k", []byte(`1`), "")
	require.ErrorIs(t, err, order.ErrLocalLimit)
	require.ErrorContains(t, err, "100ms")
	require.GreaterOrEqual(t, time.Since(begin), 100*time.Millisecond)

	short, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	_, err = f.Save(short, "k", []byte(`2`), "")
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.NotErrorIs(t, err, order.ErrLocalLimit)
	require.NoError(t, hold.Release())
	e, err := f.Load(t.Context(), "k")
	require.NoError(t, err)
	require.Zero(t, e.Version, "what was withdrawn is not written later")
	_, err = f.Save(t.Context(), "k", []byte(`3`), "")
	require.NoError(t, err)
}

// Who withdraws holds nobody up, and when all have withdrawn nothing waits on for the lock.
func TestWithdrawing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	hold, err := atomicfile.TryLock(path + ".lock")
	require.NoError(t, err)
	defer func() { require.NoError(t, hold.Release()) }()

	f := openFile(t, credential.FileConfig{Path: path, LockTimeout: 200 * time.Millisecond})
	// Others come and withdraw as long as the patient one waits: if each withdrawal began the time
	// anew, it would wait for ever.
	patience, stop := context.WithTimeout(t.Context(), 5*time.Minute)
	defer stop()
	answered := make(chan struct{})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for {
				select {
				case <-answered:
					return
				default:
				}
				ctx, cancel := context.WithTimeout(patience, 25*time.Millisecond)
				_, _ = f.Save(ctx, "k", []byte(`1`), "")
				cancel()
			}
		})
	}
	_, err = f.Save(patience, "k", []byte(`2`), "")
	close(answered)
	all.Wait()
	require.ErrorIs(t, err, order.ErrLocalLimit, "LockTimeout counts, whoever withdraws")

	f = openFile(t, credential.FileConfig{Path: path, LockTimeout: time.Hour})
	before := runtime.NumGoroutine()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	_, err = f.Save(ctx, "k", []byte(`3`), "")
	require.ErrorIs(t, err, context.DeadlineExceeded)
	for begin := time.Now(); runtime.NumGoroutine() > before; time.Sleep(time.Millisecond) {
		require.Less(t, time.Since(begin), 2*time.Minute, "no goroutine stays")
	}
}

// What another File, another process or a person has written is seen at once, in spite of the
// cache.
func TestAChangeFromOutsideIsSeen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	a, b := openFile(t, credential.FileConfig{Path: path}), openFile(t, credential.FileConfig{Path: path})
	version := ""
	for i := range 200 {
		var err error
		version, err = a.Save(t.Context(), "k", fmt.Append(nil, 100+i), version)
		require.NoError(t, err)
		e, err := b.Load(t.Context(), "k")
		require.NoError(t, err)
		require.Equal(t, fmt.Sprint(100+i), string(e.Value))
		require.Equal(t, version, e.Version)
	}
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	written := time.Now().Add(time.Second).Truncate(time.Second)
	for _, edit := range []struct {
		name, value string
		at          time.Time
		replace     bool
	}{
		{"of another size", "7777", written, false},
		{"at another time", "8888", written.Add(time.Second), false},
		{"in another file of that size and time", "9999", written.Add(time.Second), true},
	} {
		file := path
		if edit.replace {
			file += ".copy"
		}
		edited := strings.Replace(string(content), "299", edit.value, 1)
		require.NoError(t, os.WriteFile(file, []byte(edited), 0o600))
		require.NoError(t, os.Chtimes(file, edit.at, edit.at))
		if edit.replace {
			require.NoError(t, os.Rename(file, path))
		}
		e, err := b.Load(t.Context(), "k")
		require.NoError(t, err)
		require.Equal(t, edit.value, string(e.Value), edit.name)
	}
	require.NoError(t, os.Remove(path))
	e, err := b.Load(t.Context(), "k")
	require.NoError(t, err)
	require.Zero(t, e)
}

func TestAnUnchangedFileIsNotParsedAgain(t *testing.T) {
	f := openFile(t, credential.FileConfig{Path: filepath.Join(t.TempDir(), "keys.json")})
	renewAll(t, f, 1000, 0)
	require.Less(t, testing.AllocsPerRun(10, func() {
		_, err := f.Load(t.Context(), tokenKey(7))
		require.NoError(t, err)
	}), 100.0, "a thousand entries would cost thousands")
}

func TestFileRefusesWhatIsNoFile(t *testing.T) {
	dir := t.TempDir()
	fifo := filepath.Join(dir, "fifo")
	require.NoError(t, syscall.Mkfifo(fifo, 0o600))
	for _, path := range []string{fifo, os.DevNull, dir} {
		refused := make(chan error, 1)
		go func() {
			_, err := credential.OpenFile(credential.FileConfig{Path: path})
			refused <- err
		}()
		select {
		case err := <-refused:
			require.ErrorIs(t, err, order.ErrInvalid)
			require.ErrorContains(t, err, path)
		case <-time.After(2 * time.Minute):
			t.Fatal("hangs at", path)
		}
	}
	// One that was a file when it was opened.
	path := filepath.Join(dir, "keys.json")
	f := openFile(t, credential.FileConfig{Path: path})
	_, err := f.Save(t.Context(), "k", []byte(`1`), "")
	require.NoError(t, err)
	require.NoError(t, os.Truncate(path, 0))
	_, err = f.Load(t.Context(), "k")
	require.ErrorIs(t, err, order.ErrUndecodable)
	require.ErrorContains(t, err, "empty")
	_, err = f.Save(t.Context(), "k", []byte(`1`), "")
	require.ErrorContains(t, err, "remove the file")
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Zero(t, info.Size(), "a damaged file is left as it is")
}

func TestPutRecordsStoresAllOrNone(t *testing.T) {
	store := new(credential.Memory)
	many := make([]credential.Record, 3000)
	for i := range many {
		many[i] = credential.Record{Mall: order.Amazon, Shop: fmt.Sprint("A", i), Kind: credential.KindRefreshToken}
	}
	require.NoError(t, credential.PutRecords(t.Context(), store, many))
	many[7].Note = "changed"
	require.NoError(t, credential.PutRecords(t.Context(), store,
		[]credential.Record{many[7], {Mall: order.AuPay, Shop: "1", Kind: credential.KindAPIKey}}))
	err := credential.PutRecords(t.Context(), store,
		[]credential.Record{{Mall: order.AuPay, Shop: "2", Kind: credential.KindAPIKey}, {Mall: order.AuPay}})
	require.ErrorContains(t, err, "records[1]")
	got, err := credential.LoadRecords(t.Context(), store)
	require.NoError(t, err)
	require.Len(t, got, 3001)
	require.Equal(t, many, got[:3000])
	require.NoError(t, credential.PutRecords(t.Context(), store, nil))
}

// BenchmarkFileRenewTogether saves a token for each of n shops at once. The exponent is that of the
// time by n.
func BenchmarkFileRenewTogether(b *testing.B) {
	sizes(b, []int{100, 300, 1000}, func(b *testing.B, n int) {
		f := openFile(b, credential.FileConfig{Path: filepath.Join(b.TempDir(), "keys.json")})
		renewAll(b, f, n, 0)
		round := 1
		for b.Loop() {
			renewAll(b, f, n, round)
			round++
		}
	})
}

// BenchmarkFileSaveOne saves one token of n.
func BenchmarkFileSaveOne(b *testing.B) {
	sizes(b, []int{100, 1000, 10000}, func(b *testing.B, n int) {
		f := openFile(b, credential.FileConfig{Path: filepath.Join(b.TempDir(), "keys.json")})
		renewAll(b, f, n, 0)
		e, err := f.Load(b.Context(), tokenKey(n/2))
		require.NoError(b, err)
		for b.Loop() {
			e.Version, err = f.Save(b.Context(), tokenKey(n/2), e.Value, e.Version)
			require.NoError(b, err)
		}
	})
}

// BenchmarkFileLoad loads one token of n.
func BenchmarkFileLoad(b *testing.B) {
	sizes(b, []int{100, 1000, 10000}, func(b *testing.B, n int) {
		f := openFile(b, credential.FileConfig{Path: filepath.Join(b.TempDir(), "keys.json")})
		renewAll(b, f, n, 0)
		for b.Loop() {
			_, err := f.Load(b.Context(), tokenKey(n/2))
			require.NoError(b, err)
		}
	})
}
