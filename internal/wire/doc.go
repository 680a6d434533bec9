// Package wire reads what the four malls send and writes what they accept.
//
// [JSON] (Rakuten, Amazon) and [XML] (Yahoo!, au PAY) fill plain structs with the ordinary json
// and xml tags through one compiled, tag-driven decoder. Both are lenient where a mall is known to
// be loose, and strict where leniency would hide a loss: a scalar of the wrong type costs that
// field and is reported as a [Problem]; a broken or truncated document is an error.
//
// # What both accept
//
// Names are case-sensitive; unknown ones are ignored. Field types: strings, integers and bools
// (named or not), structs, pointers to and slices of these, maps with string keys (JSON) and
// [encoding/json.RawMessage] (JSON). Embedded structs are promoted as in encoding/json. Any other
// type, including floats and types with their own UnmarshalJSON, UnmarshalXML or UnmarshalText, is
// an error that names the field: money is never a float here.
//
// An integer may be written as a string, with a fraction of zeros (5980.00) or an exponent, as
// long as it is whole; it is never rounded. A bool may be written in any way that [ParseFlag]
// reads. Blank text is zero, or nil for a pointer to anything but a string.
//
// # JSON
//
// null is zero or nil for every type, RawMessage included. A number or bool keeps its text in a
// string field. One value where a list is expected is a list of one; "" and [] where an object is
// expected are absent. The last of duplicate names wins. Invalid UTF-8 and lone surrogates become
// U+FFFD; raw control characters in strings are kept.
//
// # XML
//
// Namespaces and prefixes are ignored. An empty element is the same as a missing one: zero, nil,
// and no list element. Repeated elements fill a slice; of a repeated scalar the last one is kept,
// as in encoding/xml. White space around a text is dropped (Yahoo! indents values), except inside
// CDATA. Control characters, a bare & and unknown entities are kept as text. A DOCTYPE is refused,
// so there are no entities to expand. Tags: names, a>b paths, ",attr", ",chardata", ",cdata",
// ",innerxml", and XMLName.
//
// # Memory
//
// The document is not retained: decoded strings are packed into blocks of a few kilobytes, so a
// retained string keeps at most its block alive. Depth, decoded size and number of problems are
// limited by the constants below; the size of the document itself is up to the caller.
//
// All functions are safe for concurrent use.
package wire

const (
	// MaxDepth is how many objects, lists or elements may be open at once. The malls nest at most
	// seven deep.
	MaxDepth = 64

	// MaxProblems is how many problems are reported for a document; the last one counts the rest.
	MaxProblems = 256

	// MaxText is how many bytes of an unreadable value a Problem keeps.
	MaxText = 64

	// MaxMemory limits the list elements and pointed-to values of one document, in bytes. An empty
	// object in a list takes three bytes on the wire and a kilobyte in memory.
	MaxMemory = 64 << 20
)
