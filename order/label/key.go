package label

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// A key is 12 letters and digits, the last of which checks the others. It begins with a letter and has no vowel and no
// 0 or 1, so that no spreadsheet takes it for a number or a month and nobody reads a word in it. It fits every tool:
// ゆうプリR holds 15 bytes, e飛伝 16, while an order number of Rakuten has 26.
const (
	keyLength   = 12
	keyAlphabet = "BCDFGHJKLMNPQRSTVWXYZ23456789"
	keyLetters  = 21 // of the alphabet
)

// keyOf makes the key of a parcel: always the same for the same parcel. try is for the case, one in some hundred
// billions, that another parcel has it.
func keyOf(p ParcelRef, try int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%s\x00%s\x00%d", p.Mall, p.Shop, p.Order, p.Parcel, try))
	n := binary.BigEndian.Uint64(sum[:])
	var key [keyLength]byte
	key[0] = keyAlphabet[n%keyLetters]
	n /= keyLetters
	for i := 1; i < keyLength-1; i++ {
		key[i] = keyAlphabet[n%uint64(len(keyAlphabet))]
		n /= uint64(len(keyAlphabet))
	}
	key[keyLength-1] = keyCheck(string(key[:keyLength-1]))
	return string(key[:])
}

func keyCheck(body string) byte {
	sum := 0
	for i := range len(body) {
		sum += (i + 1) * strings.IndexByte(keyAlphabet, body[i])
	}
	return keyAlphabet[sum%len(keyAlphabet)]
}

// readKey reads a key as return files have it: any width and case, with quotes or an apostrophe, with "-2" behind it
// for the second box. box is 0 where none is written.
func readKey(cell string) (key string, box int, ok bool) {
	s := strings.ToUpper(strings.Trim(halve(strings.TrimSpace(cell)), " '\"="))
	if len(s) > keyLength && s[keyLength] == '-' {
		n, err := strconv.Atoi(s[keyLength+1:])
		if err != nil || n < 1 {
			return "", 0, false
		}
		s, box = s[:keyLength], n
	}
	if len(s) != keyLength || strings.Trim(s, keyAlphabet) != "" || keyCheck(s[:keyLength-1]) != s[keyLength-1] {
		return "", 0, false
	}
	return s, box, true
}

// ParcelRef names one parcel of one order.
type ParcelRef struct {
	Mall   order.Mall `json:"mall"`
	Shop   string     `json:"shop"`
	Order  string     `json:"order"`
	Parcel string     `json:"parcel,omitempty"` // Parcel.ID; "#1" and so on where an order's parcels have none
}

// Entry is what is remembered of a label: which parcel its key stands for, and what has come back. It holds no
// personal data but the digest Match.
type Entry struct {
	Key string `json:"key"`
	ParcelRef
	Layout  string           `json:"layout"`
	Carrier timeslot.Carrier `json:"carrier"`
	ShipOn  order.Date       `json:"ship_on"`
	Rows    int              `json:"rows"`              // how many tracking numbers should come back
	Match   string           `json:"match,omitempty"`   // a digest of postal code, name and contents, where the tool returns no key
	Numbers []string         `json:"numbers,omitempty"` // the tracking numbers that came back
}

// KeyStore leads from keys back to parcels. The package has two: NewMemory and OpenFile; a table of a database with Key
// as primary key and an index on Match does as well. It must be safe for concurrent use.
type KeyStore interface {
	// Save keeps entries, each in the place of an earlier one under its key. Where the key belongs to another parcel it
	// gives ErrKeyTaken and keeps none.
	Save(ctx context.Context, entries ...Entry) error
	// Load gives the entries whose Key or Match is one of the texts. Those that there are none of are left out.
	Load(ctx context.Context, keysOrMatches ...string) ([]Entry, error)
	// Waiting gives the entries of a layout, by its name, for which no number has come back yet; of all layouts for "".
	Waiting(ctx context.Context, layout string) ([]Entry, error)
}

// ErrKeyTaken says that a key stands for another parcel.
var ErrKeyTaken = errors.New("label: the key belongs to another parcel")

// Memory is a KeyStore that forgets when the program ends.
type Memory struct {
	mu      sync.RWMutex
	entries map[string]Entry
	matches map[string][]string // keys by Match
}

// NewMemory makes an empty one.
func NewMemory() *Memory {
	return &Memory{entries: map[string]Entry{}, matches: map[string][]string{}}
}

// Save is KeyStore's.
func (m *Memory) Save(_ context.Context, entries ...Entry) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.check(entries); err != nil {
		return err
	}
	m.put(entries)
	return nil
}

func (m *Memory) check(entries []Entry) error {
	for _, e := range entries {
		if e.Key == "" {
			return errors.New("label: an entry without a key")
		}
		if old, ok := m.entries[e.Key]; ok && old.ParcelRef != e.ParcelRef {
			return fmt.Errorf("%w: %s", ErrKeyTaken, e.Key)
		}
	}
	return nil
}

func (m *Memory) put(entries []Entry) {
	for _, e := range entries {
		if old, ok := m.entries[e.Key]; ok && old.Match != e.Match {
			m.matches[old.Match] = slices.DeleteFunc(m.matches[old.Match], func(k string) bool { return k == e.Key })
		}
		if e.Match != "" && !slices.Contains(m.matches[e.Match], e.Key) {
			m.matches[e.Match] = append(m.matches[e.Match], e.Key)
		}
		e.Numbers = slices.Clone(e.Numbers)
		m.entries[e.Key] = e
	}
}

// Load is KeyStore's.
func (m *Memory) Load(_ context.Context, keysOrMatches ...string) ([]Entry, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	var found []Entry
	for _, k := range keysOrMatches {
		if e, ok := m.entries[k]; ok {
			found = append(found, e)
		}
		for _, key := range m.matches[k] {
			found = append(found, m.entries[key])
		}
	}
	return found, nil
}

// Waiting is KeyStore's.
func (m *Memory) Waiting(_ context.Context, layout string) ([]Entry, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	var found []Entry
	for _, e := range m.entries {
		if len(e.Numbers) == 0 && (layout == "" || e.Layout == layout) {
			found = append(found, e)
		}
	}
	slices.SortFunc(found, func(a, b Entry) int { return strings.Compare(a.Key, b.Key) })
	return found, nil
}

// matchOf is the digest by which a row without a key is found again. What tools do to a text on the way does not change it.
func matchOf(postal, name, contents string) string {
	fold := func(s string) string {
		s = strings.ToUpper(halve(clean(s)))
		return strings.Map(func(r rune) rune {
			if r == ' ' || r == '-' {
				return -1
			}
			return r
		}, halve(widen(s)))
	}
	sum := sha256.Sum256([]byte(fold(postal) + "\x00" + fold(name) + "\x00" + fold(contents)))
	return "match:" + hex.EncodeToString(sum[:12])
}
