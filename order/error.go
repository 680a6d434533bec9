package order

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"
)

// Class is the kind of failure of an Error. A Class is itself an error, for errors.Is:
//
//	if errors.Is(err, order.ErrCredentialExpired) { … }
type Class uint8

// The classes. The zero Class is none of them; no Error of this SDK has it.
const (
	// key or token refused: wrong, revoked, or not accepted yet
	ErrUnauthorized      Class = iota + 1
	ErrCredentialExpired       // key, token or session has expired: it must be renewed
	// the key is valid, but the IP address, function or role is not allowed
	ErrForbidden
	ErrNotFound    // no such order, shop or operation
	ErrInvalid     // the request is wrong; nothing was sent, or the mall refused it
	ErrConflict    // the order's state does not allow it
	ErrRateLimited // the mall asks to slow down
	ErrMaintenance // 定期メンテナンス
	ErrTemporary   // network failure or 5xx: may work later
	ErrUndecodable // the reply could not be read
	// a limit of this SDK or of its caller: body too large, wait too long, quota reserve
	ErrLocalLimit
)

var classNames = [...]string{
	"unclassified", "unauthorized", "credential expired", "forbidden", "not found", "invalid",
	"conflict", "rate limited",
	"maintenance", "temporary", "undecodable", "local limit",
}

// Error returns the class in words: "rate limited".
func (c Class) Error() string {
	if int(c) < len(classNames) {
		return classNames[c]
	}
	return fmt.Sprintf("class %d", uint8(c))
}

// Classes returns all classes.
func Classes() []Class {
	all := make([]Class, len(classNames)-1)
	for i := range all {
		all[i] = Class(i + 1)
	}
	return all
}

// Error is the error type of all malls. It contains nothing secret or personal and can be logged.
type Error struct {
	Class      Class
	Mall       Mall
	Shop       string // as in Config; not a secret
	Operation  string // the mall's name of the operation; low cardinality
	Order      string // the order it concerns; empty when it concerns the whole call
	HTTPStatus int    // 0 when there was no reply
	Code       string // the mall's code
	Message    string // the mall's words, bounded; never a reply body
	Text       Text   // why, in both languages, where the words are this SDK's own; else zero
	RequestID  string // the mall's id of the request, for its support desk
	Attempts   int    // how often it was sent; 0 when nothing was
	// how long the server, or a rule of the mall, asks to wait, at most an hour; 0 when none does
	RetryAfter time.Duration
	Hint       Text  // what to do next
	Err        error // the underlying error, if any
}

// Error returns one line in English with the shop, the operation, the mall's code and what to do
// next. Hint has both languages.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Mall))
	part := func(name, value string) {
		if value != "" {
			b.WriteString(" " + name + value)
		}
	}
	part("shop ", e.Shop)
	part("", e.Operation)
	part("order ", e.Order)
	if b.Len() > 0 {
		b.WriteString(": ")
	}
	b.WriteString(e.Class.Error())
	part("", e.Code)
	if e.HTTPStatus != 0 {
		fmt.Fprintf(&b, " (HTTP %d)", e.HTTPStatus)
	}
	if e.Message != "" {
		b.WriteString(": " + e.Message)
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	if e.Attempts > 1 {
		fmt.Fprintf(&b, " [%d attempts]", e.Attempts)
	}
	if e.RequestID != "" {
		b.WriteString(" [request " + e.RequestID + "]")
	}
	if e.RetryAfter > 0 {
		fmt.Fprintf(&b, " [asks to wait %s]", e.RetryAfter)
	}
	if hint := e.Hint.In(English); hint != "" {
		b.WriteString(": " + hint)
	}
	return strings.TrimPrefix(b.String(), " ")
}

// Unwrap returns e.Err.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is the Class of e. It is for errors.Is.
func (e *Error) Is(target error) bool {
	c, ok := target.(Class)
	return ok && c == e.Class
}

// LogValue returns the fields as a group. It implements slog.LogValuer.
func (e *Error) LogValue() slog.Value {
	attrs := []slog.Attr{slog.String("class", e.Class.Error()), slog.String("mall", string(e.Mall))}
	add := func(key, value string) {
		if value != "" {
			attrs = append(attrs, slog.String(key, value))
		}
	}
	add("shop", e.Shop)
	add("operation", e.Operation)
	add("order", e.Order)
	add("code", e.Code)
	add("message", e.Message)
	add("request_id", e.RequestID)
	add("hint", e.Hint.In(English))
	if e.Err != nil {
		add("cause", e.Err.Error())
	}
	if e.HTTPStatus != 0 {
		attrs = append(attrs, slog.Int("http_status", e.HTTPStatus))
	}
	if e.Attempts != 0 {
		attrs = append(attrs, slog.Int("attempts", e.Attempts))
	}
	if e.RetryAfter != 0 {
		attrs = append(attrs, slog.Duration("retry_after", e.RetryAfter))
	}
	return slog.GroupValue(attrs...)
}

// Concerns returns the number of the one order that err is about, or "" when err concerns a whole
// call. An iteration of orders continues after an error with a number and ends with any other.
func Concerns(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Order
	}
	return ""
}
