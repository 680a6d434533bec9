package ordertest_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/suite"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/ordertest"
)

func TestMemoryFeedStore(t *testing.T) {
	ordertest.TestFeedStore(t, func() (*ordertest.Store,
		error) {
		return &ordertest.Store{Store: order.NewMemoryFeedStore()}, nil
	})
}

func TestFileFeedStore(t *testing.T) {
	ordertest.TestFeedStore(t, func() (*ordertest.Store, error) {
		folder := t.TempDir()
		open, err := order.NewFileFeedStore(folder)
		if err != nil {
			return nil, err
		}
		var copied *order.FileFeedStore
		return &ordertest.Store{
			Store: open,
			Reopen: func() (order.FeedStore, error) {
				err := open.Close()
				if err == nil {
					open, err = order.NewFileFeedStore(folder)
				}
				return open, err
			},
			Crash: func() (order.FeedStore, error) {
				there := t.TempDir()
				err := os.CopyFS(there, os.DirFS(folder))
				if err == nil {
					copied, err = order.NewFileFeedStore(there)
				}
				return copied, err
			},
			Close: func() { // a test that failed is told so by the suite
				_ = open.Close()
				if copied != nil {
					_ = copied.Close()
				}
			},
		}, nil
	})
}

// shelf is a memory store with a fault.
type shelf struct {
	order.FeedStore
	load func(s order.FeedStore, ctx context.Context, mall order.Mall, shop string, row func(order.FeedChange) error) (
		int64, error)
	save func(s order.FeedStore, ctx context.Context, mall order.Mall, shop string, version int64, changes []order.FeedChange) error
}

func (s *shelf) Load(
	ctx context.Context, mall order.Mall, shop string, row func(order.FeedChange) error,
) (int64, error) {
	if s.load == nil {
		return s.FeedStore.Load(ctx, mall, shop, row)
	}
	return s.load(s.FeedStore, ctx, mall, shop, row)
}

func (s *shelf) Save(
	ctx context.Context, mall order.Mall, shop string, version int64, changes []order.FeedChange,
) error {
	if s.save == nil {
		return s.FeedStore.Save(ctx, mall, shop, version, changes)
	}
	return s.save(s.FeedStore, ctx, mall, shop, version, changes)
}

// saving alters what is saved.
func saving(f func(c order.FeedChange) []order.FeedChange) shelf {
	return shelf{
		save: func(s order.FeedStore, ctx context.Context, mall order.Mall, shop string, version int64, changes []order.FeedChange) error {
			var altered []order.FeedChange
			for _, c := range changes {
				altered = append(altered, f(c)...)
			}
			return s.Save(ctx, mall, shop, version, altered)
		}}
}

// version returns that of a shop.
func version(s order.FeedStore, mall order.Mall, shop string) int64 {
	// memory does not fail
	v, _ := s.Load(context.Background(), mall, shop, func(order.FeedChange) error { return nil })
	return v
}

// TestPlantedFaultsOfFeedStores: each broken store fails the clauses that it breaks, and no others.
func TestPlantedFaultsOfFeedStores(t *testing.T) {
	var mu sync.Mutex
	for name, fault := range map[string]struct {
		shelf shelf
		fails []string
	}{
		"begins with a row": {shelf{load: func(s order.FeedStore, ctx context.Context, mall order.Mall, shop string, row func(order.FeedChange) error) (int64, error) {
			v, err := s.Load(ctx, mall, shop, row)
			if err == nil && v == 0 {
				err = row(order.FeedChange{Key: "made", Value: []byte("now")})
			}
			return v, err
		}}, []string{"empty"}},
		"begins with version 1": {shelf{
			load: func(s order.FeedStore, ctx context.Context, mall order.Mall, shop string, row func(order.FeedChange) error) (int64, error) {
				v, err := s.Load(ctx, mall, shop, row)
				return max(v, 1), err
			},
			save: func(s order.FeedStore, ctx context.Context, mall order.Mall, shop string, v int64, changes []order.FeedChange) error {
				if v == 1 && version(s, mall, shop) == 0 {
					if err := s.Save(ctx, mall, shop, 0, nil); err != nil {
						return err
					}
				}
				return s.Save(ctx, mall, shop, v, changes)
			},
		}, []string{"empty", "conflict", "conflict of a first save"}},
		"takes values for text": {saving(func(c order.FeedChange) []order.FeedChange {
			if c.Value != nil {
				c.Value = bytes.ToValidUTF8(c.Value, []byte("?"))
			}
			return []order.FeedChange{c}
		}), []string{"keeps rows"}},
		"takes empty for none": {saving(func(c order.FeedChange) []order.FeedChange {
			if len(c.Value) == 0 {
				c.Value = nil
			}
			return []order.FeedChange{c}
		}), []string{"keeps empty values"}},
		"never deletes": {saving(func(c order.FeedChange) []order.FeedChange {
			if c.Value == nil {
				return nil
			}
			return []order.FeedChange{c}
		}), []string{"deletes", "reopened"}},
		"keeps the first value": {shelf{save: func(s order.FeedStore, ctx context.Context, mall order.Mall, shop string, v int64, changes []order.FeedChange) error {
			first := map[string]bool{}
			if _, err := s.Load(ctx, mall, shop,
				func(c order.FeedChange) error { first[c.Key] = true; return nil }); err != nil {
				return err
			}
			var kept []order.FeedChange
			for _, c := range changes {
				if c.Value == nil || !first[c.Key] {
					kept = append(kept, c)
				}
			}
			return s.Save(ctx, mall, shop, v, kept)
		}}, []string{"replaces", "reopened"}},
		"no new version without changes": {shelf{save: func(s order.FeedStore, ctx context.Context, mall order.Mall, shop string, v int64, changes []order.FeedChange) error {
			if len(changes) == 0 && v > 0 && v == version(s, mall, shop) {
				return ctx.Err()
			}
			return s.Save(ctx, mall, shop, v, changes)
		}}, []string{"versions"}},
		"no version check": {shelf{save: func(s order.FeedStore, ctx context.Context, mall order.Mall, shop string, v int64, changes []order.FeedChange) error {
			mu.Lock()
			defer mu.Unlock()
			return s.Save(ctx, mall, shop, version(s, mall, shop), changes)
		}}, []string{"conflict", "conflict of a first save", "all or none", "concurrent", "version when reopened"}},
		"only older versions are conflicts": {shelf{save: func(s order.FeedStore, ctx context.Context, mall order.Mall, shop string, v int64, changes []order.FeedChange) error {
			return s.Save(ctx, mall, shop, min(v, max(1, version(s, mall, shop))), changes)
		}}, []string{"conflict", "all or none"}},
		"a first save in any version": {shelf{save: func(s order.FeedStore, ctx context.Context, mall order.Mall, shop string, v int64, changes []order.FeedChange) error {
			if version(s, mall, shop) == 0 {
				v = 0
			}
			return s.Save(ctx, mall, shop, v, changes)
		}}, []string{"conflict of a first save"}},
		"a conflict of its own": {shelf{save: func(s order.FeedStore, ctx context.Context, mall order.Mall, shop string, v int64, changes []order.FeedChange) error {
			if err := s.Save(ctx, mall, shop, v, changes); errors.Is(err, order.ErrFeedConflict) {
				return errLoose
			}
			return ctx.Err()
		}}, []string{"conflict", "conflict of a first save", "concurrent", "version when reopened"}},
		"half a save": {shelf{save: func(s order.FeedStore, ctx context.Context, mall order.Mall, shop string, v int64, changes []order.FeedChange) error {
			err := s.Save(ctx, mall, shop, v, changes)
			if errors.Is(err, order.ErrFeedConflict) && len(changes) > 1 {
				_ = s.Save(ctx, mall, shop, version(s, mall, shop), changes[:1])
			}
			return err
		}}, []string{"all or none"}},
		"joins mall and shop": {shelf{
			load: func(s order.FeedStore, ctx context.Context, mall order.Mall, shop string, row func(order.FeedChange) error) (int64, error) {
				return s.Load(ctx, "", string(mall)+"-"+shop, row)
			},
			save: func(s order.FeedStore, ctx context.Context, mall order.Mall, shop string, v int64, changes []order.FeedChange) error {
				return s.Save(ctx, "", string(mall)+"-"+shop, v, changes)
			},
		}, []string{"shops apart"}},
		"folds the case of keys": {saving(func(c order.FeedChange) []order.FeedChange {
			c.Key = strings.ToLower(c.Key)
			return []order.FeedChange{c}
		}), []string{"keys"}},
		"trims keys": {saving(func(c order.FeedChange) []order.FeedChange {
			c.Key = strings.TrimSpace(c.Key)
			return []order.FeedChange{c}
		}), []string{"keys"}},
		"cuts long keys": {saving(func(c order.FeedChange) []order.FeedChange {
			c.Key = c.Key[:min(len(c.Key), 64)]
			return []order.FeedChange{c}
		}), []string{"keys"}},
		"a thousand rows at most": {shelf{save: func(s order.FeedStore, ctx context.Context, mall order.Mall, shop string, v int64, changes []order.FeedChange) error {
			return s.Save(ctx, mall, shop, v, changes[:min(len(changes), 1000)])
		}}, []string{"large table"}},
		"keeps what it is handed": {shelf{save: func(s order.FeedStore, ctx context.Context, mall order.Mall, shop string, v int64, changes []order.FeedChange) error {
			err := s.Save(ctx, mall, shop, v, changes)
			for i := range changes {
				changes[i].Key = fmt.Sprint("used ", i)
			}
			return err
		}}, []string{"keeps nothing it is handed"}},
		"ignores the context": {shelf{save: func(s order.FeedStore, ctx context.Context, mall order.Mall, shop string, v int64, changes []order.FeedChange) error {
			return s.Save(context.WithoutCancel(ctx), mall, shop, v, changes)
		}}, []string{"cancelled"}},
		"ignores the context of Load": {shelf{load: func(s order.FeedStore, ctx context.Context, mall order.Mall, shop string, row func(order.FeedChange) error) (int64, error) {
			return s.Load(context.WithoutCancel(ctx), mall, shop, row)
		}}, []string{"cancelled"}},
		"goes on after an error of row": {shelf{load: func(s order.FeedStore, ctx context.Context, mall order.Mall, shop string, row func(order.FeedChange) error) (v int64, err error) {
			v, e := s.Load(ctx, mall, shop, func(c order.FeedChange) error {
				err = errors.Join(err, row(c))
				return nil
			})
			return v, errors.Join(err, e)
		}}, []string{"an error of row"}},
		"its own words for an error of row": {shelf{load: func(s order.FeedStore, ctx context.Context, mall order.Mall, shop string, row func(order.FeedChange) error) (int64, error) {
			v, err := s.Load(ctx, mall, shop, row)
			if err != nil && ctx.Err() == nil {
				err = errLoose
			}
			return v, err
		}}, []string{"an error of row"}},
		"two may win": {shelf{save: func(s order.FeedStore, ctx context.Context, mall order.Mall, shop string, v int64, changes []order.FeedChange) error {
			if mu.TryLock() {
				defer mu.Unlock()
				err := s.Save(ctx, mall, shop, v, changes)
				time.Sleep(5 * time.Millisecond)
				return err
			}
			return nil
		}}, []string{"concurrent"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := suite.NewRecord()
			ordertest.TestFeedStore(r, func() (*ordertest.Store, error) {
				s := fault.shelf
				s.FeedStore = order.NewMemoryFeedStore()
				return &ordertest.Store{Store: &s, Reopen: func() (order.FeedStore, error) { return &s, nil }}, nil
			})
			requireFailed(t, r, fault.fails)
		})
	}
}

// heard is a T that keeps what the clauses say.
type heard struct{ said *[]string }

func (h heard) Helper() {}

func (h heard) Errorf(format string, args ...any) {
	*h.said = append(*h.said, fmt.Sprintf(format, args...))
}

func (h heard) Run(_ string, clause func(heard)) bool { clause(h); return true }

// TestWhatIsSaidOfRows: a message says what was saved and what came back; an empty value that comes
// back as nil is the mistake of stores over SQL.
func TestWhatIsSaidOfRows(t *testing.T) {
	for want, fault := range map[string]shelf{
		`keeps empty values: under "o:1" an empty value was saved: got nil or no row, which means that it was removed; want an empty value, not nil`: {load: func(s order.FeedStore, ctx context.Context, mall order.Mall, shop string, row func(order.FeedChange) error) (int64, error) {
			return s.Load(ctx, mall, shop, func(c order.FeedChange) error {
				if len(c.Value) == 0 {
					c.Value = nil
				}
				return row(c)
			})
		}},
		`deletes: under "o:2" "stays" was saved: got nil or no row`: saving(func(c order.FeedChange) []order.FeedChange {
			if string(c.Value) == "stays" {
				return nil
			}
			return []order.FeedChange{c}
		}),
		`deletes: under "o:2" "stays" was saved: got "STAYS"`: saving(func(c order.FeedChange) []order.FeedChange {
			if c.Value != nil {
				c.Value = bytes.ToUpper(c.Value)
			}
			return []order.FeedChange{c}
		}),
	} {
		h := heard{said: new([]string)}
		ordertest.TestFeedStore(h, func() (*ordertest.Store, error) {
			broken := fault
			broken.FeedStore = order.NewMemoryFeedStore()
			return &ordertest.Store{Store: &broken}, nil
		})
		require.Contains(t, *h.said, want)
	}
}

// TestPlantedFaultsOfReopening: stores that lose what they said they had kept.
func TestPlantedFaultsOfReopening(t *testing.T) {
	for name, fault := range map[string]struct {
		kept  func(saves [][]order.FeedChange, into order.FeedStore) error
		fails []string
	}{
		"loses everything": {func([][]order.FeedChange, order.FeedStore) error { return nil }, []string{"reopened", "version when reopened"}},
		"loses the last save": {func(saves [][]order.FeedChange, into order.FeedStore) error {
			return into.Save(context.Background(), ordertest.Mall, "mihon", 0, saves[0])
		}, []string{"reopened", "version when reopened"}},
		"loses deletions": {func(saves [][]order.FeedChange, into order.FeedStore) error {
			err := into.Save(context.Background(), ordertest.Mall, "mihon", 0, saves[0])
			return errors.Join(err, into.Save(context.Background(), ordertest.Mall, "mihon", 1, saves[1][:1]))
		}, []string{"reopened"}},
		"loses the version": {func(saves [][]order.FeedChange, into order.FeedStore) error {
			return into.Save(context.Background(), ordertest.Mall, "mihon", 0, saves[1])
		}, []string{"version when reopened"}},
		"cannot be opened": {func([][]order.FeedChange, order.FeedStore) error { return errLoose }, []string{"reopened", "version when reopened"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := suite.NewRecord()
			ordertest.TestFeedStore(r, func() (*ordertest.Store, error) {
				var mu sync.Mutex
				var saves [][]order.FeedChange
				s := &shelf{FeedStore: order.NewMemoryFeedStore()}
				s.save = func(s order.FeedStore, ctx context.Context, mall order.Mall, shop string, v int64, changes []order.FeedChange) error {
					mu.Lock()
					saves = append(saves, changes)
					mu.Unlock()
					return s.Save(ctx, mall, shop, v, changes)
				}
				return &ordertest.Store{Store: s, Reopen: func() (order.FeedStore, error) {
					again := order.NewMemoryFeedStore()
					return again, fault.kept(saves, again)
				}}, nil
			})
			requireFailed(t, r, fault.fails)
		})
	}
}

// TestPlantedFaultsOfCrashes: stores that keep everything when they are closed, and lose in a crash
// what they had not written yet.
func TestPlantedFaultsOfCrashes(t *testing.T) {
	for name, fault := range map[string]struct {
		written func(saves int) int // how many of the saves are on disk before Close
		fails   []string
	}{
		"writes at once":        {func(saves int) int { return saves }, nil},
		"writes only on Close":  {func(int) int { return 0 }, []string{"survives a crash"}},
		"writes one save later": {func(saves int) int { return saves - 1 }, []string{"survives a crash"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := suite.NewRecord()
			ordertest.TestFeedStore(r, func() (*ordertest.Store, error) {
				var mu sync.Mutex
				var saves [][]order.FeedChange
				s := &shelf{FeedStore: order.NewMemoryFeedStore()}
				s.save = func(s order.FeedStore, ctx context.Context, mall order.Mall, shop string, v int64, changes []order.FeedChange) error {
					mu.Lock()
					saves = append(saves, changes)
					mu.Unlock()
					return s.Save(ctx, mall, shop, v, changes)
				}
				open := func(n int) (order.FeedStore, error) {
					again := order.NewMemoryFeedStore()
					for v, changes := range saves[:n] {
						if err := again.Save(context.Background(), ordertest.Mall, "mihon", int64(v), changes); err != nil {
							return nil, err
						}
					}
					return again, nil
				}
				return &ordertest.Store{
					Store:  s,
					Reopen: func() (order.FeedStore, error) { return open(len(saves)) },
					Crash:  func() (order.FeedStore, error) { return open(fault.written(len(saves))) },
				}, nil
			})
			require.Contains(t, r.Ran(), "survives a crash")
			requireFailed(t, r, fault.fails)
		})
	}
}
