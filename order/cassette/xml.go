package cassette

import (
	"html"
	"regexp"
	"strings"
)

// xml scrubs a document and keeps its markup. What is not XML is scrubbed as text.
func (s *scrubber) xml(doc string) string {
	d := &xmlDoc{scrubber: s, in: doc}
	for d.at < len(d.in) {
		if d.in[d.at] != '<' {
			end := strings.IndexByte(d.in[d.at:], '<')
			if end < 0 {
				end = len(d.in) - d.at
			}
			d.content(d.in[d.at : d.at+end])
			d.at += end
			continue
		}
		if !d.markup() {
			d.out.WriteString(escape(s.plain(d.in[d.at:])))
			break
		}
	}
	return d.out.String()
}

type xmlDoc struct {
	*scrubber
	in   string
	at   int
	out  strings.Builder
	open []string // names of the elements around
}

func (d *xmlDoc) around(n int) string {
	if len(d.open) < n {
		return ""
	}
	return d.open[len(d.open)-n]
}

// content scrubs the text between two tags.
func (d *xmlDoc) content(raw string) {
	if strings.TrimSpace(raw) == "" {
		d.out.WriteString(raw)
		return
	}
	d.out.WriteString(escape(d.padded(html.UnescapeString(raw))))
}

// padded scrubs a text and keeps the blanks around it.
func (d *xmlDoc) padded(value string) string {
	inner := strings.TrimSpace(value)
	at := strings.Index(value, inner)
	return value[:at] + d.leaf(d.around(2), d.around(1), inner) + value[at+len(inner):]
}

var (
	startTag = regexp.MustCompile(
		`^<([^\s<>/"'=!?&]+)((?:\s+[^\s<>/"'=&]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)(\s*/?)>`)
	endTag    = regexp.MustCompile(`^</([^\s<>/"'=!?&]+)\s*>`)
	attribute = regexp.MustCompile(`(\s+)([^\s<>/"'=&]+)(\s*=\s*)(?:"([^"<]*)"|'([^'<]*)')`)
	prolog    = regexp.MustCompile(
		`^<\?xml(?:\s+version="1\.[01]")?(?:\s+encoding=["'][A-Za-z0-9_-]{1,20}["'])?(?:\s+standalone="(?:yes|no)")?\s*\?>`)
)

// markup takes what begins with <, or returns false if it is not XML.
func (d *xmlDoc) markup() bool {
	rest := d.in[d.at:]
	switch {
	case strings.HasPrefix(rest, "<!--"):
		return d.skip("-->", "<!-- -->")
	case strings.HasPrefix(rest, "<![CDATA["):
		end := strings.Index(rest, "]]>")
		if end < 0 {
			return false
		}
		value := rest[len("<![CDATA["):end]
		d.out.WriteString("<![CDATA[" + strings.ReplaceAll(d.padded(value), "]]>", "]] >") + "]]>")
		d.at += end + len("]]>")
		return true
	case strings.HasPrefix(rest, "<?xml"):
		if p := prolog.FindString(rest); p != "" {
			d.out.WriteString(p)
			d.at += len(p)
			return true
		}
		return d.skip("?>", `<?xml version="1.0"?>`)
	case strings.HasPrefix(rest, "<?"):
		return d.skip("?>", "<?x ?>")
	case strings.HasPrefix(rest, "<!"):
		return false // a document type: no mall sends one
	}
	if m := endTag.FindStringSubmatch(rest); m != nil {
		if len(d.open) > 0 {
			d.open = d.open[:len(d.open)-1]
		}
		d.out.WriteString("</" + d.name(m[1]) + ">")
		d.at += len(m[0])
		return true
	}
	m := startTag.FindStringSubmatch(rest)
	if m == nil {
		return false
	}
	d.out.WriteString("<" + d.name(m[1]))
	for _, a := range attribute.FindAllStringSubmatch(m[2], -1) {
		value := html.UnescapeString(a[4] + a[5])
		if a[2] != "xmlns" && !strings.HasPrefix(a[2], "xmlns:") || !d.list.literals[value] {
			value = d.leaf(m[1], a[2], value)
		}
		d.out.WriteString(a[1] + d.name(a[2]) + `="` + escape(value) + `"`)
	}
	d.out.WriteString(m[3] + ">")
	if !strings.HasSuffix(m[3], "/") {
		d.open = append(d.open, m[1])
	}
	d.at += len(m[0])
	return true
}

// skip leaves out what ends with end and writes instead in its place.
func (d *xmlDoc) skip(end, instead string) bool {
	i := strings.Index(d.in[d.at:], end)
	if i < 0 {
		return false
	}
	d.at += i + len(end)
	d.out.WriteString(instead)
	return true
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\r",
	"&#13;")

func escape(s string) string { return escaper.Replace(s) }
