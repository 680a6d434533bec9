package walk

import "strings"

// Seen remembers ids of the current and the previous window: an order can show up twice in one window (pages shift, a window
// is read again) or at the edge of two, not further apart. The zero Seen is ready. Not for concurrent use.
type Seen struct {
	current, previous map[string]struct{}
}

// First tells whether the id is met for the first time, and remembers it.
func (s *Seen) First(id string) bool {
	if _, again := s.current[id]; again {
		return false
	}
	if s.current == nil {
		s.current = make(map[string]struct{})
	}
	_, again := s.previous[id]
	s.current[strings.Clone(id)] = struct{}{} // a copy, because an id may be a piece of a whole reply
	return !again
}

// Next begins the next window and forgets the ids of the one before the last.
func (s *Seen) Next() { s.previous, s.current = s.current, nil }

// Len is how many ids are remembered.
func (s *Seen) Len() int { return len(s.current) + len(s.previous) }
