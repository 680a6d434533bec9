package transport_test

import (
	"errors"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// What cannot be the mall's own document is told by its first bytes, and by nothing else.
func TestForeign(t *testing.T) {
	for format, kinds := range map[transport.Format]map[string][]string{
		transport.JSON: {
			"":                            {`{}`, ` [1]`, `"text"`, `-1`, `0`, `9`, `true`, "false\n", `null`, "\ufeff{}", `{"cut": `},
			"the answer is empty":         {"", " \r\n\t", "\ufeff"},
			"the answer is an HTML page":  {"<html>", "<!DOCTYPE html><p>", "\n <HTML lang=ja>"},
			"the answer is XML, not JSON": {"<result/>", `<?xml version="1.0"?><result/>`},
			"the answer is plain text": {"Service Unavailable", "ただいま混み合っています", "true story", "falsch", "nul",
				"timeout", "+1", "'x'"},
		},
		transport.XML: {
			"":                            {"<result/>", `<?xml version="1.0"?><result/>`, "\ufeff <result>"},
			"the answer is empty":         {"", "\n"},
			"the answer is an HTML page":  {"<html>", "<!DOCTYPE html><p>"},
			"the answer is JSON, not XML": {`{"error": 1}`, "[]"},
			"the answer is plain text":    {"Service Unavailable", `"text"`, "true", "1"},
		},
		transport.AnyFormat: {
			"":                    {"ok", "<html>", "{}", "<result/>"},
			"the answer is empty": {"", " "},
		},
	} {
		for want, bodies := range kinds {
			for _, body := range bodies {
				fail := transport.Foreign(format, &transport.Response{Status: 200, Body: []byte(body)})
				if want == "" {
					require.Nil(t, fail, "%s: %q", format, body)
					continue
				}
				require.NotNil(t, fail, "%s: %q", format, body)
				require.EqualError(t, fail.Err, want, "%s: %q", format, body)
				require.Equal(t, order.ErrTemporary, fail.Class)
			}
		}
	}
}

// The status of what is not the mall's says where to look, and never that the order, the request or
// the key is wrong.
func TestStrange(t *testing.T) {
	for status, want := range map[int]struct {
		class order.Class
		hint  string
	}{
		200: {order.ErrTemporary, "it is not the mall: check BaseURL"},
		400: {order.ErrTemporary, "it is not the mall: check BaseURL"},
		401: {order.ErrTemporary, "not the mall that refuses"},
		403: {order.ErrTemporary, "not the mall that refuses"},
		404: {order.ErrTemporary, "it is not the mall: check BaseURL"},
		407: {order.ErrTemporary, "the proxy wants a login"},
		429: {order.ErrRateLimited, "slow down"},
		499: {order.ErrTemporary, "it is not the mall: check BaseURL"},
		500: {order.ErrTemporary, "is in trouble"},
		502: {order.ErrTemporary, "is in trouble"},
	} {
		for body, words := range map[string]string{"<html>": "the answer is an HTML page",
			`{"message": "no such route"}`: "the answer is a document that is not the mall's"} {
			fail := transport.Strange(transport.JSON,
				&transport.Response{Status: status, Body: []byte(body)})
			require.Equal(t, want.class, fail.Class, "%d", status)
			require.Contains(t, fail.Hint.EN, want.hint, "%d", status)
			require.NotEmpty(t, fail.Hint.JA)
			require.EqualError(t, fail.Err, words)
		}
	}
}

// Only what the mall documents is an answer: its status, its document, or that there is none.
func TestDocumentedAnswer(t *testing.T) {
	created := transport.Answer{Statuses: []int{201, 202}}
	members := transport.Answer{Members: []string{"orders[]"}}
	empty := transport.Answer{Statuses: []int{200, 204}, Empty: true}
	for name, test := range map[string]struct {
		answer transport.Answer
		status int
		body   string
		class  order.Class // 0 = it is one
		text   string
	}{
		"200 is the usual one":           {transport.Answer{}, 200, `{}`, 0, ""},
		"no other success is":            {transport.Answer{}, 201, `{}`, order.ErrUndecodable, "status 201, where the mall documents 200"},
		"a documented status":            {created, 202, `{}`, 0, ""},
		"200 where others are":           {created, 200, `{}`, order.ErrUndecodable, "status 200, where the mall documents 201 or 202"},
		"a page with the wrong status":   {created, 200, `<html>`, order.ErrTemporary, "an HTML page"},
		"a page with the right one":      {created, 201, `<html>`, order.ErrTemporary, "an HTML page"},
		"the document":                   {members, 200, `{"orders":[]}`, 0, ""},
		"a document without its list":    {members, 200, `{"rows":[]}`, order.ErrUndecodable, "orders[]"},
		"half a document":                {members, 200, `{"orders":[`, order.ErrUndecodable, ""},
		"nothing where a document is":    {members, 200, ``, order.ErrTemporary, ""},
		"no body, by its status":         {empty, 204, ``, 0, ""},
		"no body":                        {empty, 200, " \n", 0, ""},
		"a body where none is":           {empty, 200, `{"a":1}`, order.ErrUndecodable, "a body, where the mall documents none"},
		"a page where no body is":        {empty, 200, `<html>`, order.ErrTemporary, "an HTML page"},
		"a status where no body is":      {empty, 202, ``, order.ErrTemporary, "empty"},
		"a status and a body, for empty": {empty, 202, `{}`, order.ErrUndecodable, "status 202, where the mall documents 200 or 204"},
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{steps: []http.HandlerFunc{answer(test.status, test.body)}}
			bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
				c.Format = transport.JSON
				for i := range c.Operations {
					c.Operations[i].Answer = test.answer
				}
			}, func(t *testing.T, c *transport.Client) {
				r, err := c.Do(t.Context(), transport.Call{Operation: search})
				require.Equal(t, test.body, string(r.Body))
				if test.class == 0 {
					require.NoError(t, err)
					require.Equal(t, 1, s.count())
					return
				}
				require.ErrorIs(t, err, test.class)
				require.ErrorContains(t, err, test.text)
				require.Equal(t, 4, s.count(), "a read is asked for again")
				_, err = c.Do(t.Context(), transport.Call{Operation: ship})
				require.ErrorIs(t, err, test.class)
				require.Equal(t, 5, s.count(), "an unsafe write is not")
				require.True(t, transport.Unsettled(err))
				raw := transport.Operation{Name: "raw", Method: "POST", Path: "/raw"}
				_, err = c.Do(t.Context(), transport.Call{Operation: raw})
				require.NoError(t, err, "of an operation outside the table nothing is documented")
			})
		})
	}
}

// What Accept finds is an error of the answer, unless it is one of ours.
func TestAcceptRefuses(t *testing.T) {
	own := &order.Error{Class: order.ErrConflict, Code: "E7", Message: "shipped already"}
	for name, test := range map[string]struct {
		err   error
		body  string
		class order.Class
		sent  int
	}{
		"an error of ours":         {own, "{}", order.ErrConflict, 1},
		"any other":                {errors.New("no number"), "{}", order.ErrUndecodable, 4},
		"any other, and no answer": {errors.New("no number"), "", order.ErrTemporary, 4},
		"none":                     {nil, "{}", 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{steps: []http.HandlerFunc{answer(200, test.body)}}
			bubble(t, serve(s.ServeHTTP), nil, func(t *testing.T, c *transport.Client) {
				_, err := c.Do(t.Context(), transport.Call{Operation: search,
					Accept: func(*transport.Response) error { return test.err }})
				require.Equal(t, test.sent, s.count())
				if test.class == 0 {
					require.NoError(t, err)
					return
				}
				require.ErrorIs(t, err, test.class)
				if test.class != order.ErrConflict {
					require.ErrorIs(t, err, test.err)
				}
			})
		})
	}
}

func TestFormatInWords(t *testing.T) {
	require.Equal(t, "JSON", transport.JSON.String())
	require.Equal(t, "XML", transport.XML.String())
	require.Equal(t, "any format", transport.Format(0).String())
}
