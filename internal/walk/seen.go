package walk

import "strings"

// Seen remembers the ids of the current and the previous window: an order can occur twice in one
// window (pages shift, a window is read again) or at the edge of two, but not further apart. The
// zero Seen is ready. It is not safe for concurrent use.
type Seen struct {
	current, previous map[string]struct{}
}

// First reports whether the id is new, and remembers it.
func (s *Seen) First(id string) bool {
	if _, again := s.current[id]; again {
		return false
	}
	if s.current == nil {
		s.current = make(map[string]struct{})
	}
	_, again := s.previous[id]
	// a copy, because an id may be a piece of a whole reply
	s.current[strings.Clone(id)] = struct{}{}
	return !again
}

// Next begins the next window and forgets the ids of the window before the previous one.
func (s *Seen) Next() { s.previous, s.current = s.current, nil }

// Len returns how many ids are remembered.
func (s *Seen) Len() int { return len(s.current) + len(s.previous) }
