package faulttest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

// kind is one way in which a call fails.
type kind struct {
	name    string
	foreign bool // what comes is no answer of the operation: whoever reads must get an error
	gateway bool // it comes from something before the mall, which knows nothing of orders and keys
	fits    func(*call) bool
	play    func(*call) (*http.Response, error)
}

const (
	endlessBody = "endless body"
	shown       = "練習 花子 090-0000-1234" // stands in made-up answers and in no error

	asJSON = "application/json; charset=utf-8"
	asXML  = "application/xml; charset=utf-8"
	asHTML = "text/html; charset=utf-8"
	asText = "text/plain; charset=utf-8"

	auDone      = `<?xml version="1.0" encoding="UTF-8"?><response><result><status>0</status></result></response>`
	rakutenDone = `{"MessageModelList":[{"messageType":"INFO","messageCode":"ORDER_EXT_API_X_INFO_101","message":"完了しました。"}]}`
)

func page(title string) string {
	return "<!DOCTYPE html><html><head><title>" + title + "</title></head><body><h1>" + title + "</h1><p>" + shown +
		"</p></body></html>"
}

// kinds are all of them: what a gateway, a relay, a cache, a half-dead mall or the network make of
// a call.
var kinds = slices.Concat([]kind{
	// A success that is none.
	answer("200 {}", 200, asJSON, `{}`),
	answer("200 null", 200, asJSON, `null`),
	answer("200 []", 200, asJSON, `[]`),
	answer(`200 ""`, 200, asJSON, `""`),
	answer("200 0", 200, asJSON, `0`),
	answer("200 true", 200, asJSON, `true`),
	answer("200 [{}]", 200, asJSON, `[{}]`),
	answer("200 message", 200, asJSON, `{"message":"Service Unavailable"}`),
	answer("200 status ok", 200, asJSON, `{"status":"ok"}`),
	answer("200 no errors", 200, asJSON, `{"errors":[]}`),
	ofSome(answer("200 errors", 200, asJSON,
		`{"errors":[{"code":"InternalFailure","message":"The request failed."}]}`)),
	answer("200 null members", 200, asJSON,
		`{"order":null,"orders":null,"payload":null,"reports":null,"orderNumberList":null,"OrderModelList":null,"MessageModelList":null}`),
	answer("200 HTML", 200, asHTML, page("We'll be right back")),
	answer("200 HTML said to be JSON", 200, asJSON, page("502 Bad Gateway")),
	answer("200 HTML said to be XML", 200, asXML, page("502 Bad Gateway")),
	answer("200 empty", 200, asJSON, ``),
	answer("200 blank", 200, asXML, " \r\n\t\n"),
	answer("200 BOM", 200, asJSON, "\ufeff"),
	answer("200 OK", 200, asText, "OK"),
	answer("200 XML declaration", 200, asXML, `<?xml version="1.0" encoding="UTF-8"?>`),
	answer("200 <Result/>", 200, asXML, `<Result/>`),
	answer("200 <ResultSet/>", 200, asXML, `<ResultSet/>`),
	answer("200 <response/>", 200, asXML, `<response/>`),
	answer("200 SOAP fault", 200, asXML,
		`<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault/></s:Body></s:Envelope>`),
	answer("200 NUL bytes", 200, asJSON, "\x00\x00\x00\x00"),
	{name: "200 of another kind of mall", foreign: true, gateway: true, fits: anyCall, play: func(c *call) (*http.Response, error) {
		if c.json {
			return c.made(200, asXML, auDone)
		}
		return c.made(200, asJSON, rakutenDone)
	}},
	answer("201 {}", 201, asJSON, `{}`),
	answer("202 accepted", 202, asJSON, `{"status":"accepted"}`),
	answer("202 empty", 202, asText, ``),
	answer("203 {}", 203, asJSON, `{}`),
	notAnAnswer(answer("204", 204, asText, ``)), // to a write of Amazon it is the answer
	answer("205", 205, asText, ``),
	answer("206 {}", 206, asJSON, `{}`),
	status("201 in place of 200", 201),
	status("202 in place of 200", 202),
	status("203 in place of 200", 203),
	status("206 in place of 200", 206),

	// Elsewhere.
	answer("300", 300, asHTML, page("Multiple Choices")),
	moved(301), moved(302), moved(303), moved(307), moved(308),
	answer("302 without Location", 302, asHTML, page("Found")),
	answer("304", 304, asHTML, ``),

	// Pages of a gateway.
	answer("400 page", 400, asHTML, page("400 Bad Request")),
	answer("401 page", 401, asHTML, page("401 Authorization Required")),
	answer("403 page", 403, asHTML, page("403 Forbidden")),
	answer("403 challenge", 403, asHTML, page("Checking your browser")),
	answer("404 page", 404, asHTML, page("404 Not Found")),
	answer("404 text", 404, asText, "404 page not found\n"),
	answer("405 page", 405, asHTML, page("405 Not Allowed")),
	answer("407 page", 407, asHTML, page("Proxy Authentication Required")),
	answer("408 page", 408, asHTML, page("Request Timeout")),
	answer("410 page", 410, asHTML, page("410 Gone")),
	answer("418", 418, asText, "I'm a teapot"),
	answer("451 page", 451, asHTML, page("Unavailable For Legal Reasons")),
	answer("400 empty", 400, asText, ``),
	answer("404 {}", 404, asJSON, `{}`),
	answer("404 message", 404, asJSON, `{"message":"no Route matched with those values"}`),

	// Slower.
	waits("0"), waits("-30"), waits("40"), waits("1767225600"), waits("Inf"), waits("NaN"), waits("1e300"),
	waits("soon"),
	waits("Fri, 31 Dec 9999 23:59:59 GMT"),
	byMall("429 of the mall", true, fault{Kind: rakutentest.RateLimited}),
	byMall("429 of the mall with a hint", true, fault{Kind: rakutentest.RateLimited, RetryAfter: 40 * time.Second}),

	// Broken.
	answer("500 page", 500, asHTML, page("Internal Server Error")),
	answer("500 empty", 500, asText, ``),
	answer("502 page", 502, asHTML, page("502 Bad Gateway")),
	answer("503 page", 503, asHTML, page("503 Service Unavailable"), "Retry-After", "5"),
	answer("503 for ever", 503, asJSON, `{}`, "Retry-After", "1767225600"),
	answer("504 page", 504, asHTML, page("504 Gateway Timeout")),
	answer("599", 599, asText, "timeout"),
	byMall("500 of the mall", true, fault{Kind: rakutentest.ServerError}),
	byMall("503 of the mall", true, fault{Kind: rakutentest.ServerError, Status: 503, RetryAfter: 5 * time.Second}),
	byMall("maintenance", true, fault{Kind: rakutentest.Maintenance}),
	byMall("key refused for once", true, fault{Kind: rakutentest.ExpiredKey}),
	{name: "500 echoes the request", foreign: true, gateway: true, fits: anyCall, play: func(c *call) (*http.Response, error) {
		quoted, err := json.Marshal(strings.Join(
			slices.Concat(c.req.Header["Authorization"], c.req.Header["X-Amz-Access-Token"]), " "))
		if err != nil {
			return nil, err
		}
		return c.made(500, asJSON, fmt.Sprintf(
			`{"message":%[1]s,"errors":[{"code":"X","message":%[1]s}],"Results":{"errorCode":%[1]s,"message":%[1]s}}`,
			quoted))
	}},

	// The network.
	network("dropped before it was sent", false, errors.New("dial tcp 192.0.2.1:443: connect: connection refused")),
	byMall("dropped before it was read", true, fault{Kind: rakutentest.Dropped}),
	network("answer lost", true, io.ErrUnexpectedEOF),
	network("too many headers", true, errors.New(
		"net/http: HTTP/1.x transport connection broken: server response headers exceeded 10485760 bytes; aborted")),
	network("no HTTP", true,
		errors.New(`net/http: HTTP/1.x transport connection broken: malformed HTTP response "SSH-2.0-mihon"`)),
	byMall("connection closed without an answer", true, fault{Kind: rakutentest.ReplyLost}),
	byMall("cut off on the wire", true, fault{Kind: rakutentest.Truncated}),
	byMall("half a document", true, fault{Kind: rakutentest.Malformed}),
	byMall("late by 20 s", false, fault{Kind: rakutentest.Delayed, Delay: 20 * time.Second}),
	byMall("late by 10 min", false, fault{Kind: rakutentest.Delayed, Delay: 10 * time.Minute}),
	byMall("slow body", false, fault{Kind: rakutentest.SlowBody, Delay: 30 * time.Second}),
	byMall(endlessBody, true, fault{Kind: rakutentest.EndlessBody}),
	{name: "gzip that is none", foreign: true, fits: anyCall, play: func(c *call) (*http.Response, error) {
		r, err := c.forward()
		if err == nil {
			r.header, r.body = r.header.Clone(), []byte("\x1f\x8b\x08\x00garbage")
			r.header.Set("Content-Encoding", "gzip")
			if r.status == http.StatusNoContent {
				r.status = http.StatusOK
			}
		}
		return c.respond(r, err)
	}},
}, spoilt, ofTokens)

// spoilt are answers of the mall that suffered on the way, and answers to something else.
var spoilt = []kind{
	spoil("cut in a text", func(c *call, b []byte) []byte {
		return cut(b, `"[^"]{4,}":"[^"]{3,}|<[^/>]+>[^<]{2,}`, 2)
	}),
	spoil("cut in a number", func(c *call, b []byte) []byte { return cut(b, `[:>]"?\d{2,}`, 1) }),
	spoil("cut between two rows", func(c *call, b []byte) []byte {
		return cut(b, `\},\{|","|</[A-Za-z]+>\s*<[A-Z]`, 1)
	}),
	spoil("cut after the last row", func(c *call, b []byte) []byte {
		b = bytes.TrimSpace(b)
		if i := bytes.LastIndexAny(b, "]/"); i > 1 {
			return b[:i-1]
		}
		return nil
	}),
	spoil("cut before the last byte", func(c *call, b []byte) []byte { b = bytes.TrimSpace(b); return b[:len(b)-1] }),
	spoil("two documents", func(c *call, b []byte) []byte { return slices.Concat(b, b) }),
	spoil("a page behind it", func(c *call, b []byte) []byte { return append(slices.Clone(b), page("Error")...) }),
	spoil("a warning before it", func(c *call, b []byte) []byte {
		return append([]byte("Warning: mysql_connect() in /home/mihon\n"), b...)
	}),
	member("without what it is about", absent),
	member("null in place of what it is about", null),
	member("a text in place of what it is about", word),
	member("a number in place of what it is about", number),
	member("something else in place of what it is about", object),
	member("a row without a number", strange),
	counted("no rows although there are", func(c *call, b []byte) []byte { return c.edit(b, c.member, none) }),
	counted("one row less than there are", func(c *call, b []byte) []byte { return c.edit(b, c.member, less) }),
	needed(counted("without the count", func(c *call, b []byte) []byte { return c.edit(b, c.count, absent) })),
	needed(counted("null in place of the count", func(c *call, b []byte) []byte { return c.edit(b, c.count, null) })),
	needed(counted("a text in place of the count",
		func(c *call, b []byte) []byte { return c.edit(b, c.count, put("x", "<M>x</M>")) })),
	framed("without its frame", absent),
	framed("null in place of its frame", null),
	framed("a text in place of its frame", word),
	framed("another document in place of its frame", strange),
	{name: "neither rows nor a frame", foreign: true, fits: func(c *call) bool { return c.frame != "" && c.member != "" }, play: func(c *call) (*http.Response, error) {
		r, err := c.forward()
		if b := c.edit(r.body, c.frame, absent); b != nil && r.status < 300 {
			r.body = b
			if b = c.edit(b, c.member, none); b != nil {
				r.body = b
			}
		} else {
			c.missed("neither rows nor a frame")
		}
		return c.respond(r, err)
	}},
	{name: "the answer to another operation", foreign: true, fits: func(c *call) bool { return c.member != "" || c.token || c.write }, play: func(c *call) (*http.Response, error) {
		r := c.another()
		return c.made(200, r.header.Get("Content-Type"), string(r.body))
	}},
	// no source shows a field of Yahoo!'s log that names its order
	{name: "the answer about another order", foreign: true, fits: func(c *call) bool {
		return len(c.ids) == 1 && !c.token && !c.is("/orderChangeHistory")
	}, play: func(c *call) (*http.Response, error) {
		r, err := c.forward()
		was := r.body
		if err == nil {
			r.body = bytes.ReplaceAll(r.body, []byte(c.ids[0]), []byte(unlike(c.ids[0])))
		}
		if bytes.Equal(was, r.body) {
			c.missed("the answer about another order")
		}
		return c.respond(r, err)
	}},
	{name: "the answer of before", fits: func(c *call) bool { return !c.write && !c.token }, play: func(c *call) (*http.Response, error) {
		c.mu.Lock()
		old, there := c.answers[c.key]
		if there {
			c.aged = time.Now()
		}
		c.mu.Unlock()
		if there {
			return c.respond(old, nil)
		}
		return c.respond(c.forward())
	}},
	{name: "the answer in another type", fits: anyCall, play: func(c *call) (*http.Response, error) {
		r, err := c.forward()
		if err == nil {
			r.header = r.header.Clone()
			r.header.Set("Content-Type", "application/octet-stream")
		}
		return c.respond(r, err)
	}},
	{name: "done, but not", fits: func(c *call) bool { return c.write && len(c.ids) == 1 }, play: func(c *call) (*http.Response, error) {
		c.mu.Lock()
		was, there := c.written[c.op]
		c.mu.Unlock()
		if !there {
			return c.respond(c.forward())
		}
		r := was.reply
		r.body = bytes.ReplaceAll(r.body, []byte(was.ids[0]), []byte(c.ids[0]))
		return c.respond(r, nil)
	}},
	{name: "reads lag behind", fits: func(c *call) bool { return c.write }, play: func(c *call) (*http.Response, error) {
		c.late(time.Duration(5+c.roll(85)) * time.Second)
		return c.respond(c.forward())
	}},
}

// ofTokens are answers of the token endpoint.
var ofTokens = []kind{
	token("token: none in it", `{"token_type":"bearer","expires_in":3600}`),
	token("token: empty", `{"access_token":"","token_type":"bearer","expires_in":3600}`),
	token("token: null", `{"access_token":null,"token_type":"bearer","expires_in":3600}`),
	token("token: a number", `{"access_token":12345,"token_type":"bearer","expires_in":3600}`),
	token("token: a line break", `{"access_token":"a\r\nX-Header: b","token_type":"bearer","expires_in":3600}`),
	token("token: an error with 200", `{"error":"temporarily_unavailable","error_description":"`+shown+`"}`),
}

func anyCall(*call) bool { return true }

func (c *call) made(status int, contentType, body string, header ...string) (*http.Response, error) {
	h := http.Header{"Content-Type": {contentType}, "Date": {time.Now().UTC().Format(http.TimeFormat)}}
	for i := 0; i+1 < len(header); i += 2 {
		h.Set(header[i], header[i+1])
	}
	return c.respond(reply{status, h, []byte(body)}, nil)
}

// answer is a made-up answer. What is said to be done or to be broken may have reached the mall all
// the same.
func answer(name string, status int, contentType, body string, header ...string) kind {
	return kind{name: name, foreign: true, gateway: true, fits: anyCall, play: func(c *call) (*http.Response, error) {
		if c.write && (status < 300 || status >= 500) && c.roll(2) == 0 {
			if _, err := c.forward(); err != nil {
				return nil, err
			}
		}
		return c.made(status, contentType, body, header...)
	}}
}

// ofSome marks an answer that has the form of some mall's own.
func ofSome(k kind) kind { k.gateway = false; return k }

// notAnAnswer makes a kind one that strikes no write.
func notAnAnswer(k kind) kind { k.fits = func(c *call) bool { return !c.write }; return k }

// status returns the mall's answer under another status of success.
func status(name string, status int) kind {
	return kind{name: name, foreign: true, fits: anyCall, play: func(c *call) (*http.Response, error) {
		r, err := c.forward()
		if err == nil && r.status < 300 {
			r.status = status
		} else {
			c.missed(name)
		}
		return c.respond(r, err)
	}}
}

func moved(status int) kind {
	return answer(fmt.Sprint(status), status, asHTML, page("Moved"), "Location",
		"https://elsewhere.invalid/login?next="+shown)
}

func waits(hint string) kind {
	return answer("429 Retry-After "+hint, 429, asText, "Too Many Requests", "Retry-After", hint)
}

func network(name string, applied bool, err error) kind {
	return kind{name: name, foreign: true, gateway: true, fits: anyCall, play: func(c *call) (*http.Response, error) {
		if applied {
			if _, err := c.forward(); err != nil {
				return nil, err
			}
		}
		return nil, err
	}}
}

// byMall is a failure that the fakes know: in the mall's own form, or on their connections. It stays
// planned until the call is back: net/http may send a GET again by itself, and a token that a client
// renews beside its calls must not use the failure up.
func byMall(name string, foreign bool, f fault) kind {
	f.Times = -1
	return kind{name: name, foreign: foreign, fits: anyCall, play: func(c *call) (*http.Response, error) {
		if err := c.mall.inject(f); err != nil {
			return nil, err
		}
		return c.pass()
	}}
}

// spoil changes the body of the mall's answer; nil is left as it was.
func spoil(name string, change func(*call, []byte) []byte) kind {
	return kind{name: name, foreign: true, fits: anyCall, play: func(c *call) (*http.Response, error) {
		r, err := c.forward()
		was := r.body
		if err == nil && len(r.body) > 0 && r.status < 300 {
			if b := change(c, slices.Clone(r.body)); b != nil {
				r.body = b
			}
		}
		if bytes.Equal(was, r.body) || bytes.Equal(r.body, c.edit(was, c.member, same)) && c.member != "" {
			c.missed(name)
		}
		return c.respond(r, err)
	}}
}

// member is for answers that the mall documents to have a member.
func member(name string, how edit) kind {
	k := spoil(name, func(c *call, b []byte) []byte { return c.edit(b, c.member, how) })
	k.fits = func(c *call) bool { return c.member != "" }
	return k
}

// framed is for answers that the mall documents to have something beside what they are about.
func framed(name string, how edit) kind {
	k := spoil(name, func(c *call, b []byte) []byte { return c.edit(b, c.frame, how) })
	k.fits = func(c *call) bool { return c.frame != "" }
	return k
}

// counted is for lists of which the mall tells how long they are.
func counted(name string, change func(*call, []byte) []byte) kind {
	k := spoil(name, func(c *call, b []byte) []byte {
		if without := c.edit(b, c.member, none); without == nil || bytes.Equal(without, c.edit(b, c.member, same)) {
			return nil // without rows the count may be left out
		}
		return change(c, b)
	})
	k.fits = func(c *call) bool { return c.count != "" }
	return k
}

// needed is for counts that are never left out.
func needed(k kind) kind { k.fits = func(c *call) bool { return c.count != "" && !c.maybe }; return k }

func token(name, body string) kind {
	k := answer(name, 200, asJSON, body)
	k.fits = func(c *call) bool { return c.token }
	return k
}

// another is the answer to another operation of the same mall, the one that comes first by name.
func (c *call) another() reply {
	c.mu.Lock()
	defer c.mu.Unlock()
	var names []string
	for op, r := range c.by {
		if op != c.op && len(r.body) > 0 {
			names = append(names, op)
		}
	}
	if len(names) == 0 {
		return reply{header: http.Header{"Content-Type": {asJSON}},
			body: []byte(`{"access_token":"mihon","token_type":"bearer"}`)}
	}
	return c.by[slices.Min(names)]
}

// unlike is another number of the same form.
func unlike(id string) string {
	b := []byte(id)
	b[len(b)-1] = '0' + (b[len(b)-1]-'0'+7)%10
	return string(b)
}

// cut ends a body inside the middle one of the places that the pattern finds, so many bytes before
// the place's end.
func cut(b []byte, pattern string, before int) []byte {
	places := regexp.MustCompile(pattern).FindAllIndex(b, -1)
	if len(places) == 0 {
		return nil
	}
	return b[:places[len(places)/2][1]-before]
}

// edit is what is put in place of a member: for JSON its value, for XML the text of its elements.
type edit struct {
	json func(was any) (is any, stays bool)
	xml  func(elements []string, name string) []string
}

func put(value any, xml string) edit {
	return edit{
		func(any) (any, bool) { return value, true },
		func(_ []string, name string) []string { return []string{strings.ReplaceAll(xml, "M", name)} },
	}
}

// instead is put for members that are lists or documents: decoders may be lenient about the
// spelling of texts, numbers and flags.
func instead(value any, xml string) edit {
	e := put(value, xml)
	return edit{
		func(was any) (any, bool) {
			switch was.(type) {
			case []any, map[string]any:
				return value, true
			}
			return was, true
		},
		func(elements []string, name string) []string {
			if strings.Count(elements[0], "<") == 2 {
				return elements
			}
			return e.xml(elements, name)
		},
	}
}

var (
	same = edit{
		func(was any) (any, bool) { return was, true },
		func(elements []string, _ string) []string { return elements },
	}
	absent  = edit{func(any) (any, bool) { return nil, false }, func([]string, string) []string { return nil }}
	null    = put(nil, "<M/>")
	word    = instead("x", "<M>x</M>")
	number  = instead(7, "<M>7</M>")
	object  = instead(map[string]any{"x": 1}, "<M><x>1</x></M>")
	strange = edit{
		func(was any) (any, bool) {
			if _, list := was.([]any); list {
				return []any{map[string]any{}}, true
			}
			return map[string]any{}, true
		},
		func(_ []string, name string) []string { return []string{"<" + name + "><x></x></" + name + ">"} },
	}
	none = edit{
		func(was any) (any, bool) { return []any{}, true },
		func([]string, string) []string { return nil },
	}
	less = edit{
		func(was any) (any, bool) {
			if list, ok := was.([]any); ok && len(list) > 0 {
				return list[:len(list)-1], true
			}
			return was, true
		},
		func(elements []string, _ string) []string { return elements[:len(elements)-1] },
	}
)

// edit changes a member of a document; nil when there is none.
func (c *call) edit(body []byte, name string, how edit) []byte {
	if !c.json {
		elements := regexp.MustCompile(`(?s)<` + name + `(\s[^>]*)?>.*?</` + name + `>`)
		found := elements.FindAllString(string(body), -1)
		if len(found) == 0 {
			return nil
		}
		rest := how.xml(found, name)
		return []byte(elements.ReplaceAllStringFunc(string(body), func(string) string {
			if len(rest) == 0 {
				return ""
			}
			first := rest[0]
			rest = rest[1:]
			return first
		}))
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var document any
	if decoder.Decode(&document) != nil || !editIn(document, name, how) {
		return nil
	}
	changed, err := json.Marshal(document)
	if err != nil {
		return nil
	}
	return changed
}

func editIn(at any, name string, how edit) bool {
	switch at := at.(type) {
	case map[string]any:
		if was, there := at[name]; there {
			if is, stays := how.json(was); stays {
				at[name] = is
			} else {
				delete(at, name)
			}
			return true
		}
		for _, v := range at {
			if editIn(v, name, how) {
				return true
			}
		}
	case []any:
		for _, v := range at {
			if editIn(v, name, how) {
				return true
			}
		}
	}
	return false
}
