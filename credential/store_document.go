package credential

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/jpmall/jpmall/order"
)

// documentFormat is the version of the file's form, with one entry a line:
//
//	{"format": 1, "revision": 7, "entries": {
//	"records": {"revision": 7, "value": […]}
//	}}
//
// revision counts all saves of the file; that of an entry is the one of its last save, so that no
// version is used again after an entry was removed. Unknown fields are kept, in the document and in
// its entries.
const documentFormat = 1

// maxRevision cannot be reached by saving, and leaves room to count.
const maxRevision = 1 << 60

// document is the file's content. Once shared, it is not modified. The zero document is an empty
// store.
type document struct {
	revision uint64
	entries  map[string]*documentEntry
	keys     []string // of entries, sorted
	size     int      // of all lines
	unknown  map[string]json.RawMessage
}

// documentEntry is one entry; it is never changed.
type documentEntry struct {
	revision uint64
	value    json.RawMessage
	unknown  map[string]json.RawMessage // other fields; nil for none
	line     []byte                     // as it is written: "key": {…}
}

// The bytes around each line, and around all lines.
const (
	lineOverhead     = 2
	documentOverhead = 200
)

// decodeDocument reads a file's content. Its errors quote nothing: the content is secret.
func decodeDocument(content []byte) (*document, error) {
	if len(content) > MaxStore {
		return nil, fmt.Errorf("more than %d bytes: %w", MaxStore, order.ErrLocalLimit)
	}
	if len(bytes.TrimSpace(content)) == 0 {
		return nil,
			fmt.Errorf(
				"is empty, which no save leaves behind: put a copy back, or remove the file to begin with an empty store: %w",
				order.ErrUndecodable)
	}
	doc := new(document)
	if json.Unmarshal(content, &doc.unknown) != nil {
		return nil, fmt.Errorf("not a JSON object: %w", order.ErrUndecodable)
	}
	var format int
	if json.Unmarshal(doc.unknown["format"], &format) != nil || format < 1 {
		return nil, fmt.Errorf("its format is missing: not a file of this store: %w",
			order.ErrUndecodable)
	}
	if format != documentFormat {
		return nil,
			fmt.Errorf("format %d, this program knows %d: a newer program has written it: %w",
				format, documentFormat, order.ErrUndecodable)
	}
	if json.Unmarshal(doc.unknown["revision"], &doc.revision) != nil || doc.revision > maxRevision {
		return nil, fmt.Errorf("its revision is missing or damaged: %w", order.ErrUndecodable)
	}
	var entries map[string]map[string]json.RawMessage
	if raw, ok := doc.unknown["entries"]; ok && json.Unmarshal(raw, &entries) != nil {
		return nil, fmt.Errorf("its entries are not an object of objects: %w", order.ErrUndecodable)
	}
	doc.entries = make(map[string]*documentEntry, len(entries))
	for key, fields := range entries {
		e := &documentEntry{value: fields["value"]}
		if json.Unmarshal(fields["revision"], &e.revision) != nil || e.revision == 0 ||
			e.revision > doc.revision || e.value == nil {
			return nil, fmt.Errorf("entry %q is damaged: %w", key, order.ErrUndecodable)
		}
		delete(fields, "value")
		delete(fields, "revision")
		if len(fields) > 0 {
			e.unknown = fields
		}
		if err := e.write(key); err != nil {
			return nil, err
		}
		doc.entries[key] = e
		doc.size += len(e.line) + lineOverhead
	}
	doc.keys = slices.Sorted(maps.Keys(doc.entries))
	for _, known := range []string{"format", "revision", "entries"} {
		delete(doc.unknown, known)
	}
	return doc, nil
}

// write builds the line of an entry.
func (e *documentEntry) write(key string) error {
	name, err := json.Marshal(key)
	if err != nil {
		return fmt.Errorf("credential: file store: %w", err)
	}
	var b bytes.Buffer
	b.Grow(len(name) + len(e.value) + 48)
	b.Write(name)
	b.WriteString(`: {"revision": ` + strconv.FormatUint(e.revision, 10) + `, "value": `)
	b.Write(e.value)
	if err := writeFields(&b, e.unknown); err != nil {
		return err
	}
	b.WriteByte('}')
	e.line = b.Bytes()
	return nil
}

// writeFields writes fields that this version does not know, sorted, each after a comma.
func writeFields(b *bytes.Buffer, fields map[string]json.RawMessage) error {
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		text, err := json.Marshal(name)
		if err != nil {
			return fmt.Errorf("credential: file store: %w", err)
		}
		b.WriteString(", ")
		b.Write(text)
		b.WriteString(": ")
		b.Write(fields[name])
	}
	return nil
}

// entry returns a copy of one entry.
func (d *document) entry(key string) Entry {
	e := d.entries[key]
	if e == nil {
		return Entry{}
	}
	return Entry{bytes.Clone(e.value), strconv.FormatUint(e.revision, 10)}
}

// clone returns a document that swap may change.
func (d *document) clone() *document {
	c := *d
	c.entries, c.keys = maps.Clone(d.entries), slices.Clone(d.keys)
	if c.entries == nil {
		c.entries = make(map[string]*documentEntry)
	}
	return &c
}

// swap changes one entry if it still has the version. After an error nothing has changed.
func (d *document) swap(key string, value []byte, version string) (string, error) {
	old := d.entries[key]
	have := ""
	if old != nil {
		have = strconv.FormatUint(old.revision, 10)
	}
	if have != version {
		return "", conflict(key)
	}
	at, found := slices.BinarySearch(d.keys, key)
	if value == nil {
		d.revision++
		if found {
			d.size -= len(old.line) + lineOverhead
			d.keys = slices.Delete(d.keys, at, at+1)
			delete(d.entries, key)
		}
		return "", nil
	}
	e := &documentEntry{revision: d.revision + 1, value: bytes.Clone(value)}
	if old != nil {
		e.unknown = old.unknown
	}
	if err := e.write(key); err != nil {
		return "", err
	}
	size := d.size + len(e.line) + lineOverhead
	if old != nil {
		size -= len(old.line) + lineOverhead
	}
	if size+documentOverhead > MaxStore {
		return "", fmt.Errorf("credential: file store: it would have more than %d bytes: %w",
			MaxStore, order.ErrLocalLimit)
	}
	if !found {
		d.keys = slices.Insert(d.keys, at, key)
	}
	d.revision, d.size, d.entries[key] = e.revision, size, e
	return strconv.FormatUint(e.revision, 10), nil
}

// encode writes the document. The revision comes first, so that a reader sees whether anything has
// changed.
func (d *document) encode() ([]byte, error) {
	var b bytes.Buffer
	b.Grow(d.size + documentOverhead)
	fmt.Fprintf(&b, `{"format": %d, "revision": %d, "entries": {`, documentFormat, d.revision)
	for i, key := range d.keys {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		b.Write(d.entries[key].line)
	}
	b.WriteString("\n}")
	if err := writeFields(&b, d.unknown); err != nil {
		return nil, err
	}
	b.WriteString("}\n")
	if b.Len() > MaxStore {
		return nil, fmt.Errorf("credential: file store: it would have %d bytes, more than %d: %w",
			b.Len(), MaxStore, order.ErrLocalLimit)
	}
	return b.Bytes(), nil
}
