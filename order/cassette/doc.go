// Package cassette records the exchanges with a mall in a file without personal or secret data, and
// answers requests from such a file. It turns a bug report into a test.
//
//	Recorder  records; its Transport goes into the Config.HTTPClient of a client
//	Tape      answers; its Transport goes in the same place
//	Exchange  one request and its reply, a line of the file
//
// A client works as usual while it is recorded. Answering needs no network:
//
//	recorder, err := cassette.NewRecorder(file)
//	client, err := rakuten.New(rakuten.Config{...,
//		HTTPClient: &http.Client{Transport: recorder.Transport(order.Rakuten, shop, nil)}})
//
//	tape, err := cassette.Load("testdata/report.jsonl")
//	client, err := rakuten.New(rakuten.Config{..., Shop: tape.Shop(order.Rakuten),
//		HTTPClient: &http.Client{Transport: tape.Transport(order.Rakuten)}})
//
// # What is kept
//
// A leaf (a text, a number, an attribute, a header) is kept only if a list of the mall's fields
// names it as an amount, a date, a code or a flag, and if it looks like one. Any other leaf is
// replaced, rune by rune, by an invented text of the same length and script. Hyphens, blanks and
// punctuation stay, so that order and item numbers keep their form. A text has the same replacement
// throughout the file. Replacements depend on a secret that lives as long as the Recorder and is
// never written.
//
// In free text (remarks, slot labels, messages), days, hours and the words by which slots and
// errors are read are kept; everything else is replaced, and so are days of birth, ages and rooms.
// Field names are kept if they look like names; in a JSON object in which no list knows any, as in
// a map by order numbers, they are replaced. Keys and tokens become the word "removed". Headers are kept by a list; of a request, only
// its type is. A body is left out unless it is JSON, XML, a form, an HTML page or a short plain
// text.
//
// Look through a file before you pass it on: a shop may have put a name where the mall has a code.
//
// # The format
//
// A file is JSON lines in UTF-8. The first line is {"cassette":1}, the version of the format. Each
// other line is an Exchange, in the order in which the replies ended. Bodies are uncompressed. One
// that was declared as Shift_JIS or EUC-JP is converted to UTF-8, and so is its declaration.
package cassette
