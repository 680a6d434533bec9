// Package cassette records the exchanges with a mall in a file that holds nothing personal and nothing secret, and answers from
// such a file, so that a report of a fault becomes a test:
//
//	recorder, err := cassette.NewRecorder(file)
//	client, err := rakuten.New(rakuten.Config{..., HTTPClient: &http.Client{Transport: recorder.Transport(order.Rakuten, shop, nil)}})
//
//	tape, err := cassette.Load("testdata/report.jsonl")
//	client, err := rakuten.New(rakuten.Config{Shop: tape.Shop(order.Rakuten), HTTPClient: &http.Client{Transport: tape.Transport(order.Rakuten)}, ...})
//
// # What is kept
//
// A leaf (a text, a number, an attribute, a header) is kept only where a list of the mall's fields names it as an amount, a date, a
// code or a flag, and only while it looks like one. Whatever no list knows is replaced by an invented text of the same length and the
// same script, rune by rune; hyphens, blanks and punctuation stay, so that numbers of orders and items keep their form. The same text
// is replaced alike in the whole file, by a secret that lives as long as the Recorder and is written nowhere. In free text (remarks,
// labels of slots, messages) the words by which slots and errors are read, days and hours stay; everything else is replaced. Names of
// fields stay when they look like names. Keys and tokens are not even replaced: the word "removed" stands there. Headers are kept by
// a list, of a request only its type. Bodies of other kinds than JSON, XML, forms and pages are left out.
//
// Look at a file before you pass it on all the same: a shop may have put a name where the mall has a code.
//
// # The format
//
// JSON lines in UTF-8. The first line is {"cassette":1}, the version of the format. Each other line is an Exchange, in the order in
// which the replies ended. Bodies stand uncompressed; a body that was declared Shift_JIS or EUC-JP stands in UTF-8 and says so.
package cassette
