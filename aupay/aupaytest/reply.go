package aupaytest

import (
	"net/http"

	"github.com/jpmall/jpmall/internal/fake"
)

// ErrorShape is a form in which the mall sends errors; clients have met all of these.
type ErrorShape int

// The shapes. In all of them a refused key is a 401.
const (
	ErrorIn200      ErrorShape = iota // status 200
	ErrorIn400                        // the same document with status 400
	ErrorBare                         // code and message without an error element around them
	ErrorsSeveral                     // a second error beside the first
	ErrorWithPrefix                   // an unexpected namespace, CDATA, blanks
)

const declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// respond wraps what inner writes in a successful reply.
func respond(inner func(*document)) fake.Reply {
	var d document
	d.WriteString(declaration + "<response>\n<result><status>0</status></result>\n")
	inner(&d)
	d.WriteString("</response>\n")
	return fake.XML(http.StatusOK, d.Bytes())
}

// failure is the mall's error reply in the shape of the options.
func (m *Mall) failure(status int, code, message string) fake.Reply {
	var rows document
	rows.element("code", code)
	rows.element("message", message)
	row := "<error>\n" + rows.String() + "</error>\n"
	open, end := "<response>\n<result><status>1</status>", "</result>\n</response>\n"
	switch m.opt.Errors {
	case ErrorIn400:
		status = max(status, http.StatusBadRequest)
	case ErrorBare:
		row = rows.String()
	case ErrorsSeveral:
		row += "<error><code>" + codeBadField + "</code><message>ほかにもエラーがあります。</message></error>\n"
	case ErrorWithPrefix:
		open = `<w:response xmlns:w="urn:invented">` +
			"\n<w:result>\n  <w:status> <![CDATA[1]]> </w:status>"
		end = "</w:result>\n</w:response>\n"
	}
	return fake.XML(status, []byte(declaration+open+row+end))
}
