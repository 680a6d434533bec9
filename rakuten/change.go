package rakuten

import (
	"github.com/jpmall/jpmall/internal/wire"
)

// Change is an optional field of an update. Rakuten keeps a field that is absent and clears one
// that is empty. The zero Change keeps the field, Set writes a value, and only Clear clears.
// Setting an empty text or day is refused before anything is sent, since it would clear by
// accident.
type Change[T comparable] struct {
	value T
	state changeState
}

type changeState uint8

const (
	kept changeState = iota
	set
	cleared
)

// Set returns a Change that writes value.
func Set[T comparable](value T) Change[T] { return Change[T]{value, set} }

// Clear returns a Change that empties the field.
func Clear[T comparable]() Change[T] { return Change[T]{state: cleared} }

// Get returns the value to be written; ok is false when the field is kept or cleared.
func (c Change[T]) Get() (value T, ok bool) { return c.value, c.state == set }

// Cleared reports whether the field is to be emptied.
func (c Change[T]) Cleared() bool { return c.state == cleared }

// IsZero reports whether the field is kept; it is then not sent.
func (c Change[T]) IsZero() bool { return c.state == kept }

// MarshalJSON encodes the value. A cleared text is "", any other cleared field is null.
func (c Change[T]) MarshalJSON() ([]byte, error) {
	if c.state == set {
		return wire.EncodeJSON(c.value)
	}
	if _, text := any(c.value).(string); text {
		return []byte(`""`), nil
	}
	return []byte("null"), nil
}

// byMistake reports whether the change would write the zero value of a text or day, which Rakuten
// takes for clearing.
func (c Change[T]) byMistake() bool {
	var zero T
	return c.state == set && c.value == zero
}
