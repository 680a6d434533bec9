package wire

import "bytes"

// XML scans a complete document without decoding it. The error is that of [XML] for a broken
// document, and wraps ErrMember for one of another shape. id is what the request named, or empty.
func (s *Shape) XML(data []byte, id string) error {
	d, root, err := openXML(data)
	if err != nil {
		return err
	}
	found := make([]finding, s.slots+1)
	if err := d.outline(&s.root, root, found, 1); err != nil {
		return err
	}
	if err := d.misc(); err != nil {
		return err
	}
	if d.pos < len(d.data) {
		return d.fail(d.pos, ErrMalformed, "more after the end of the document")
	}
	return s.judge(found, "XML", id)
}

// outline steps over the rest of an element and records what is at n and below. Of repeated
// elements, the fullest is used: a list may end with an empty row.
func (d *xmlDecoder) outline(n *node, t tag, found []finding, depth int) error {
	d.attributes(n, t, found)
	if len(n.sub) == 0 || t.closed {
		from := d.pos
		if err := d.skip(t, depth); err != nil {
			return err
		}
		var raw []byte
		if !t.closed {
			raw = d.data[from:d.endTag]
		}
		if f := contentOf(raw); f.kind != kindBlank || found[n.slot].kind == kindAbsent {
			found[n.slot] = f
		}
		return nil
	}
	if depth > MaxDepth {
		return d.fail(t.at, ErrDepth, "")
	}
	if found[n.slot].kind == kindAbsent {
		found[n.slot].kind = kindBlank
	}
	for {
		if err := d.characters(nil); err != nil {
			return err
		}
		if d.pos+1 == len(d.data) {
			return d.truncated()
		}
		var err error
		switch d.data[d.pos+1] {
		case '/':
			return d.endTagOf(t)
		case '?', '!':
			if d.has("<![CDATA[") {
				err = d.cdata(nil)
			} else {
				err = d.markup()
			}
		default:
			var child tag
			if child, err = d.startTag(); err == nil {
				found[n.slot].kind = kindObject
				if sub := n.sub[string(child.local)]; sub != nil {
					err = d.outline(sub, child, found, depth+1)
				} else {
					err = d.skip(child, depth+1)
				}
			}
		}
		if err != nil {
			return err
		}
	}
}

// attributes records the attributes of a tag that the shape names.
func (d *xmlDecoder) attributes(n *node, t tag, found []finding) {
	if t.from == t.to {
		return
	}
	back := d.pos
	for d.pos = t.from; ; {
		name, value, ok, err := d.attribute()
		if err != nil || !ok {
			break // the tag was read before: this is its end
		}
		if sub := n.sub["@"+string(local(name))]; sub != nil {
			found[sub.slot] = textOf(value)
		}
	}
	d.pos = back
}

// contentOf classifies what is between two tags.
func contentOf(raw []byte) finding {
	for rest := raw; ; {
		i := bytes.IndexByte(rest, '<')
		if i < 0 || i+1 == len(rest) {
			break
		}
		rest = rest[i+1:]
		if rest[0] != '!' && rest[0] != '?' {
			return finding{kind: kindObject}
		}
		if bytes.HasPrefix(rest, []byte("![CDATA[")) {
			end := bytes.Index(rest, []byte("]]>"))
			if end < 0 {
				break
			}
			if text := textOf(rest[len("![CDATA["):end]); text.kind != kindBlank {
				return text
			}
			rest = rest[end:]
		}
	}
	return textOf(raw)
}
