package order

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"
)

// Class is what kind of failure an Error is. A Class is itself an error, so that errors.Is tells it:
//
//	if errors.Is(err, order.ErrCredentialExpired) { … }
type Class uint8

// The classes. The zero Class is none of them and never set by this SDK.
const (
	ErrUnauthorized      Class = iota + 1 // key or token refused: wrong, revoked, or not accepted yet
	ErrCredentialExpired                  // key, token or session is over: a person or a renewal must act
	ErrForbidden                          // key is fine, but IP address, function or role is not allowed
	ErrNotFound                           // no such order, shop or operation
	ErrInvalid                            // the request is wrong; nothing was sent, or the mall said so
	ErrConflict                           // the order's state does not allow it
	ErrRateLimited                        // the mall asks to slow down
	ErrMaintenance                        // 定期メンテナンス
	ErrTemporary                          // network, 5xx: may work later
	ErrUndecodable                        // the reply could not be read
	ErrLocalLimit                         // a limit of this SDK or of its caller: body too large, wait too long, quota reserve
)

var classNames = [...]string{
	"unclassified", "unauthorized", "credential expired", "forbidden", "not found", "invalid", "conflict", "rate limited",
	"maintenance", "temporary", "undecodable", "local limit",
}

// Error is the class in words: "rate limited".
func (c Class) Error() string {
	if int(c) < len(classNames) {
		return classNames[c]
	}
	return fmt.Sprintf("class %d", uint8(c))
}

// Classes lists all classes.
func Classes() []Class {
	all := make([]Class, len(classNames)-1)
	for i := range all {
		all[i] = Class(i + 1)
	}
	return all
}

// Error is the one error type of all malls. It says nothing secret and nothing personal, so it can be logged as it is.
type Error struct {
	Class      Class
	Mall       Mall
	Shop       string        // as in Config; not a secret
	Operation  string        // the mall's name of the operation, low cardinality
	Order      string        // the order it concerns, empty when it concerns the whole call
	HTTPStatus int           // 0 when there was no reply
	Code       string        // the mall's code
	Message    string        // the mall's words, bounded; never its body
	RequestID  string        // the mall's id of the request, for its support desk
	Attempts   int           // how often it was sent; 0 when nothing left
	RetryAfter time.Duration // how long the server asks to wait, an hour at most; 0 when it did not say
	Hint       string        // what to do next, in English
	Err        error         // what it comes from, if anything
}

// Error says which shop, which operation, which mall code, and what to do next, on one line.
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
	b.WriteString(": " + e.Class.Error())
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
		fmt.Fprintf(&b, " [server asks to wait %s]", e.RetryAfter)
	}
	if e.Hint != "" {
		b.WriteString(": " + e.Hint)
	}
	return strings.TrimPrefix(b.String(), " ")
}

// Unwrap gives what the error comes from.
func (e *Error) Unwrap() error { return e.Err }

// Is makes errors.Is(err, class) work.
func (e *Error) Is(target error) bool {
	c, ok := target.(Class)
	return ok && c == e.Class
}

// LogValue groups the fields for log/slog.
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
	add("hint", e.Hint)
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

// Concerns gives the number of the one order that err is about, or "" when err concerns a whole call. An iteration of orders
// goes on after an error with a number and ends with any other.
func Concerns(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Order
	}
	return ""
}
