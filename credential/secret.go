package credential

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	mathrand "math/rand/v2"
	"sync"
	"unicode/utf8"
	"unique"
)

const redacted = "[redacted]"

// Secret is a key, token or password that does not leave by accident: it prints, logs and marshals as "[redacted]" (or as
// nothing when empty). Reveal gives the plain value. The zero Secret is empty. Secrets are comparable: == compares values.
//
// fmt calls no methods on unexported fields, and dumpers call none at all: so the value stands behind a pointer, which fmt prints
// as an address, and masked, so that what follows the pointer finds no text either.
type Secret struct{ masked unique.Handle[string] }

// NewSecret wraps a plain value.
func NewSecret(plain string) Secret {
	if plain == "" {
		return Secret{}
	}
	return Secret{unique.Make(mask(plain))}
}

// Reveal gives the plain value: for signing a request or for a store, never for a message.
func (s Secret) Reveal() string {
	if s.IsZero() {
		return ""
	}
	return mask(s.masked.Value())
}

// IsZero reports whether the secret is empty.
func (s Secret) IsZero() bool { return s == Secret{} }

// maskSeed is made once in a process and never changed.
var maskSeed = sync.OnceValue(func() (seed [32]byte) {
	_, _ = rand.Read(seed[:]) // it does not fail; see crypto/rand
	return seed
})

// mask turns a value into its masked form and back. It is no encryption: it hides from dumpers, not from an attacker.
func mask(text string) string {
	out := make([]byte, len(text))
	_, _ = mathrand.NewChaCha8(maskSeed()).Read(out) // it does not fail
	for i := range out {
		out[i] ^= text[i]
	}
	return string(out)
}

// String is redacted.
func (s Secret) String() string {
	if s.IsZero() {
		return ""
	}
	return redacted
}

// Format keeps every verb of fmt, %#v and %x included, from printing the value.
func (s Secret) Format(f fmt.State, _ rune) { fmt.Fprint(f, s.String()) }

// LogValue is redacted.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText is redacted; encoding/json uses it too. A store calls Reveal.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalPlain writes the plain value as a JSON string. It is the one way in which a Secret gets into JSON unredacted, and meant
// for a Store: nothing calls it by itself. json.Unmarshal into a Secret reads it back.
func (s Secret) MarshalPlain() ([]byte, error) {
	plain := s.Reveal()
	if !utf8.ValidString(plain) {
		return nil, errors.New("credential: the secret is not UTF-8; JSON would change it")
	}
	return json.Marshal(plain)
}

// UnmarshalText reads a plain value, so that a configuration can hold secrets.
func (s *Secret) UnmarshalText(text []byte) error {
	*s = NewSecret(string(text))
	return nil
}
