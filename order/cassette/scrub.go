package cassette

import (
	"bytes"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
)

// removed stands where a key or a token was.
const removed = "removed"

// scrubber replaces what the lists of one mall do not keep. as returns the replacement of a run.
type scrubber struct {
	list *list
	keep []string // whole values that stay
	as   func(kind, string) string
}

// leaf returns what is recorded for the value of a field.
func (s *scrubber) leaf(parent, name, value string) string {
	class := s.list.class(parent, name)
	switch {
	case class == secret:
		return removed
	case value == "" || s.list.literals[value] || class.keeps(value) ||
		slices.Contains(s.keep, value):
		return value
	case class == text:
		return s.text(value)
	case class == date: // what cannot be read must not become a day by chance
		return s.runs(value, spoken)
	}
	return s.plain(value)
}

// orderNumber is Rakuten's; its middle is the day of the order, which is read.
var orderNumber = regexp.MustCompile(`^(\d{6}-)(20\d{6})(-\d{10})$`)

// plain replaces every letter and digit.
func (s *scrubber) plain(value string) string {
	if m := orderNumber.FindStringSubmatch(value); m != nil && date.keeps(m[2]) {
		return s.runs(m[1], digits) + m[2] + s.runs(m[3], digits)
	}
	return s.runs(value, digits)
}

// runs replaces each run of one kind of runes; number is the kind of digits.
func (s *scrubber) runs(value string, number kind) string {
	var out strings.Builder
	start, of := 0, other
	flush := func(end int) {
		run := value[start:end]
		if of == other {
			out.WriteString(run)
		} else {
			out.WriteString(s.as(of, run))
		}
		start = end
	}
	for i, r := range value {
		k := kindOf(r)
		if k == digits {
			k = number
		}
		if k != of {
			flush(i)
			of = k
		}
	}
	flush(len(value))
	return out.String()
}

// path drops any prefix of the mall's own path and replaces segments that do not belong to it.
func (s *scrubber) path(path string) string {
	segments := strings.Split(path, "/")
	known := false
	var out []string
	for _, segment := range segments {
		word := s.list.segments[segment]
		known = known || word
		switch {
		case word || segment == "" && known:
			out = append(out, segment)
		case known:
			out = append(out, s.plain(segment))
		}
	}
	if !known {
		return s.plain(path)
	}
	return "/" + strings.Join(out, "/")
}

func (s *scrubber) query(raw string) string {
	values, _ := url.ParseQuery(raw) // what cannot be read is not written
	return s.values(values)
}

func (s *scrubber) values(values url.Values) string {
	out := url.Values{}
	for name, all := range values {
		class := s.list.query(name)
		for _, v := range all {
			switch {
			case class == secret:
				v = removed
			case v == "" || s.list.literals[v] || class.keeps(v) || slices.Contains(s.keep, v):
			default:
				v = s.plain(v)
			}
			out.Add(s.name(name), v)
		}
	}
	return out.Encode()
}

var fieldName = regexp.MustCompile(`^[A-Za-z_$][A-Za-z_.:-]{0,59}[0-9]{0,2}[A-Za-z_]{0,20}$`)

// name keeps the name of a field; what does not look like one is a value.
func (s *scrubber) name(name string) string {
	if fieldName.MatchString(name) || s.list.known(name) {
		return name
	}
	return s.plain(name)
}

// headers are those that are kept, by class; their values are as in fields.
var headers = map[string]class{
	"Content-Type": code, "Date": date, "Retry-After": number, "X-Amzn-Ratelimit-Limit": number,
	"X-Amzn-Errortype":       code,
	"X-Sws-Authorize-Status": code, "Www-Authenticate": text, "X-Amzn-Requestid": none,
	"Requestid":         none,
	"X-Ratelimit-Limit": number, "X-Ratelimit-Remaining": number, "X-Ratelimit-Reset": number,
}

// header keeps the headers in the list. Of a request that is its type; the others may contain
// secrets.
func (s *scrubber) header(h http.Header) map[string]string {
	out := map[string]string{}
	for name, class := range headers {
		value := h.Get(name)
		switch {
		case value == "":
		case name == "Content-Type":
			kind, _, _ := strings.Cut(value, ";")
			if kind = strings.TrimSpace(kind); mediaType.MatchString(kind) {
				out[name] = kind
			}
		case class.keeps(value):
			out[name] = value
		case class == text:
			out[name] = s.text(value)
		default:
			out[name] = s.plain(value)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

var mediaType = regexp.MustCompile(
	`^(?:application|text)/(?:json|xml|html|plain|x-www-form-urlencoded|octet-stream|problem\+json)$`)

// body scrubs a body by what it is, not by what its header says.
func (s *scrubber) body(contentType string, body []byte) (text, omitted string) {
	kind, _, _ := strings.Cut(strings.ToLower(contentType), ";")
	kind = strings.TrimSpace(kind)
	if strings.HasPrefix(kind, "multipart/") {
		return "", "multipart"
	}
	doc, ok := utf8Of(body)
	if !ok {
		return "", "neither UTF-8 nor a character set that is known"
	}
	trimmed := strings.TrimLeft(strings.TrimPrefix(doc, "\ufeff"), " \t\r\n")
	switch {
	case trimmed == "":
		return doc, ""
	case kind == "application/x-www-form-urlencoded":
		return s.query(doc), ""
	case trimmed[0] == '{' || trimmed[0] == '[' || trimmed[0] == '"':
		return s.json(doc), ""
	case trimmed[0] == '<' && !isPage(trimmed):
		return s.xml(doc), ""
	case isPage(trimmed) || len(trimmed) <= maxPlain && !strings.ContainsAny(trimmed, "\t"):
		return s.text(doc), ""
	}
	return "", "neither JSON, XML nor a page"
}

// maxPlain bounds a body without a form: a gateway's sentence.
const maxPlain = 4 << 10

func isPage(doc string) bool {
	start := strings.ToLower(doc[:min(len(doc), 20)])
	return strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html") ||
		strings.HasPrefix(start, "<head") ||
		strings.HasPrefix(start, "<body")
}

var declared = regexp.MustCompile(`^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9_-]+)["']`)

// utf8Of converts a body to UTF-8. An XML declaration that says otherwise is changed.
func utf8Of(body []byte) (string, bool) {
	m := declared.FindSubmatchIndex(body[:min(len(body), 200)])
	if m == nil {
		return string(body), utf8.Valid(body)
	}
	var from encoding.Encoding
	switch strings.ToLower(string(body[m[2]:m[3]])) {
	case "shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "cp932", "ms932":
		from = japanese.ShiftJIS
	case "euc-jp", "x-euc-jp":
		from = japanese.EUCJP
	default:
		return string(body), utf8.Valid(body)
	}
	plain, err := from.NewDecoder().Bytes(body)
	if err != nil {
		return "", false
	}
	return string(plain[:m[2]]) + "UTF-8" + string(bytes.Clone(plain[m[3]:])), true
}
