package label_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/label"
)

// TestKeysAreShortStableAndNoNumber: every tool holds them, no spreadsheet changes them, and the
// same parcel always has the same.
func TestKeysAreShortStableAndNoNumber(t *testing.T) {
	harmless := regexp.MustCompile(`^[B-DF-HJ-NP-TV-Z][B-DF-HJ-NP-TV-Z2-9]{11}$`)
	seen := map[string]bool{}
	orders := many(2000)
	for range 2 {
		for _, l := range write(t, config(label.B2()), orders...).Labels {
			require.Regexp(t, harmless, l.Key)
			seen[l.Key] = true
		}
	}
	require.Len(t, seen, len(orders))
	for _, l := range []label.Layout{label.YuPri(), label.ClickPost()} {
		require.True(t, seen[write(t, config(l), orders[7]).Labels[0].Key], "the key does not depend on the tool")
	}
}

// stores are the built-in key stores; all promise the same.
func stores(t *testing.T) map[string]func() label.KeyStore {
	path := filepath.Join(t.TempDir(), "keys.jsonl")
	return map[string]func() label.KeyStore{
		"memory": func() func() label.KeyStore {
			m := label.NewMemory()
			return func() label.KeyStore { return m }
		}(),
		"file": func() label.KeyStore {
			f, err := label.OpenFile(path)
			require.NoError(t, err)
			return f
		},
	}
}

func TestKeyStores(t *testing.T) {
	for name, open := range stores(t) {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			a := label.Entry{Key: "KEYA", ParcelRef: label.ParcelRef{Mall: order.Yahoo, Shop: "s", Order: "1"},
				Layout: "x", Match: "match:m", Rows: 1}
			b := label.Entry{Key: "KEYB", ParcelRef: label.ParcelRef{Mall: order.Yahoo, Shop: "s", Order: "2"},
				Layout: "y", Match: "match:m", ShipOn: day(0)}
			require.NoError(t, open().Save(ctx))
			require.NoError(t, open().Save(ctx, a, b))
			got, err := open().Load(ctx, "KEYB", "KEYC")
			require.NoError(t, err)
			require.Equal(t, []label.Entry{b}, got)
			got, err = open().Load(ctx, "match:m")
			require.NoError(t, err)
			require.Equal(t, []label.Entry{a, b}, got)
			got, err = open().Waiting(ctx, "")
			require.NoError(t, err)
			require.Equal(t, []label.Entry{a, b}, got)

			stolen := b
			stolen.Key = "KEYA"
			require.ErrorIs(t, open().Save(ctx, label.Entry{Key: "KEYD"}, stolen), label.ErrKeyTaken)
			got, err = open().Load(ctx, "KEYD")
			require.NoError(t, err)
			require.Empty(t, got, "none of a refused call is kept")
			require.ErrorContains(t, open().Save(ctx, label.Entry{}), "without a key")

			a.Numbers, a.Match = []string{"1"}, "match:other"
			require.NoError(t, open().Save(ctx, a))
			got, err = open().Waiting(ctx, "x")
			require.NoError(t, err)
			require.Empty(t, got)
			got, err = open().Load(ctx, "match:m")
			require.NoError(t, err)
			require.Equal(t, []label.Entry{b}, got)
		})
	}
}

// TestKeyFileAfterACrash: a line that was cut off is no entry, and what is saved afterwards is
// whole; two who have it open see each other.
func TestKeyFileAfterACrash(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.jsonl")
	first, err := label.OpenFile(path)
	require.NoError(t, err)
	entry := func(key string) label.Entry { return label.Entry{Key: key, ParcelRef: label.ParcelRef{Order: key}} }
	require.NoError(t, first.Save(t.Context(), entry("A")))
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, append(data, data[:len(data)/2]...), 0o600))
	second, err := label.OpenFile(path)
	require.NoError(t, err)
	require.NoError(t, second.Save(t.Context(), entry("B")))
	for _, f := range []*label.File{first, second} {
		got, err := f.Load(t.Context(), "A", "B")
		require.NoError(t, err)
		require.Len(t, got, 2)
	}
	_, err = label.OpenFile(t.TempDir())
	require.Error(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, first.Save(ctx, entry("C")), context.Canceled)
	_, err = first.Load(ctx, "A")
	require.ErrorIs(t, err, context.Canceled)
	_, err = first.Waiting(ctx, "")
	require.ErrorIs(t, err, context.Canceled)
}

// crowded is a store in which the first keys of all parcels belong to somebody else.
type crowded struct {
	label.KeyStore
	asked int
}

func (c *crowded) Load(ctx context.Context, keys ...string) ([]label.Entry, error) {
	c.asked++
	if c.asked > 2 {
		return c.KeyStore.Load(ctx, keys...)
	}
	var all []label.Entry
	for i, k := range keys {
		all = append(all, label.Entry{Key: k, ParcelRef: label.ParcelRef{Order: fmt.Sprint("another ", i)}})
	}
	return all, nil
}

type broken struct{ label.KeyStore }

func (broken) Load(context.Context, ...string) ([]label.Entry, error) {
	return nil, errors.New("the database is away")
}

func TestKeysThatAreTaken(t *testing.T) {
	cfg := config(label.B2())
	usual := write(t, cfg, sample(nil)).Labels[0].Key
	cfg.Keys = &crowded{KeyStore: label.NewMemory()}
	other := write(t, cfg, sample(nil)).Labels[0].Key
	require.NotEqual(t, usual, other)
	got, err := cfg.Keys.Load(t.Context(), other)
	require.NoError(t, err)
	require.Equal(t, sample(nil).ID, got[0].Order)

	cfg.Keys = broken{}
	w, err := label.NewWriter(cfg)
	require.NoError(t, err)
	_, err = w.Labels(t.Context(), []order.Order{sample(nil)})
	require.ErrorContains(t, err, "the database is away")
}

// TestPrintedBefore: a second label of a parcel is noted; once a number has come back it is
// refused.
func TestPrintedBefore(t *testing.T) {
	cfg := config(label.B2())
	first := write(t, cfg, sample(nil)).Labels[0]
	require.Empty(t, first.Notes)
	require.Equal(t, []string{"printed key"}, codes(write(t, cfg, sample(nil)).Labels[0].Notes))
	entries, err := cfg.Keys.Load(t.Context(), first.Key)
	require.NoError(t, err)
	entries[0].Numbers = []string{"490714955706"}
	require.NoError(t, cfg.Keys.Save(t.Context(), entries...))
	_, reasons := one(t, cfg, sample(nil))
	require.Equal(t, []string{"has_number key"}, codes(reasons))
	cfg.Allow = []label.Code{label.HasNumber}
	require.Equal(t, first.Key, write(t, cfg, sample(nil)).Labels[0].Key)
	require.NotContains(t, strings.Join(codes(reasons), " "), "490714955706")

	// The old file does not bring the old number back.
	file := func(number string) string {
		return "お客様管理番号,送り状種類,伝票番号\n" + first.Key + ",0," + number + "\n"
	}
	back := readBack(t, label.ReaderConfig{Keys: cfg.Keys}, file("490714955706"))
	require.Equal(t, []string{"2 known"}, problems(back))
	require.Empty(t, back.Arrivals)
	back = readBack(t, label.ReaderConfig{Keys: cfg.Keys}, file(yamato2))
	require.Equal(t, []string{first.Order + ": " + yamato2}, numbers(back))
}
