package credential

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"unicode/utf8"
)

const redacted = "[redacted]"

// Secret is a key, token or password that does not leave by accident: it prints, logs and marshals as "[redacted]" (or as
// nothing when empty). Reveal gives the plain value. The zero Secret is empty. Secrets are comparable.
type Secret struct{ value string }

// NewSecret wraps a plain value.
func NewSecret(plain string) Secret { return Secret{plain} }

// Reveal gives the plain value: for signing a request or for a store, never for a message.
func (s Secret) Reveal() string { return s.value }

// IsZero tells whether the secret is empty.
func (s Secret) IsZero() bool { return s.value == "" }

// String is redacted.
func (s Secret) String() string {
	if s.value == "" {
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
	if !utf8.ValidString(s.value) {
		return nil, errors.New("credential: the secret is not UTF-8; JSON would change it")
	}
	return json.Marshal(s.value)
}

// UnmarshalText reads a plain value, so that a configuration can hold secrets.
func (s *Secret) UnmarshalText(text []byte) error {
	s.value = string(text)
	return nil
}
