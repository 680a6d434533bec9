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

// Secret is a key, token or password that prints, logs and marshals as "[redacted]", or as nothing
// when empty. Reveal returns the plain value. The zero Secret is empty. Secrets are comparable: ==
// compares values.
//
// The value also stays hidden where no method is called, as by dumpers, and by fmt on unexported
// fields: it is masked and stands behind a pointer.
type Secret struct{ masked unique.Handle[string] }

// NewSecret returns a Secret that holds a plain value.
func NewSecret(plain string) Secret {
	if plain == "" {
		return Secret{}
	}
	return Secret{unique.Make(mask(plain))}
}

// Reveal returns the plain value, for signing a request or for a store, never for a message.
func (s Secret) Reveal() string {
	if s.IsZero() {
		return ""
	}
	return mask(s.masked.Value())
}

// IsZero reports whether the secret is empty.
func (s Secret) IsZero() bool { return s == Secret{} }

// maskSeed is generated once per process.
var maskSeed = sync.OnceValue(func() (seed [32]byte) {
	_, _ = rand.Read(seed[:]) // it does not fail; see crypto/rand
	return seed
})

// mask converts a value to its masked form and back. It is not encryption: it hides the value from
// dumpers, not from an attacker.
func mask(text string) string {
	out := make([]byte, len(text))
	_, _ = mathrand.NewChaCha8(maskSeed()).Read(out) // it does not fail
	for i := range out {
		out[i] ^= text[i]
	}
	return string(out)
}

// String returns "[redacted]", or "" for an empty Secret.
func (s Secret) String() string {
	if s.IsZero() {
		return ""
	}
	return redacted
}

// Format prints what String returns, for every verb, %#v and %x included.
func (s Secret) Format(f fmt.State, _ rune) { fmt.Fprint(f, s.String()) }

// LogValue returns what String returns.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText returns what String returns; encoding/json uses it too. A store uses Reveal or
// MarshalPlain.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalPlain returns the plain value as a JSON string, for a Store. It is the only way in which a
// Secret is written to JSON unredacted, and nothing calls it implicitly. json.Unmarshal into a
// Secret reads it back.
func (s Secret) MarshalPlain() ([]byte, error) {
	plain := s.Reveal()
	if !utf8.ValidString(plain) {
		return nil, errors.New("credential: the secret is not UTF-8; JSON would change it")
	}
	return json.Marshal(plain)
}

// UnmarshalText sets the plain value, so that a configuration can hold secrets.
func (s *Secret) UnmarshalText(text []byte) error {
	*s = NewSecret(string(text))
	return nil
}
