package ordertest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"

	"github.com/jpmall/jpmall/order"
)

// Store is a FeedStore under test: empty, and made for one clause.
type Store struct {
	Store order.FeedStore
	// Reopen closes the store and opens it again with what it kept; nil if nothing outlives the
	// program.
	Reopen func() (order.FeedStore, error)
	// Crash opens what the store has kept so far, without closing it, as after a crash of the
	// program: for instance a copy of its files. Nil if that cannot be done.
	Crash func() (order.FeedStore, error)
	Close func() // closes what is open by then; may be nil
}

// TestFeedStore tests the contract of [order.FeedStore]. It calls open once for each clause, inside
// the clause, and once before, to find out which clauses apply.
func TestFeedStore[Self T[Self]](t Self, open func() (*Store, error)) {
	t.Helper()
	opened := func() (*Store, func(), error) {
		s, err := open()
		switch {
		case err != nil:
			return nil, nil, err
		case s == nil || s.Store == nil:
			return nil, nil, errors.New("ordertest: Store.Store is required")
		case s.Close == nil:
			return s, func() {}, nil
		}
		return s, s.Close, nil
	}
	probe, end, err := opened()
	if err != nil {
		t.Errorf("cannot be opened: %v", err)
		return
	}
	list := []clause[*Store]{
		{"empty", emptyTable},
		{"keeps rows", keepsRows},
		{"keeps empty values", keepsEmptyValues},
		{"replaces", replacesRows},
		{"deletes", deletesRows},
		{"versions", countsVersions},
		{"conflict", tellsConflicts},
		{"conflict of a first save", firstConflict},
		{"all or none", allOrNone},
		{"shops apart", shopsApart},
		{"keys", keepsKeys},
		{"large table", largeTable},
		{"keeps nothing it is handed", keepsNoSlices},
		{"cancelled", storeCancelled},
		{"an error of row", rowError},
		{"concurrent", storeConcurrently},
	}
	if probe.Reopen != nil {
		list = append(list, clause[*Store]{"reopened", reopens},
			clause[*Store]{"version when reopened", reopensVersion})
	}
	if probe.Crash != nil {
		list = append(list, clause[*Store]{"survives a crash", survivesCrash})
	}
	end()
	run(t, opened, list)
}

// table reads a shop's table: the later row counts, a nil value removes.
func (s *Store) table(mall order.Mall, shop string) (map[string]string, int64, error) {
	rows := map[string]string{}
	version, err := s.Store.Load(context.Background(), mall, shop, func(c order.FeedChange) error {
		if c.Value == nil {
			delete(rows, c.Key)
		} else {
			rows[c.Key] = string(c.Value)
		}
		return nil
	})
	if err != nil {
		err = fmt.Errorf("calling Load: %w", err)
	}
	return rows, version, err
}

const aShop = "mihon"

// holds returns an error unless the shop's table is exactly want.
func (s *Store) holds(want map[string]string) error {
	got, _, err := s.table(Mall, aShop)
	if err == nil && !maps.Equal(got, want) {
		err = differ(got, want)
	}
	return err
}

func differ(got, want map[string]string) error {
	for key, value := range want {
		switch there, ok := got[key]; {
		case !ok && value == "":
			return fmt.Errorf("under %q an empty value was saved: got nil or no row, which means "+
				"that it was removed; want an empty value, not nil", key)
		case !ok:
			return fmt.Errorf("under %q %.40q was saved: got nil or no row", key, value)
		case there != value:
			return fmt.Errorf("under %q %.40q was saved: got %.40q", key, value, there)
		}
	}
	for key := range got {
		if _, ok := want[key]; !ok {
			return fmt.Errorf("under %q there is a row that was not to be there", key)
		}
	}
	return nil
}

// save saves in the version that the table has.
func (s *Store) save(changes ...order.FeedChange) error {
	_, version, err := s.table(Mall, aShop)
	if err == nil {
		if err = s.Store.Save(context.Background(), Mall, aShop, version, changes); err != nil {
			err = fmt.Errorf("calling Save: %w", err)
		}
	}
	return err
}

func row(key, value string) order.FeedChange {
	return order.FeedChange{Key: key, Value: []byte(value)}
}

func emptyTable(s *Store) error {
	rows, version, err := s.table(Mall, aShop)
	if err == nil && (len(rows) > 0 || version != 0) {
		err = fmt.Errorf("a shop of which nothing was saved has %d rows and version %d, not 0",
			len(rows), version)
	}
	return err
}

func keepsRows(s *Store) error {
	value := string([]byte{0, 1, 0xff, '\n'})
	if err := s.save(row("o:1", value), row("cursor", `{"format":2}`)); err != nil {
		return err
	}
	return s.holds(map[string]string{"o:1": value, "cursor": `{"format":2}`})
}

func keepsEmptyValues(s *Store) error {
	if err := s.save(order.FeedChange{Key: "o:1", Value: []byte{}}); err != nil {
		return err
	}
	return s.holds(map[string]string{"o:1": ""})
}

func replacesRows(s *Store) error {
	if err := errors.Join(s.save(row("o:1", "first"), row("o:2", "stays")),
		s.save(row("o:1", "second"))); err != nil {
		return err
	}
	return s.holds(map[string]string{"o:1": "second", "o:2": "stays"})
}

func deletesRows(s *Store) error {
	err := errors.Join(s.save(row("o:1", "goes"), row("o:2", "stays")),
		s.save(order.FeedChange{Key: "o:1"}, order.FeedChange{Key: "o:3"}))
	if err != nil {
		return err
	}
	return s.holds(map[string]string{"o:2": "stays"})
}

func countsVersions(s *Store) error {
	for want, changes := range [][]order.FeedChange{{row("o:1", "x")}, {row("o:1", "x")},
		{{Key: "o:1"}}, nil} {
		if err := s.Store.Save(context.Background(), Mall, aShop, int64(want),
			changes); err != nil {
			return fmt.Errorf("a Save in version %d: %w", want, err)
		}
		_, version, err := s.table(Mall, aShop)
		if err != nil {
			return err
		}
		if version != int64(want)+1 {
			return fmt.Errorf("after version %d comes %d, not one more", want, version)
		}
	}
	return nil
}

// refuses returns an error unless a Save in another version is a conflict.
func (s *Store) refuses(version int64) error {
	if err := s.Store.Save(context.Background(), Mall, aShop, version, nil); !errors.Is(err,
		order.ErrFeedConflict) {
		return fmt.Errorf(
			"a Save in version %d, which the table does not have, is order.ErrFeedConflict, not %v",
			version, err)
	}
	return nil
}

func tellsConflicts(s *Store) error {
	if err := errors.Join(s.save(), s.save(), s.save()); err != nil {
		return err
	}
	return errors.Join(s.refuses(0), s.refuses(2), s.refuses(4))
}

func firstConflict(s *Store) error { return s.refuses(1) }

func allOrNone(s *Store) error {
	if err := s.save(row("o:1", "kept"), row("o:2", "kept")); err != nil {
		return err
	}
	// Another clause checks the error.
	_ = s.Store.Save(context.Background(), Mall, aShop, 7,
		[]order.FeedChange{row("o:1", "lost"), {Key: "o:2"}, row("o:3", "lost")})
	return s.holds(map[string]string{"o:1": "kept", "o:2": "kept"})
}

func shopsApart(s *Store) error {
	names := []order.Ref{{Mall: Mall, Shop: "a"}, {Mall: Mall, Shop: "A"},
		{Mall: "other", Shop: "a"}, {Mall: "other-a", Shop: "b"}, {Mall: "other", Shop: "a-b"},
		{Mall: Mall, Shop: "見本/../店舗"}, {Mall: Mall, Shop: "a%"}}
	for i, n := range names {
		if err := s.Store.Save(context.Background(), n.Mall, n.Shop, 0,
			[]order.FeedChange{row("o:1", fmt.Sprint(i))}); err != nil {
			return fmt.Errorf("the first Save of shop %q of %q: %w", n.Shop, n.Mall, err)
		}
	}
	for i, n := range names {
		rows, version, err := s.table(n.Mall, n.Shop)
		if err != nil {
			return err
		}
		if version != 1 || len(rows) != 1 || rows["o:1"] != fmt.Sprint(i) {
			return fmt.Errorf("shop %q of %q has the rows of another one", n.Shop, n.Mall)
		}
	}
	return nil
}

// keepsKeys: order numbers are opaque, so keys that differ in a letter's case or a space are
// different keys.
func keepsKeys(s *Store) error {
	want := map[string]string{}
	for i, key := range []string{"o:abc", "o:ABC", "o:abc ", "o: abc", "o:", "o:'\"\\%_*", "o:見本",
		"o:" + strings.Repeat("9", 200), "t:abc", "-"} {
		want[key] = fmt.Sprint(i)
		if err := s.save(row(key, want[key])); err != nil {
			return fmt.Errorf("key %q: %w", key, err)
		}
	}
	return s.holds(want)
}

func largeTable(s *Store) error {
	want := map[string]string{}
	for save := range 4 {
		var changes []order.FeedChange
		for i := range 1500 {
			c := row(fmt.Sprintf("o:%06d", save*1000+i), strings.Repeat("h", 50))
			want[c.Key] = string(c.Value)
			changes = append(changes, c)
		}
		if err := s.save(changes...); err != nil {
			return err
		}
	}
	return s.holds(want)
}

func keepsNoSlices(s *Store) error {
	value := []byte("as it was")
	changes := []order.FeedChange{{Key: "o:1", Value: value}}
	if err := s.save(changes...); err != nil {
		return err
	}
	if string(value) != "as it was" || changes[0].Key != "o:1" {
		return errors.New("a Save has changed what it was handed")
	}
	copy(value, bytes.ToUpper(value))
	changes[0].Key = "o:2"
	return s.holds(map[string]string{"o:1": "as it was"})
}

func storeCancelled(s *Store) error {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if err := s.Store.Save(ctx, Mall, aShop, 0,
		[]order.FeedChange{row("o:1", "lost")}); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("a Save with a context that has ended is context.Canceled, not %v", err)
	}
	if _, err := s.Store.Load(ctx, Mall, aShop,
		func(order.FeedChange) error { return nil }); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("a Load with a context that has ended is context.Canceled, not %v", err)
	}
	return nil
}

func rowError(s *Store) error {
	if err := s.save(row("o:1", "x"), row("o:2", "x")); err != nil {
		return err
	}
	mine, calls := errors.New("mine"), 0
	_, err := s.Store.Load(context.Background(), Mall, aShop,
		func(order.FeedChange) error { calls++; return mine })
	if !errors.Is(err, mine) {
		return fmt.Errorf("an error of row is returned as it is, not as %v", err)
	}
	if calls != 1 {
		return fmt.Errorf("row was called %d times, and had failed at the first", calls)
	}
	return nil
}

// storeConcurrently: of several saves in one version one succeeds, and the others are conflicts.
func storeConcurrently(s *Store) error {
	for version := range int64(3) {
		errs := make([]error, 4)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() {
				errs[i] = s.Store.Save(context.Background(), Mall, aShop, version,
					[]order.FeedChange{row(fmt.Sprintf("o:%d-%d", version, i), "x")})
			})
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			switch {
			case err == nil:
				won++
			case !errors.Is(err, order.ErrFeedConflict):
				return fmt.Errorf(
					"of saves at one time one is made, and the others are order.ErrFeedConflict, not %w", err)
			}
		}
		if rows, now, err := s.table(Mall, aShop); err != nil || won != 1 || now != version+1 ||
			len(rows) != int(now) {
			return fmt.Errorf(
				"of four saves in version %d %d were made; the table has version %d and %d rows (%v)", version, won, now, len(rows), err)
		}
	}
	return nil
}

// again saves twice and opens the store again.
func (s *Store) again(open func() (order.FeedStore, error)) (err error) {
	if err := errors.Join(s.save(row("o:1", "first"), row("o:2", "goes")),
		s.save(row("o:1", "last"), order.FeedChange{Key: "o:2"})); err != nil {
		return err
	}
	if s.Store, err = open(); err != nil {
		err = fmt.Errorf("calling Reopen or Crash: %w", err)
	}
	return err
}

func reopens(s *Store) error {
	if err := s.again(s.Reopen); err != nil {
		return err
	}
	return s.holds(map[string]string{"o:1": "last"})
}

func reopensVersion(s *Store) error {
	if err := s.again(s.Reopen); err != nil {
		return err
	}
	return errors.Join(s.refuses(0), s.refuses(1), s.save(row("o:3", "x")))
}

func survivesCrash(s *Store) error {
	if err := s.again(s.Crash); err != nil {
		return err
	}
	return errors.Join(s.holds(map[string]string{"o:1": "last"}), s.refuses(0), s.refuses(1),
		s.save(row("o:3", "x")))
}
