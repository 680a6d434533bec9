package credentialtest_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/credential/credentialtest"
	"github.com/jpmall/jpmall/internal/suite"
	"github.com/jpmall/jpmall/order"
)

type (
	load = func(context.Context, string) (credential.Entry, error)
	save = func(context.Context, string, []byte, string) (string, error)
)

// broken is a store with a fault in front of a good one, which survives a restart.
type broken struct {
	credential.Store
	load func(next load, ctx context.Context, key string) (credential.Entry, error)
	save func(next save, ctx context.Context, key string, value []byte, version string) (string, error)
}

func (b *broken) Load(ctx context.Context, key string) (credential.Entry, error) {
	if b.load == nil {
		return b.Store.Load(ctx, key)
	}
	return b.load(b.Store.Load, ctx, key)
}

func (b *broken) Save(ctx context.Context, key string, value []byte, version string) (string, error) {
	if b.save == nil {
		return b.Store.Save(ctx, key, value, version)
	}
	return b.save(b.Store.Save, ctx, key, value, version)
}

// storeFault is a broken store; reopen and beside say what those find, the good store when nil.
type storeFault struct {
	broken
	reopen, beside func(good credential.Store) credential.Store
}

// renamed changes the key on the way in.
func renamed(name func(string) string) broken {
	return broken{
		load: func(next load, ctx context.Context, key string) (credential.Entry, error) {
			return next(ctx, name(key))
		},
		save: func(next save, ctx context.Context, key string, value []byte, version string) (string, error) {
			return next(ctx, name(key), value, version)
		},
	}
}

// stored changes the value on the way in.
func stored(change func([]byte) []byte) broken {
	return broken{save: func(next save, ctx context.Context, key string, value []byte, version string) (string, error) {
		if json.Valid(value) {
			value = change(value)
		}
		return next(ctx, key, value, version)
	}}
}

// conflicted sees each save that was refused because of its version.
func conflicted(then func(ctx context.Context, next save, key string, value []byte, err error) (string, error)) broken {
	return broken{save: func(next save, ctx context.Context, key string, value []byte, version string) (string, error) {
		now, err := next(ctx, key, value, version)
		if errors.Is(err, order.ErrConflict) {
			return then(ctx, next, key, value, err)
		}
		return now, err
	}}
}

// remembering keeps slices of its own beside the good store, each under its version: a load beside a save gets the
// value of the version that it is told.
func remembering(lend func(value []byte) (inside, outside []byte)) func() broken {
	return func() broken {
		var mu sync.Mutex
		inside := map[string][]byte{}
		return broken{
			load: func(next load, ctx context.Context, key string) (credential.Entry, error) {
				e, err := next(ctx, key)
				mu.Lock()
				defer mu.Unlock()
				if mine := inside[key+" "+e.Version]; err == nil && e.Value != nil && len(mine) == len(e.Value) && len(mine) < 100 {
					_, e.Value = lend(mine)
				}
				return e, err
			},
			save: func(next save, ctx context.Context, key string, value []byte, version string) (string, error) {
				now, err := next(ctx, key, value, version)
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					inside[key+" "+now], _ = lend(value)
				}
				return now, err
			},
		}
	}
}

func fixed(b broken) func() storeFault { return func() storeFault { return storeFault{broken: b} } }

// TestPlantedFaultsOfStores: each broken store fails the clauses that it breaks, and no others.
func TestPlantedFaultsOfStores(t *testing.T) {
	for name, planted := range map[string]struct {
		fault func() storeFault
		fails []string
	}{
		"gives a value where there is none": {fixed(broken{load: func(next load, ctx context.Context, key string) (credential.Entry, error) {
			e, err := next(ctx, key)
			if err == nil && key == "tokens/nobody" {
				e.Value = []byte("null")
			}
			return e, err
		}}), []string{"missing"}},
		"writes JSON its own way": {fixed(stored(func(value []byte) []byte {
			var b bytes.Buffer
			_ = json.Compact(&b, value)
			return b.Bytes()
		})), []string{"keeps bytes"}},
		"escapes for HTML": {fixed(stored(func(value []byte) []byte {
			var b bytes.Buffer
			json.HTMLEscape(&b, value)
			return b.Bytes()
		})), []string{"keeps bytes"}},
		"cuts long values": {fixed(stored(func(value []byte) []byte {
			if len(value) > 65_535 && len(value) < 1<<20 {
				return []byte(`"too long"`)
			}
			return value
		})), []string{"keeps bytes"}},
		"names conflicts otherwise": {fixed(conflicted(func(context.Context, save, string, []byte, error) (string, error) {
			return "", errors.New("duplicate key")
		})), []string{"stale version", "first save", "version of nothing", "one of many wins", "updates are not lost",
			"shared"}},
		"swallows conflicts": {fixed(conflicted(func(_ context.Context, _ save, key string, _ []byte, _ error) (string, error) {
			return "0", nil
		})), []string{"stale version", "first save", "version of nothing", "errors quote no value", "one of many wins",
			"updates are not lost", "shared"}},
		"takes any version of nothing": {fixed(conflicted(func(ctx context.Context, next save, key string, value []byte, err error) (string, error) {
			if now, nothing := next(ctx, key, value, ""); nothing == nil {
				return now, nil
			}
			return "", err
		})), []string{"version of nothing"}},
		"keeps what was removed as null": {fixed(broken{save: func(next save, ctx context.Context, key string, value []byte, version string) (string, error) {
			if value == nil {
				value = []byte("null")
			}
			return next(ctx, key, value, version)
		}}), []string{"removes", "versions never come back", "reopened", "versions when reopened"}},
		"counts versions anew after a removal": {func() storeFault {
			var mu sync.Mutex
			counts := map[string]int{}
			public := func(version string) string {
				if version == "" {
					return ""
				}
				return "1"
			}
			real := map[string]string{}
			return storeFault{broken: broken{
				load: func(next load, ctx context.Context, key string) (credential.Entry, error) {
					e, err := next(ctx, key)
					mu.Lock()
					defer mu.Unlock()
					if err == nil && counts[key] == 1 {
						e.Version = public(e.Version)
					}
					return e, err
				},
				save: func(next save, ctx context.Context, key string, value []byte, version string) (string, error) {
					mu.Lock()
					defer mu.Unlock()
					if version == "1" && counts[key] == 1 {
						version = real[key]
					}
					now, err := next(ctx, key, value, version)
					if err != nil {
						return now, err
					}
					counts[key], real[key] = counts[key]+1, now
					if value == nil {
						counts[key] = 0
					}
					if counts[key] == 1 {
						now = public(now)
					}
					return now, nil
				},
			}}
		}, []string{"versions never come back", "versions when reopened"}},
		"confuses cases":  {fixed(renamed(strings.ToLower)), []string{"keys apart"}},
		"confuses widths": {fixed(renamed(func(key string) string { return strings.ReplaceAll(key, "ａ", "a") })), []string{"keys apart"}},
		"keeps the caller's": {func() storeFault {
			return storeFault{broken: remembering(func(v []byte) ([]byte, []byte) { return v, bytes.Clone(v) })()}
		}, []string{"keeps nothing it is handed"}},
		"gives its own away": {func() storeFault {
			return storeFault{broken: remembering(func(v []byte) ([]byte, []byte) { return bytes.Clone(v), v })()}
		}, []string{"gives nothing it keeps"}},
		"takes an empty key": {fixed(renamed(func(key string) string {
			if key == "" {
				return "none"
			}
			return key
		})), []string{"refuses keys"}},
		"takes what is no JSON": {fixed(broken{save: func(next save, ctx context.Context, key string, value []byte, version string) (string, error) {
			if value != nil && !json.Valid(value) {
				value, _ = json.Marshal(string(value))
			}
			return next(ctx, key, value, version)
		}}), []string{"refuses values"}},
		"quotes values in errors": {fixed(broken{save: func(next save, ctx context.Context, key string, value []byte, version string) (string, error) {
			now, err := next(ctx, key, value, version)
			if err != nil {
				err = fmt.Errorf("saving %s: %w", value, err)
			}
			return now, err
		}}), []string{"errors quote no value"}},
		"loads without a context": {fixed(broken{load: func(next load, ctx context.Context, key string) (credential.Entry, error) {
			return next(context.WithoutCancel(ctx), key)
		}}), []string{"cancelled"}},
		"saves without a context": {fixed(broken{save: func(next save, ctx context.Context, key string, value []byte, version string) (string, error) {
			return next(context.WithoutCancel(ctx), key, value, version)
		}}), []string{"cancelled"}},
		"loses everything at a restart": {func() storeFault {
			return storeFault{reopen: func(credential.Store) credential.Store { return new(credential.Memory) }}
		}, []string{"reopened", "versions when reopened", "monitor when reopened"}},
		"forgets removals at a restart": {func() storeFault {
			return storeFault{reopen: func(good credential.Store) credential.Store {
				return &broken{Store: good, load: func(next load, ctx context.Context, key string) (credential.Entry,
					error) {
					if key == "gone" {
						return credential.Entry{Value: []byte("1"), Version: "2"}, nil
					}
					return next(ctx, key)
				}}
			}}
		}, []string{"reopened"}},
		"forgets what a monitor told": {fixed(broken{save: func(next save, ctx context.Context, key string, value []byte, version string) (string, error) {
			if strings.HasPrefix(key, "monitor") {
				return fmt.Sprintf("%x", sha256.Sum256(value)), nil
			}
			return next(ctx, key, value, version)
		}}), []string{"monitor tells once", "monitors apart", "monitor when reopened"}},
		"keeps monitors together": {fixed(renamed(func(key string) string { return strings.ReplaceAll(key, "night", "day") })), []string{"monitors apart"}},
		"does not see what others save": {func() storeFault {
			return storeFault{beside: func(credential.Store) credential.Store { return new(credential.Memory) }}
		}, []string{"shared"}},
		"panics": {fixed(broken{load: func(next load, ctx context.Context, key string) (credential.Entry, error) {
			if key == "tokens/nobody" {
				panic("no such key")
			}
			return next(ctx, key)
		}}), []string{"missing"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := suite.NewRecord()
			credentialtest.TestStore(r, func() (*credentialtest.Store, error) {
				good := new(credential.Memory)
				f := planted.fault()
				f.Store = good
				again := func(how func(credential.Store) credential.Store) func() (credential.Store, error) {
					return func() (credential.Store, error) {
						if how == nil {
							return &f.broken, nil
						}
						return how(good), nil
					}
				}
				return &credentialtest.Store{Store: &f.broken, Reopen: again(f.reopen), Beside: again(f.beside)}, nil
			})
			require.Len(t, r.Ran(), 23)
			requireFailed(t, r, planted.fails)
		})
	}
}

// requireFailed looks whether just these clauses failed.
func requireFailed(t *testing.T, r suite.Record, clauses []string) {
	t.Helper()
	require.Equal(t, strings.Join(slices.Sorted(slices.Values(clauses)), ", "),
		strings.Join(slices.Sorted(slices.Values(r.Failed())), ", "))
}
