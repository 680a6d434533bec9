package cassette

import (
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/jpmall/jpmall/order"
)

// class is what may be kept of a field.
type class uint8

const (
	none   class = iota // nothing: no list knows the field
	number              // an amount, a count, a rate, a flag: at most nine digits
	date                // a day, an instant
	code                // a code: letters, at most six digits, no blanks; an enumeration, or the mall's
	flag                // at most three letters or digits
	text                // free text, in which the words of slots stay
	secret              // nothing, not even its length
)

var shapes = map[class]*regexp.Regexp{
	number: regexp.MustCompile(`^(?:-?\d{1,9}(?:\.\d{1,4})?|true|false)$`),
	date: regexp.MustCompile(
		`^(?:(?:19|20)\d\d[-/]?[01]\d[-/]?[0-3]\d(?:[T ]?[0-2]\d:?[0-5]\d(?::?[0-5]\d(?:\.\d{1,9})?)?)?(?:Z|[+-]\d\d:?\d\d)?` +
			`|[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} 20\d\d \d\d:\d\d:\d\d GMT|24:00|[0-2]\d:[0-5]\d)$`),
	flag: regexp.MustCompile(`^[A-Za-z0-9]{1,3}$`),
	code: regexp.MustCompile(`^[+-]?[A-Za-z0-9_][A-Za-z0-9_.,:/-]*$`),
}

// keeps reports whether a value looks like one of its class.
func (c class) keeps(value string) bool {
	shape, ok := shapes[c]
	if !ok || !shape.MatchString(value) {
		return false
	}
	switch c {
	case code: // each of a list by itself; a number in groups is no list
		long := 0
		for one := range strings.SplitSeq(value, ",") {
			n := countDigits(one)
			if len(one) > 64 || n > 6 {
				return false
			}
			if n > 2 {
				long += n
			}
		}
		return long <= 8
	case date:
		if day := strings.NewReplacer("-", "", "/", "").Replace(value); len(value) >= 8 &&
			value[0] <= '9' {
			_, err := time.Parse("20060102", day[:8])
			return err == nil
		}
	}
	return true
}

func countDigits(s string) int {
	n := 0
	for _, c := range []byte(s) {
		if c >= '0' && c <= '9' {
			n++
		}
	}
	return n
}

// list is what is kept for one mall.
type list struct {
	fields   map[string]class // by "name", or by "parent/name"
	segments map[string]bool  // of its paths
	literals map[string]bool  // whole values that stay wherever they stand
}

func (l *list) class(parent, name string) class {
	if c, ok := l.fields[parent+"/"+name]; ok {
		return c
	}
	return l.fields[name]
}

func (l *list) known(name string) bool {
	_, ok := l.fields[name]
	return ok
}

// query returns the class of a parameter of a query or a form. Free text there is replaced as a
// whole.
func (l *list) query(name string) class {
	if c, ok := parameters[name]; ok {
		return c
	}
	c := l.fields[name]
	if c == text {
		return none
	}
	return c
}

// parameters are those of the token endpoints, in forms and replies.
var parameters = map[string]class{
	"grant_type": code, "token_type": code, "expires_in": number, "error": code, "scope": none,
	"access_token": secret, "refresh_token": secret, "id_token": secret, "client_id": secret,
	"client_secret": secret, "code": secret,
	"code_verifier": secret, "password": secret, "token": secret, "signature": secret,
	"X-Amz-Signature":  secret,
	"X-Amz-Credential": secret, "X-Amz-Security-Token": secret, "AWSAccessKeyId": secret,
	"Signature": secret,
}

var lists = sync.OnceValue(func() map[order.Mall]*list {
	return map[order.Mall]*list{
		order.Rakuten: parse(rakutenFields), order.Yahoo: parse(yahooFields),
		order.Amazon: parse(amazonFields), order.AuPay: parse(aupayFields),
	}
})

func listOf(m order.Mall) *list {
	if l, ok := lists()[m]; ok {
		return l
	}
	return parse("")
}

// shared are the fields of the token endpoints' replies, which two malls have.
const shared = `
code: token_type error
number: expires_in
text: error_description
secret: access_token refresh_token id_token client_id client_secret restrictedDataToken newClientSecret
`

// parse reads a list: each line has a class and the names of its fields. A line that begins with a
// blank continues the one before. Of those under name the name alone is kept.
func parse(data string) *list {
	l := &list{fields: map[string]class{}, segments: map[string]bool{}, literals: map[string]bool{}}
	classes := map[string]class{"number": number, "date": date, "code": code, "flag": flag, "text": text,
		"secret": secret, "name": none}
	for line := range strings.Lines(strings.ReplaceAll(shared+data, "\n ", " ")) {
		head, names, _ := strings.Cut(strings.TrimSpace(line), ":")
		switch head {
		case "segment":
			for name := range strings.FieldsSeq(names) {
				l.segments[name] = true
			}
		case "literal":
			for name := range strings.SplitSeq(names, "|") {
				l.literals[strings.TrimSpace(name)] = true
			}
		default:
			for name := range strings.FieldsSeq(names) {
				l.fields[name] = classes[head]
			}
		}
	}
	delete(l.literals, "")
	return l
}
