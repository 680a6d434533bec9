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

// A key is 12 letters and digits, the last of which is a check digit. It begins with a letter and
// has no vowel, 0 or 1, so that no spreadsheet takes it for a number or a month and it spells no
// word. It fits every tool: ゆうプリR holds 15 bytes and e飛伝 16, while an order number of Rakuten has
// 26.
const (
	keyLength   = 12
	keyAlphabet = "BCDFGHJKLMNPQRSTVWXYZ23456789"
	keyLetters  = 21 // of the alphabet
)

// keyOf returns the key of a parcel, always the same for the same parcel. try is greater than 0 if
// another parcel already has the key, which is most unlikely.
func keyOf(p ParcelRef, try int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%s\x00%s\x00%d", p.Mall, p.Shop, p.Order,
		p.Parcel, try))
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

// readKey reads a key from a return file: in any width and case, with quotes or an apostrophe,
// with "-2" appended for the second box.
func readKey(cell string) (key string, ok bool) {
	s := strings.ToUpper(strings.Trim(halve(strings.TrimSpace(cell)), " '\"="))
	if len(s) > keyLength && s[keyLength] == '-' {
		n, err := strconv.Atoi(s[keyLength+1:])
		if err != nil || n < 1 {
			return "", false
		}
		s = s[:keyLength]
	}
	if len(s) != keyLength || strings.Trim(s, keyAlphabet) != "" ||
		keyCheck(s[:keyLength-1]) != s[keyLength-1] {
		return "", false
	}
	return s, true
}

// ParcelRef identifies one parcel of one order.
type ParcelRef struct {
	Mall  order.Mall `json:"mall"`
	Shop  string     `json:"shop"`
	Order string     `json:"order"`
	// Parcel.ID, or "#1" and so on for several parcels without an ID
	Parcel string `json:"parcel,omitempty"`
}

// Entry is the record of a label: the parcel of its key, and the tracking numbers returned. Its
// only personal data is the digest Match.
type Entry struct {
	Key string `json:"key"`
	ParcelRef
	Layout  string           `json:"layout"`
	Carrier timeslot.Carrier `json:"carrier"`
	ShipOn  order.Date       `json:"ship_on"`
	// how many tracking numbers are expected
	Rows int `json:"rows"`
	// a digest of postal code, name and contents, if the tool returns no key
	Match   string   `json:"match,omitempty"`
	Numbers []string `json:"numbers,omitempty"` // the tracking numbers returned
	// numbers returned before the label was written again: a Reader never places them
	Void []string `json:"void,omitempty"`
}

// KeyStore finds the parcels of keys. The package has two: [NewMemory] and [OpenFile]. A database
// table with Key as primary key and an index on Match works as well. It must be safe for
// concurrent use.
type KeyStore interface {
	// Save stores entries, each replacing an earlier one with its key. If a key belongs to another
	// parcel, it returns ErrKeyTaken and stores none.
	Save(ctx context.Context, entries ...Entry) error
	// Load returns the entries whose Key or Match is one of the texts. Unknown texts are ignored.
	Load(ctx context.Context, keysOrMatches ...string) ([]Entry, error)
	// Waiting returns the entries of a layout, by its name, without tracking numbers; of all
	// layouts for "".
	Waiting(ctx context.Context, layout string) ([]Entry, error)
}

// [ErrKeyTaken] is matched when a key belongs to another parcel.
var ErrKeyTaken = errors.New("label: the key belongs to another parcel")

// Memory is a [KeyStore] in memory, lost when the program ends. It is safe for concurrent use.
type Memory struct {
	mu      sync.RWMutex
	entries map[string]Entry
	matches map[string][]string // keys by Match
}

// NewMemory returns an empty Memory.
func NewMemory() *Memory {
	return &Memory{entries: map[string]Entry{}, matches: map[string][]string{}}
}

// Save implements [KeyStore].
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
			m.matches[old.Match] = slices.DeleteFunc(m.matches[old.Match],
				func(k string) bool { return k == e.Key })
		}
		if e.Match != "" && !slices.Contains(m.matches[e.Match], e.Key) {
			m.matches[e.Match] = append(m.matches[e.Match], e.Key)
		}
		e.Numbers, e.Void = slices.Clone(e.Numbers), slices.Clone(e.Void)
		m.entries[e.Key] = e
	}
}

// Load implements [KeyStore].
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

// Waiting implements [KeyStore].
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

// matchOf returns the digest by which a row without a key is found. It ignores the changes that
// tools make to a text.
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
