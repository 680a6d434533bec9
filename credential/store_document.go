package credential

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/jpmall/jpmall/order"
)

// documentFormat is the version of the file's form:
//
//	{"format": 1, "revision": 7, "entries": {"records": {"revision": 7, "value": […]}}}
//
// revision counts all saves of the file; that of an entry is the one of its last save, so that no version comes back after an
// entry has been removed. Fields that this version does not know are kept as they are, in the document and in its entries.
const documentFormat = 1

// maxRevision is out of reach of saving, and leaves room to count on.
const maxRevision = 1 << 60

// document is the file's content. The zero document is an empty store.
type document struct {
	revision uint64
	entries  map[string]map[string]json.RawMessage
	unknown  map[string]json.RawMessage
}

// decodeDocument reads a file's content; an empty file is an empty store. Its errors quote nothing: the content is secret.
func decodeDocument(content []byte) (document, error) {
	if len(content) > MaxStore {
		return document{}, fmt.Errorf("more than %d bytes: %w", MaxStore, order.ErrLocalLimit)
	}
	if len(bytes.TrimSpace(content)) == 0 {
		return document{}, nil
	}
	var doc document
	if json.Unmarshal(content, &doc.unknown) != nil || doc.unknown == nil {
		return document{}, fmt.Errorf("not a JSON object: %w", order.ErrUndecodable)
	}
	var format int
	if json.Unmarshal(doc.unknown["format"], &format) != nil || format < 1 {
		return document{}, fmt.Errorf("its format is missing: not a file of this store: %w", order.ErrUndecodable)
	}
	if format != documentFormat {
		return document{}, fmt.Errorf("format %d, this program knows %d: a newer program has written it: %w", format, documentFormat, order.ErrUndecodable)
	}
	if json.Unmarshal(doc.unknown["revision"], &doc.revision) != nil || doc.revision > maxRevision {
		return document{}, fmt.Errorf("its revision is missing or damaged: %w", order.ErrUndecodable)
	}
	if raw, ok := doc.unknown["entries"]; ok && json.Unmarshal(raw, &doc.entries) != nil {
		return document{}, fmt.Errorf("its entries are not an object of objects: %w", order.ErrUndecodable)
	}
	for key := range doc.entries {
		if _, err := doc.entry(key); err != nil {
			return document{}, err
		}
	}
	for _, known := range []string{"format", "revision", "entries"} {
		delete(doc.unknown, known)
	}
	return doc, nil
}

// entry gives a copy of one entry.
func (d document) entry(key string) (Entry, error) {
	fields, ok := d.entries[key]
	if !ok {
		return Entry{}, nil
	}
	var revision uint64
	if json.Unmarshal(fields["revision"], &revision) != nil || revision == 0 || revision > d.revision || fields["value"] == nil {
		return Entry{}, fmt.Errorf("entry %q is damaged: %w", key, order.ErrUndecodable)
	}
	return Entry{bytes.Clone(fields["value"]), strconv.FormatUint(revision, 10)}, nil
}

// swap changes one entry if it still has the version.
func (d *document) swap(key string, value []byte, version string) (string, error) {
	old, err := d.entry(key)
	if err != nil {
		return "", err
	}
	if old.Version != version {
		return "", conflict(key)
	}
	d.revision++
	if value == nil {
		delete(d.entries, key)
		return "", nil
	}
	if d.entries == nil {
		d.entries = make(map[string]map[string]json.RawMessage)
	}
	if d.entries[key] == nil {
		d.entries[key] = make(map[string]json.RawMessage)
	}
	saved := strconv.FormatUint(d.revision, 10)
	d.entries[key]["revision"], d.entries[key]["value"] = json.RawMessage(saved), value
	return saved, nil
}

// encode writes the document, indented so that a person can read it.
func (d document) encode() ([]byte, error) {
	all := map[string]any{"format": documentFormat, "revision": d.revision, "entries": d.entries}
	if d.entries == nil {
		all["entries"] = struct{}{}
	}
	for name, raw := range d.unknown {
		all[name] = raw
	}
	content, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		return nil, fmt.Errorf("credential: file store: its content cannot be written: %w", order.ErrUndecodable)
	}
	if len(content) >= MaxStore {
		return nil, fmt.Errorf("credential: file store: it would have %d bytes, more than %d: %w", len(content), MaxStore, order.ErrLocalLimit)
	}
	return append(content, '\n'), nil
}
