package wire

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestShapeJSON(t *testing.T) {
	for name, c := range map[string]struct {
		members []string
		body    string
		want    error
	}{
		"a list":                       {[]string{"orders[]"}, `{"orders":[{"orderId":"1"}],"pagination":{}}`, nil},
		"an empty list":                {[]string{"orders[]"}, `{"orders": [ ]}`, nil},
		"behind a byte order mark":     {[]string{"orders[]"}, "\uFEFF{\"orders\":[]}\n", nil},
		"an escaped name":              {[]string{"orders[]"}, `{"\u006frders":[]}`, nil},
		"a null list":                  {[]string{"orders[]"}, `{"orders":null}`, ErrMember},
		"a list as object":             {[]string{"orders[]"}, `{"orders":{}}`, ErrMember},
		"a list as text":               {[]string{"orders[]"}, `{"orders":"[]"}`, ErrMember},
		"no list":                      {[]string{"orders[]"}, `{"message":"Service Unavailable"}`, ErrMember},
		"a list further down":          {[]string{"orders[]"}, `{"data":{"orders":[]}}`, ErrMember},
		"the last of two wins":         {[]string{"orders[]"}, `{"orders":[],"orders":null}`, ErrMember},
		"an object":                    {nil, `{}`, nil},
		"null":                         {nil, `null`, ErrRoot},
		"a list at the top":            {nil, `[]`, ErrRoot},
		"a text":                       {nil, `"ok"`, ErrRoot},
		"nothing":                      {nil, " \n", ErrEmpty},
		"a byte order mark alone":      {nil, "\uFEFF", ErrEmpty},
		"a page":                       {nil, "<html><body>502</body></html>", ErrHTML},
		"words":                        {nil, "Service Unavailable", ErrMalformed},
		"cut off":                      {[]string{"orders[]"}, `{"orders":[{"orderId":"1"`, ErrTruncated},
		"two documents":                {[]string{"orders[]"}, `{"orders":[]}{"orders":[]}`, ErrMalformed},
		"needs an element":             {[]string{"m[+]"}, `{"m":[]}`, ErrMember},
		"has an element":               {[]string{"m[+]"}, `{"m":[{}]}`, nil},
		"null where null is allowed":   {[]string{"l[?]"}, `{"l":null}`, nil},
		"absent where null is allowed": {[]string{"l[?]"}, `{}`, ErrMember},
		"an object or null":            {[]string{"o{?}"}, `{"o":null}`, nil},
		"an object or null, absent":    {[]string{"o{?}"}, `{}`, ErrMember},
		"below":                        {[]string{"payload.Orders[]"}, `{"payload":{"Orders":[]}}`, nil},
		"not below":                    {[]string{"payload.Orders[]"}, `{"payload":null}`, ErrMember},
		"below, the last of two wins":  {[]string{"payload.Orders[]"}, `{"payload":{"Orders":[]},"payload":{}}`, ErrMember},
		"an id":                        {[]string{"reportId"}, `{"reportId":"7"}`, nil},
		"a blank id":                   {[]string{"reportId"}, `{"reportId":" "}`, ErrMember},
		"the id of the request":        {[]string{"order.id=$"}, `{"order":{"id":"7"}}`, nil},
		"another id":                   {[]string{"order.id=$"}, `{"order":{"id":"8"}}`, ErrMember},
		"the id or none":               {[]string{"order.id=$|!order.id"}, `{"order":{"x":1}}`, nil},
		"a number":                     {[]string{"n#"}, `{"n":12}`, nil},
		"a number as text":             {[]string{"n#"}, `{"n":"12"}`, nil},
		"a negative number":            {[]string{"n#"}, `{"n":-1}`, ErrMember},
		"a filled object":              {[]string{"order{}"}, `{"order":{"orderId":"1"}}`, nil},
		"a hollow object":              {[]string{"order{}"}, `{"order":{ }}`, ErrMember},
		"no errors":                    {[]string{"!errors"}, `{"errors":[]}`, nil},
		"errors":                       {[]string{"!errors"}, `{"errors":[{"code":"NotFound"}]}`, ErrMember},
		"one of two":                   {[]string{"a|b"}, `{"b":"x"}`, nil},
		"none of two":                  {[]string{"a|b"}, `{"c":"x"}`, ErrMember},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := ParseShape(c.members...)
			require.NoError(t, err)
			if err := s.JSON([]byte(c.body), "7"); !errors.Is(err, c.want) {
				t.Errorf("%s against %v is %v, want %v", c.body, c.members, err, c.want)
			}
		})
	}
}

func TestShapeXML(t *testing.T) {
	list := []string{"Status=OK", "Search.TotalCount#"}
	for name, c := range map[string]struct {
		members []string
		body    string
		want    error
	}{
		"a list":                  {list, `<Result><Status> OK </Status><Search><TotalCount>2</TotalCount><OrderInfo><A/></OrderInfo></Search></Result>`, nil},
		"CDATA and prefixes":      {list, `<x:Result xmlns:x="urn:a"><x:Status><![CDATA[OK]]></x:Status><Search><TotalCount>0</TotalCount></Search></x:Result>`, nil},
		"another status":          {list, `<Result><Status>MAYBE</Status><Search><TotalCount>0</TotalCount></Search></Result>`, ErrMember},
		"no count":                {list, `<Result><Status>OK</Status><Search/></Result>`, ErrMember},
		"an empty count":          {list, `<Result><Status>OK</Status><Search><TotalCount/></Search></Result>`, ErrMember},
		"an empty root":           {list, `<Result/>`, ErrMember},
		"cut off":                 {list, `<Result><Status>OK</Status><Search><TotalCount>0</TotalCount>`, ErrTruncated},
		"two documents":           {list, `<Result><Status>OK</Status><Search><TotalCount>0</TotalCount></Search></Result><Result/>`, ErrMalformed},
		"a page":                  {list, `<!DOCTYPE html><html></html>`, ErrHTML},
		"nothing":                 {list, "\uFEFF", ErrEmpty},
		"rows, the last one bare": {[]string{"row{}"}, `<r><row><id>1</id></row><row/></r>`, nil},
		"an empty row":            {[]string{"row{}"}, `<r><row></row></r>`, ErrMember},
		"a row of text":           {[]string{"row{}"}, `<r><row>hello</row></r>`, ErrMember},
		"a row with a remark":     {[]string{"row{}"}, `<r><row><!-- none --></row></r>`, ErrMember},
		"an attribute":            {[]string{"@n=0"}, `<r n="0"/>`, nil},
		"another attribute":       {[]string{"@n=0"}, `<r n="1"></r>`, ErrMember},
		"a count or rows":         {[]string{"row{}|count#"}, `<r><count>0</count></r>`, nil},
		"neither":                 {[]string{"row{}|count#"}, `<r></r>`, ErrMember},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := ParseShape(c.members...)
			require.NoError(t, err)
			if err := s.XML([]byte(c.body), "7"); !errors.Is(err, c.want) {
				t.Errorf("%s against %v is %v, want %v", c.body, c.members, err, c.want)
			}
		})
	}
}

func TestShapeRefusesWhatItCannotRead(t *testing.T) {
	for _, text := range []string{"", "!", "[]", "a..b", "a[", "a b", "a|"} {
		_, err := ParseShape(text)
		require.Error(t, err, text)
	}
}

// A shape is never stricter about the document itself than the decoder: what it accepts can be
// decoded and what it calls broken cannot.
func FuzzShapeAgreesWithTheDecoder(f *testing.F) {
	for _, seed := range []string{`{"orders":[]}`, `{"orders":null}`, `{"a":{"b":[1,{"c":"\u00e9"}]}}`, `{`, `[]`,
		`null`,
		`<r><row><id>1</id></row></r>`, `<r a="1"/>`, `<r><![CDATA[x]]></r>`, "\uFEFF", `{"orders":[]}x`} {
		f.Add([]byte(seed))
	}
	shape, err := ParseShape("!nothing.at.all", "!@none")
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, data []byte) {
		var top map[string]struct{}
		_, err := JSON(data, &top)
		if got := shape.JSON(data, ""); err == nil && got != nil && !errors.Is(got, ErrRoot) &&
			!errors.Is(got, ErrMember) {
			t.Errorf("JSON decodes, but its shape is %v", got)
		}
		var any struct{}
		_, err = XML(data, &any)
		if got := shape.XML(data, ""); (err == nil) != (got == nil) {
			t.Errorf("XML is %v, its shape %v", err, got)
		}
	})
}
