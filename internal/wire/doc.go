// Package wire reads what the four malls send and writes what they accept.
//
// [JSON] (Rakuten, Amazon) and [XML] (Yahoo!, au PAY) fill plain structs with
// the ordinary json and xml tags through one compiled, tag-driven filler. Both
// are lenient where a mall is known to be loose and strict where leniency would
// hide a loss: a scalar of the wrong type costs that field and is reported as a
// [Problem], a broken or cut-off document is an error.
//
// # What both accept
//
// Names are case-sensitive, unknown ones are ignored. Field types: strings,
// integers and bools (named or not), structs, pointers to and slices of these,
// maps with string keys (JSON) and [encoding/json.RawMessage] (JSON). Embedded
// structs are promoted as encoding/json does. Anything else, floats and types
// with their own UnmarshalJSON, UnmarshalXML or UnmarshalText included, is
// refused with an error that names the field: money is never a float here.
//
// An integer may be written as a string, with a fraction of zeros (5980.00) or
// an exponent, as long as it is whole; it is never rounded. A bool may be
// written in any way [ParseFlag] reads. A blank text is zero, or nil for a
// pointer to anything but a string.
//
// # JSON
//
// null is zero or nil for every type, RawMessage included. A number or bool
// keeps its text in a string field. One value where a list is expected is a
// list of one; "" and [] where an object is expected are absent. The last of
// duplicate names wins. Invalid UTF-8 and lone surrogates become U+FFFD, raw
// control characters in strings are kept.
//
// # XML
//
// Namespaces and prefixes are ignored. An empty element is the same as a missing
// one: zero, nil, and no list element. Repeated elements fill a slice; of a
// repeated scalar the last one stays, as in encoding/xml. White space around a
// text is dropped (Yahoo! indents values), that inside CDATA is kept. Control
// characters, a bare & and unknown entities are kept as text. A DOCTYPE is
// refused, so there are no entities to expand. Tags: names, a>b paths, ",attr",
// ",chardata", ",cdata", ",innerxml", and XMLName.
//
// # Memory
//
// A document is not kept: decoded strings are packed into blocks of a few
// kilobytes, so a string that is kept for long pins at most its block. Depth,
// decoded size and number of problems are bounded by the constants below; the
// size of the document itself is bounded by whoever read it.
//
// All functions are safe for concurrent use.
package wire

const (
	// MaxDepth is the number of objects, lists or elements that may be open at
	// once. The malls nest seven deep at most.
	MaxDepth = 64

	// MaxProblems is the number of problems reported one by one for a document;
	// the last one counts the rest.
	MaxProblems = 256

	// MaxText is the number of bytes of an unreadable value that a Problem keeps.
	MaxText = 64

	// MaxMemory bounds the list elements and pointed-to values of one document,
	// in bytes. A list of empty objects costs three bytes each on the wire and
	// a kilobyte each in memory.
	MaxMemory = 64 << 20
)
