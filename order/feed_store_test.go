package order_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

func openFolder(t testing.TB, folder string) *order.FileFeedStore {
	t.Helper()
	store, err := order.NewFileFeedStore(folder)
	require.NoError(t, err)
	t.Cleanup(func() { _ = store.Close() })
	return store
}

// table reads a shop's table as the contract says: the later row counts, a nil value removes.
func table(store order.FeedStore, mall order.Mall, shop string) (map[string]string, int64, error) {
	rows := map[string]string{}
	version, err := store.Load(context.Background(), mall, shop, func(c order.FeedChange) error {
		if c.Value == nil {
			delete(rows, c.Key)
		} else {
			rows[c.Key] = string(c.Value)
		}
		return nil
	})
	return rows, version, err
}

func requireTable(t *testing.T, store order.FeedStore, shop string, want map[string]string, version int64) {
	t.Helper()
	rows, got, err := table(store, "example", shop)
	require.NoError(t, err)
	require.Equal(t, version, got)
	require.Equal(t, want, rows)
}

// theLog is the one log file in a folder.
func theLog(t testing.TB, folder string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.log"))
	require.NoError(t, err)
	require.Len(t, files, 1)
	return files[0]
}

func put(pairs ...string) (changes []order.FeedChange) {
	for i := 0; i < len(pairs); i += 2 {
		changes = append(changes, order.FeedChange{Key: pairs[i], Value: []byte(pairs[i+1])})
	}
	return changes
}

// history saves random changes and keeps what the table was after each.
func history(t *testing.T, store order.FeedStore, dice *rand.Rand, saves int) []map[string]string {
	t.Helper()
	states := []map[string]string{{}}
	for version := range saves {
		now := maps.Clone(states[version])
		var changes []order.FeedChange
		if version == 0 {
			changes = put("o:first", "1", "o:second", "2")
			now["o:first"], now["o:second"] = "1", "2"
		}
		for range 1 + dice.IntN(4) {
			c := order.FeedChange{Key: fmt.Sprint("o:", dice.IntN(20))}
			if dice.IntN(4) > 0 {
				c.Value = []byte(strings.Repeat("x", dice.IntN(9)))
				now[c.Key] = string(c.Value)
			} else {
				delete(now, c.Key)
			}
			changes = append(changes, c)
		}
		require.NoError(t, store.Save(t.Context(), "example", "a", int64(version), changes))
		states = append(states, now)
	}
	return states
}

// TestFileFeedStoreCutAtEveryByte: whatever part of the last writes reached the disk, what opens is
// a state that was saved, and it can be written on.
func TestFileFeedStoreCutAtEveryByte(t *testing.T) {
	folder := t.TempDir()
	store := openFolder(t, folder)
	states := history(t, store, rand.New(rand.NewPCG(1, 1)), 5)
	require.NoError(t, store.Close())
	whole, err := os.ReadFile(theLog(t, folder))
	require.NoError(t, err)
	other := t.TempDir()
	history(t, openFolder(t, other), rand.New(rand.NewPCG(1, 1)), 1)
	snapshot, err := os.Stat(theLog(t, other))
	require.NoError(t, err)
	last := int64(0)
	for length := len(whole); length >= 0; length-- {
		for _, rest := range []string{"", "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00",
			"\xff\x7f garbage of another file"} {
			folder := t.TempDir()
			path := filepath.Join(folder, "example,a.log")
			require.NoError(t, os.WriteFile(path, append(whole[:length:length], rest...), 0o600))
			store := openFolder(t, folder)
			rows, version, err := table(store, "example", "a")
			// the first write is put in place as a whole, so no crash leaves it cut
			require.Equal(t, length < int(snapshot.Size()), err != nil, "cut at %d: %v", length, err)
			if err != nil {
				require.ErrorContains(t, err, path+" is damaged")
				require.ErrorContains(t, err, "remove it to read the shop again")
				require.ErrorContains(t, store.Save(t.Context(), "example", "a", 0, nil), "is damaged")
				continue
			}
			require.Equal(t, states[version], rows, "cut at %d", length)
			last = max(last, version)
			require.NoError(t, store.Save(t.Context(), "example", "a", version, put("o:new", "1")))
			require.NoError(t, store.Close())
			written, err := os.ReadFile(path)
			require.NoError(t, err)
			require.NotContains(t, string(written), "another file", "what was cut off is gone")
			rows["o:new"] = "1"
			requireTable(t, openFolder(t, folder), "a", rows, version+1)
		}
	}
	require.Equal(t, int64(5), last)
}

// TestFileFeedStoreTellsDamage: a byte that changes in what was saved is told, never taken for the
// end; in the last record it may be taken for a write that was cut off.
func TestFileFeedStoreTellsDamage(t *testing.T) {
	folder := t.TempDir()
	store := openFolder(t, folder)
	states := history(t, store, rand.New(rand.NewPCG(2, 2)), 8)
	require.NoError(t, store.Close())
	whole, err := os.ReadFile(theLog(t, folder))
	require.NoError(t, err)
	told := 0
	for at := range whole {
		damaged := append([]byte(nil), whole...)
		damaged[at] ^= 1 << (at % 8)
		require.NoError(t, os.WriteFile(theLog(t, folder), damaged, 0o600))
		store := openFolder(t, folder)
		rows, version, err := table(store, "example", "a")
		require.NoError(t, store.Close())
		if err != nil {
			require.ErrorContains(t, err, "is damaged")
			told++
			continue
		}
		require.Equal(t, int64(7), version, "byte %d", at)
		require.Equal(t, states[7], rows)
	}
	require.Greater(t, told, len(whole)*3/4)
}

func TestFileFeedStoreCompacts(t *testing.T) {
	folder := t.TempDir()
	store := openFolder(t, folder)
	most, least, before := int64(0), int64(1<<20), int64(0)
	want := map[string]string{}
	for i := range 400 {
		var pairs []string
		for j := range 20 {
			key, value := fmt.Sprint("o:", (20*i+j)%100), fmt.Sprint(strings.Repeat("v", 50), i)
			want[key] = value
			pairs = append(pairs, key, value)
		}
		require.NoError(t, store.Save(t.Context(), "example", "a", int64(i), put(pairs...)))
		info, err := os.Stat(theLog(t, folder))
		require.NoError(t, err)
		most = max(most, info.Size())
		if info.Size() < before {
			least = min(least, info.Size())
			requireTable(t, store, "a", want, int64(i+1))
		}
		before = info.Size()
	}
	require.Less(t, most, int64(100<<10), "500 KB were written; 100 rows are 6 KB")
	require.Less(t, least, int64(7<<10))
	requireTable(t, store, "a", want, 400)
	require.NoError(t, store.Close())
	requireTable(t, openFolder(t, folder), "a", want, 400)
}

// TestFileFeedStoreAppends: of a big shop a Save writes what changed, and is none the less a Save
// when nothing did.
func TestFileFeedStoreAppends(t *testing.T) {
	folder := t.TempDir()
	store := openFolder(t, folder)
	want := map[string]string{}
	var pairs []string
	for i := range 2000 {
		key := fmt.Sprint("o:", 1000+i)
		want[key] = strings.Repeat("v", 100)
		pairs = append(pairs, key, want[key])
	}
	require.NoError(t, store.Save(t.Context(), "example", "a", 0, put(pairs...)))
	size := func() int64 {
		info, err := os.Stat(theLog(t, folder))
		require.NoError(t, err)
		return info.Size()
	}
	whole := size()
	require.NoError(t, store.Save(t.Context(), "example", "a", 1, put(pairs[:400]...)))
	require.InDelta(t, whole/10, size()-whole, 50, "a tenth of the rows, and no more")
	require.NoError(t, store.Save(t.Context(), "example", "a", 2, nil))
	requireTable(t, store, "a", want, 3)
	require.NoError(t, store.Close())
	requireTable(t, openFolder(t, folder), "a", want, 3)
}

func TestFileFeedStoreHasOneOwner(t *testing.T) {
	folder := t.TempDir()
	store := openFolder(t, folder)
	_, err := order.NewFileFeedStore(folder)
	require.ErrorContains(t, err, folder+" is in use by another feed store")
	require.NoError(t, store.Close())
	require.NoError(t, store.Close(), "twice does no harm")
	_, _, err = table(store, "example", "a")
	require.ErrorContains(t, err, "closed")
	require.ErrorContains(t, store.Save(t.Context(), "example", "a", 0, nil), "closed")
	openFolder(t, folder)
}

func TestFileFeedStoreKeepsShopsApart(t *testing.T) {
	folder := t.TempDir()
	store := openFolder(t, folder)
	names := []order.Ref{{Mall: "a-b", Shop: "c"}, {Mall: "a", Shop: "b-c"}, {Mall: "a", Shop: "b,c"},
		{Mall: "a,b", Shop: "c"}, {Mall: "a", Shop: ".."},
		{Mall: "a", Shop: "x/../../y"}}
	for i, n := range names {
		require.NoError(t, os.WriteFile(filepath.Join(folder, "left-by-a-killed-process.tmp"), []byte("{"), 0o600))
		require.NoError(t, store.Save(t.Context(), n.Mall, n.Shop, 0, put("k", fmt.Sprint(i))))
	}
	for i, n := range names {
		rows, _, err := table(store, n.Mall, n.Shop)
		require.NoError(t, err)
		require.Equal(t, map[string]string{"k": fmt.Sprint(i)}, rows)
	}
}

// TestFileFeedStoreFollowsNoLinks: nor does it wait for a pipe.
func TestFileFeedStoreFollowsNoLinks(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // links and pipes need rights there
	}
	for _, ending := range []string{".log", ".json", ".log.tmp"} {
		folder, target := t.TempDir(), filepath.Join(t.TempDir(), "precious")
		require.NoError(t, os.WriteFile(target, []byte("precious"), 0o600))
		require.NoError(t, os.Symlink(target, filepath.Join(folder, "example,a"+ending)))
		store := openFolder(t, folder)
		_, _, err := table(store, "example", "a")
		if ending != ".log.tmp" {
			require.ErrorContains(t, err, "not a plain file", ending)
			require.ErrorContains(t, store.Save(t.Context(), "example", "a", 0, put("k", "v")), "not a plain file")
		} else {
			require.NoError(t, store.Save(t.Context(), "example", "a", 0, put("k", "v")),
				"a temporary file is made anew")
		}
		data, err := os.ReadFile(target)
		require.NoError(t, err)
		require.Equal(t, "precious", string(data))
	}
	folder := t.TempDir()
	require.NoError(t, os.Symlink(filepath.Join(folder, "elsewhere"), filepath.Join(folder, ".lock")))
	_, err := order.NewFileFeedStore(folder)
	require.ErrorContains(t, err, "not a plain file")
}

// old is a state of the format of before.
const old = `{"format":1,"by":0,"from":"1999-12-01T00:00:00Z","until":"2000-01-01T00:00:00Z","passed":"2000-01-01T00:00:00Z",
	"seen":{"1":{"r":"r1","t":"1999-12-31T20:00:00Z"}},"pending":{"2":{"since":"1999-12-31T20:00:00Z","class":"temporary"}}}`

// TestFeedMovesAnOldStateOn: what was acknowledged is not given again, what was in trouble is read
// again; the old file goes when the new one is there, and is not believed after that.
func TestFeedMovesAnOldStateOn(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "example,a.json")
	require.NoError(t, os.WriteFile(path, []byte(old), 0o600))
	placed := time.Date(1999, 12, 31, 20, 0, 0, 0, time.UTC)
	synctest.Test(t, func(t *testing.T) {
		shop := newLedger("a")
		shop.put("1", placed, "r1")
		shop.put("2", placed, "r1")
		time.Sleep(time.Second)
		store := openFolder(t, folder)
		require.Equal(t, []string{"a/2@r1"}, once(t, store, &inbox{}, order.FeedSource{Source: shop, From: placed}))
		require.NoFileExists(t, path)
		require.NoError(t, os.WriteFile(path, []byte("left by a crash between the two"), 0o600))
		require.NoError(t, store.Close())
		require.Empty(t, once(t, openFolder(t, folder), &inbox{}, order.FeedSource{Source: shop, From: placed}))
	})
}

func TestFeedNamesADamagedState(t *testing.T) {
	source := order.FeedSource{Source: newLedger("a"), From: time.Now().Add(-time.Hour)}
	for _, damage := range []string{"", "null", " null ", "{}", `{"format":1,"until":"2026-11`,
		`{"format":2,"seen":{}}`, `[]`, `{"format":1}`, `{"format":2,"passed":"2026-11-01T00:00:00Z"}`} {
		folder := t.TempDir()
		path := filepath.Join(folder, "example,a.json")
		require.NoError(t, os.WriteFile(path, []byte(damage), 0o600))
		err := feedOver(t, openFolder(t, folder), nil, source).Once(t.Context(), (&inbox{}).handle)
		require.ErrorContains(t, err, "state of example shop a is damaged", damage)
		require.ErrorContains(t, err, path, damage)
		require.ErrorContains(t, err, "remove it to read the shop again")
	}
	for _, c := range []struct{ key, value, why string }{
		{"cursor", "null", "format 0"}, {"cursor", "", "unexpected end"},
		{"cursor", `{"format":3,"passed":"2026-11-01T00:00:00Z"}`, "format 3"},
		{"o:1", "\x01too short", "cannot be read"}, {"o:1", "", "cannot be read"},
		{"o:1", "\x020123456789abcdefAAAAMMMM", "cannot be read"},
		{"t:1", "{}", "cannot be read"}, {"t:1", "", "unexpected end"},
	} {
		store := order.NewMemoryFeedStore()
		require.NoError(t, store.Save(t.Context(), "example", "a", 0,
			put("cursor", `{"format":2,"by":0,"passed":"2026-11-01T00:00:00Z"}`)))
		require.NoError(t, store.Save(t.Context(), "example", "a", 1, put(c.key, c.value)))
		err := feedOver(t, store, nil, source).Once(t.Context(), (&inbox{}).handle)
		require.ErrorContains(t, err, "state of example shop a is damaged", "%q", c)
		require.ErrorContains(t, err, fmt.Sprintf("row %q", c.key))
		require.ErrorContains(t, err, c.why)
		require.NotContains(t, err.Error(), "%!")
	}
	store := order.NewMemoryFeedStore()
	seen := put("o:1", "\x010123456789abcdefAAAAMMMM")
	require.NoError(t, store.Save(t.Context(), "example", "a", 0, seen))
	err := feedOver(t, store, nil, source).Once(t.Context(), (&inbox{}).handle)
	require.ErrorContains(t, err, "it has orders, but not how far they were read")
}
