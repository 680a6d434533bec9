package wire

import (
	"errors"
	"fmt"
)

// What can be wrong with a document as a whole. A [*SyntaxError] wraps one of them.
var (
	// ErrEmpty is a body without content. au PAY is known to send one.
	ErrEmpty = errors.New("empty body")
	// ErrHTML is an HTML page where data was expected: a reply of a gateway or proxy, or a
	// maintenance notice.
	ErrHTML = errors.New("an HTML page instead of data")
	// ErrTruncated is a document that ends too early.
	ErrTruncated = errors.New("document is cut off")
	// ErrMalformed is a document that breaks the grammar.
	ErrMalformed = errors.New("malformed document")
	// ErrDepth is a document nested deeper than MaxDepth.
	ErrDepth = errors.New("nested too deeply")
	// ErrSize is a document that would take more than MaxMemory when decoded.
	ErrSize = errors.New("too large when decoded")
	// ErrDoctype is an XML document with a DOCTYPE or another declaration.
	ErrDoctype = errors.New("DOCTYPE is refused")
	// ErrCharset is an XML document in a character set that is not supported.
	ErrCharset = errors.New("unsupported character set")
	// ErrRoot is a well-formed document of another kind: an unexpected XML root element, or a JSON
	// document that is neither object nor list.
	ErrRoot = errors.New("unexpected kind of document")
)

// A SyntaxError says why and where a document could not be read. It quotes nothing of the
// document.
type SyntaxError struct {
	// Format is "JSON" or "XML".
	Format string
	// Offset is in bytes from the start of the document, after conversion to UTF-8 if it was in
	// another character set.
	Offset int
	// Detail says what was expected; it may be empty.
	Detail string
	// Member is what is missing in case of ErrMember, as the shape writes it.
	Member string
	// Err is one of the errors of this package.
	Err error
}

// Error implements error.
func (e *SyntaxError) Error() string {
	if e.Detail == "" {
		return fmt.Sprintf("%s: %v at byte %d", e.Format, e.Err, e.Offset)
	}
	return fmt.Sprintf("%s: %v at byte %d: %s", e.Format, e.Err, e.Offset, e.Detail)
}

// Unwrap returns the kind of the error.
func (e *SyntaxError) Unwrap() error { return e.Err }
