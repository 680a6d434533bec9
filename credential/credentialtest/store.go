package credentialtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// Store is a [credential.Store] under test, opened for one clause and empty. Only Store is
// required; a clause that needs another field runs only when it is set.
type Store struct {
	Store credential.Store
	// Reopen closes the store and opens what it kept, as after a restart of the program; nil if it
	// keeps nothing.
	Reopen func() (credential.Store, error)
	// Beside opens what the store keeps once more, as another process does; nil if it cannot be
	// shared.
	Beside func() (credential.Store, error)
	Close  func() // closes all that is open then; nil: there is nothing to close
}

// TestStore tests what [credential.Store] promises, and that a [credential.Monitor] which uses it
// sends each notice once. It calls open once within each clause, and once before, to see which
// clauses apply.
func TestStore[Self T[Self]](t Self, open func() (*Store, error)) {
	t.Helper()
	test(t, func() (*Store, func(), error) {
		s, err := open()
		switch {
		case err != nil:
			return nil, nil, err
		case s == nil || s.Store == nil:
			return nil, nil, errors.New("credentialtest: Store.Store is required")
		case s.Close == nil:
			return s, func() {}, nil
		}
		return s, s.Close, nil
	}, storeClauses)
}

func storeClauses(probe *Store) []clause[*Store] {
	list := []clause[*Store]{
		{"missing", nothingIsThere},
		{"keeps bytes", keepsBytes},
		{"swaps", swaps},
		{"stale version", refusesStale},
		{"first save", refusesASecondFirst},
		{"version of nothing", refusesAVersionOfNothing},
		{"removes", removes},
		{"versions never come back", versionsAreNew},
		{"keys apart", keysApart},
		{"keeps nothing it is handed", keepsNoSlices},
		{"gives nothing it keeps", givesNoSlices},
		{"refuses keys", refusesKeys},
		{"refuses values", refusesValues},
		{"errors quote no value", quotesNothing},
		{"cancelled", obeysContext},
		{"one of many wins", oneWins},
		{"updates are not lost", losesNoUpdate},
		{"monitor tells once", tellsOnce},
		{"monitors apart", tellsApart},
	}
	if probe.Reopen != nil {
		list = append(list,
			clause[*Store]{"reopened", reopens},
			clause[*Store]{"versions when reopened", reopensVersions},
			clause[*Store]{"monitor when reopened", tellsOnceReopened})
	}
	if probe.Beside != nil {
		list = append(list, clause[*Store]{"shared", isShared})
	}
	return list
}

// key is the key of most clauses.
const key = "tokens/mihon-shop"

// save saves a value under key.
func (s *Store) save(value, version string) (string, error) {
	return saveIn(s.Store, key, value, version)
}

func saveIn(s credential.Store, key, value, version string) (string, error) {
	now, err := s.Save(context.Background(), key, []byte(value), version)
	switch {
	case err != nil:
		return "", fmt.Errorf("calling Save: %w", err)
	case now == "":
		return "", errors.New("a saved value has no version")
	case now == version:
		return "", fmt.Errorf("the version is %q as before the save", now)
	}
	return now, nil
}

// holds checks that a value is stored, with a version.
func holds(s credential.Store, key, value, version string) error {
	e, err := s.Load(context.Background(), key)
	switch {
	case err != nil:
		return fmt.Errorf("calling Load: %w", err)
	case string(e.Value) != value:
		return fmt.Errorf("under %q %.60q was saved, and there is %.60q", key, value, e.Value)
	case e.Version != version:
		return fmt.Errorf("under %q Save gave the version %q, and Load gives %q", key, version,
			e.Version)
	}
	return nil
}

// conflicts checks that a save is refused because of its version.
func conflicts(s credential.Store, value []byte, version string) error {
	if _, err := s.Save(context.Background(), key, value, version); !errors.Is(err,
		order.ErrConflict) {
		return fmt.Errorf(
			"a save in the version %q is refused with order.ErrConflict, not with: %w", version,
			orNone(err))
	}
	return nil
}

func orNone(err error) error {
	if err == nil {
		return errors.New("no error")
	}
	return err
}

func nothingIsThere(s *Store) error {
	e, err := s.Store.Load(context.Background(), "tokens/nobody")
	if err == nil && (e.Version != "" || len(e.Value) > 0) {
		err = fmt.Errorf("a key that was never saved gives version %q and %d bytes", e.Version,
			len(e.Value))
	}
	return err
}

// documents are values that a careless store changes.
func documents() []string {
	return []string{
		`{"b":1,"a":2,"a":3}`, `"夜間 \u3042 <&> \" \\ \u0000 é"`, `12345678901234567890.50`, `[]`,
		`{}`, `""`, `false`, `null`, `{"a": [1,  2]}`,
		`"` + strings.Repeat("鍵", 100_000) + `"`,
	}
}

func keepsBytes(s *Store) error {
	version := ""
	for _, value := range documents() {
		now, err := s.save(value, version)
		if err == nil {
			err = holds(s.Store, key, value, now)
		}
		if err != nil {
			return err
		}
		version = now
	}
	return nil
}

func swaps(s *Store) error {
	one, err := s.save(`{"n":1}`, "")
	if err != nil {
		return err
	}
	if err := holds(s.Store, key, `{"n":1}`, one); err != nil {
		return err
	}
	two, err := s.save(`{"n":2}`, one)
	if err != nil {
		return err
	}
	return holds(s.Store, key, `{"n":2}`, two)
}

func refusesStale(s *Store) error {
	one, err := s.save(`1`, "")
	if err != nil {
		return err
	}
	two, err := s.save(`2`, one)
	if err != nil {
		return err
	}
	for _, value := range [][]byte{[]byte(`3`), nil} {
		if err := conflicts(s.Store, value, one); err != nil {
			return err
		}
		if err := holds(s.Store, key, `2`, two); err != nil {
			return fmt.Errorf("after a save that was refused: %w", err)
		}
	}
	return nil
}

func refusesASecondFirst(s *Store) error {
	one, err := s.save(`1`, "")
	if err != nil {
		return err
	}
	if err := conflicts(s.Store, []byte(`2`), ""); err != nil {
		return err
	}
	return holds(s.Store, key, `1`, one)
}

func refusesAVersionOfNothing(s *Store) error {
	one, err := saveIn(s.Store, "another", `1`, "")
	if err != nil {
		return err
	}
	if err := conflicts(s.Store, []byte(`2`), one); err != nil {
		return err
	}
	return holds(s.Store, key, "", "")
}

func removes(s *Store) error {
	version, err := s.save(`1`, "")
	if err != nil {
		return err
	}
	now, err := s.Store.Save(context.Background(), key, nil, version)
	if err != nil {
		return fmt.Errorf("a nil value removes: %w", err)
	}
	if now != "" {
		return fmt.Errorf("what was removed has the version %q", now)
	}
	return holds(s.Store, key, "", "")
}

// versionsAreNew: somebody who loaded before a removal must not take what came after it for what
// they know.
func versionsAreNew(s *Store) error {
	seen := map[string]bool{}
	for range 4 {
		version, err := s.save(`1`, "")
		if err != nil {
			return err
		}
		if seen[version] {
			return fmt.Errorf("the version %q has come back after the entry was removed", version)
		}
		seen[version] = true
		if _, err := s.Store.Save(context.Background(), key, nil, version); err != nil {
			return fmt.Errorf("a nil value removes: %w", err)
		}
	}
	return nil
}

func keysApart(s *Store) error {
	keys := []string{"a", "A", "a/", "a/b", "a b", "ａ", "鍵", "a%", "a_", `a"\`, "../a",
		strings.Repeat("k", credential.MaxKey)}
	versions := map[string]string{}
	for i, k := range keys {
		version, err := saveIn(s.Store, k, fmt.Sprint(i), "")
		if err != nil {
			return fmt.Errorf("under %.20q: %w", k, err)
		}
		versions[k] = version
	}
	if _, err := s.Store.Save(context.Background(), keys[0], nil, versions[keys[0]]); err != nil {
		return fmt.Errorf("a nil value removes: %w", err)
	}
	for i, k := range keys[1:] {
		if err := holds(s.Store, k, fmt.Sprint(i+1), versions[k]); err != nil {
			return err
		}
	}
	return nil
}

func keepsNoSlices(s *Store) error {
	value := []byte(`"before"`)
	version, err := s.Store.Save(context.Background(), key, value, "")
	if err != nil {
		return fmt.Errorf("calling Save: %w", err)
	}
	copy(value, `"xxxxxx"`)
	return holds(s.Store, key, `"before"`, version)
}

func givesNoSlices(s *Store) error {
	version, err := s.save(`"before"`, "")
	if err != nil {
		return err
	}
	e, err := s.Store.Load(context.Background(), key)
	if err != nil {
		return fmt.Errorf("calling Load: %w", err)
	}
	copy(e.Value, bytes.Repeat([]byte("x"), len(e.Value)))
	return holds(s.Store, key, `"before"`, version)
}
