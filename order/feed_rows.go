package order

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"strings"
	"time"
)

// The rows of a shop's table, by the beginning of their keys.
const (
	keyCursor  = "cursor" // JSON of cursor
	keySeen    = "o:"     // and the order's number; see seenOrder
	keyTrouble = "t:"     // and the order's number; JSON of pendingNote
)

// seenOrder is an acknowledged order, small because there may be a million. The number is kept in
// full, so that no two orders can be confused, and the revision as 128 bits of its SHA-256, which
// do not collide by accident or by design. Two marks may collide: a change that the list shows is
// then seen only by the pass over the window.
type seenOrder struct {
	revision [16]byte
	at       uint32 // when it was placed, or changed if read ByUpdated, in seconds
	mark     uint32 // hash of Row.Mark; zero when it is not known
}

func hashRevision(revision string) (h [16]byte) {
	sum := sha256.Sum256([]byte(revision))
	copy(h[:], sum[:])
	return h
}

func hashMark(mark string) uint32 {
	if mark == "" {
		return 0
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(mark)) // a hash does not fail
	return max(h.Sum32(), 1)
}

// seconds returns the seconds since 1970, bounded to what fits.
func seconds(t time.Time) uint32 { return uint32(min(max(t.Unix(), 0), math.MaxUint32)) }

// seenFormat is the first byte of a seenOrder's value, followed by the revision, the second and the
// mark in big-endian.
const (
	seenFormat = 1
	seenSize   = 1 + 16 + 4 + 4
)

func (s seenOrder) value() []byte {
	b := append(make([]byte, 0, seenSize), seenFormat)
	b = append(b, s.revision[:]...)
	b = binary.BigEndian.AppendUint32(b, s.at)
	return binary.BigEndian.AppendUint32(b, s.mark)
}

func readSeen(value []byte) (s seenOrder, ok bool) {
	if len(value) != seenSize || value[0] != seenFormat {
		return s, false
	}
	copy(s.revision[:], value[1:])
	s.at = binary.BigEndian.Uint32(value[17:])
	s.mark = binary.BigEndian.Uint32(value[21:])
	return s, true
}

// errState marks a table that no Feed of this version has written.
var errState = errors.New("order: feed state")

func badRow(key string, err error) error {
	if err == nil {
		err = errors.New("it cannot be read")
	}
	return fmt.Errorf("%w: row %q: %w", errState, key, err)
}

// apply adds one row of the table to the state.
func (s *feedState) apply(c FeedChange) error {
	id, seen := strings.CutPrefix(c.Key, keySeen)
	if seen {
		if c.Value == nil {
			delete(s.seen, id)
			return nil
		}
		o, ok := readSeen(c.Value)
		if !ok {
			return badRow(c.Key, nil)
		}
		s.seen[strings.Clone(id)] = o
		return nil
	}
	if id, trouble := strings.CutPrefix(c.Key, keyTrouble); trouble {
		if c.Value == nil {
			delete(s.trouble, id)
			return nil
		}
		var note pendingNote
		if err := json.Unmarshal(c.Value, &note); err != nil || note.Since.IsZero() {
			return badRow(c.Key, err)
		}
		s.trouble[strings.Clone(id)] = note
		return nil
	}
	switch {
	case c.Value == nil:
	case c.Key == keyCursor:
		s.cursor = cursor{}
		if err := json.Unmarshal(c.Value, &s.cursor); err != nil {
			return badRow(c.Key, err)
		}
		if s.Format != feedFormat {
			return badRow(c.Key, fmt.Errorf("it has format %d, this version reads %d", s.Format,
				feedFormat))
		}
	case c.Key == FeedKeyOld:
		return s.applyOld(c.Value)
	}
	return nil // a row that a later version may have added, which says nothing here
}

// row returns the current value of a row, nil if there is none.
func (s *feedState) row(key string) []byte {
	if id, ok := strings.CutPrefix(key, keySeen); ok {
		if o, there := s.seen[id]; there {
			return o.value()
		}
		return nil
	}
	var value any
	if id, ok := strings.CutPrefix(key, keyTrouble); ok {
		note, there := s.trouble[id]
		if !there {
			return nil
		}
		value = note
	} else if key == keyCursor {
		value = s.cursor
	} else {
		return nil
	}
	data, _ := json.Marshal(value) // strings and instants
	return data
}

// oldState is the whole state of a shop as an earlier version kept it.
type oldState struct {
	cursor
	Seen map[string]struct {
		Revision string    `json:"r"`
		At       time.Time `json:"t"`
	} `json:"seen"`
	Pending map[string]pendingNote `json:"pending"`
}

// applyOld converts a state of the old format. The next Save stores all of it.
func (s *feedState) applyOld(data []byte) error {
	var old oldState
	if err := json.Unmarshal(data, &old); err != nil {
		return badRow(FeedKeyOld, err)
	}
	if old.Format != 1 || old.Passed.IsZero() {
		return badRow(FeedKeyOld, fmt.Errorf("it is no state of format 1"))
	}
	s.cursor = old.cursor
	s.Format = feedFormat
	for id, o := range old.Seen {
		s.seen[id] = seenOrder{revision: hashRevision(o.Revision), at: seconds(o.At)}
		s.touch(keySeen + id)
	}
	for id, note := range old.Pending {
		s.trouble[id] = note
		s.touch(keyTrouble + id)
	}
	s.touch(keyCursor)
	s.touch(FeedKeyOld)
	return nil
}
