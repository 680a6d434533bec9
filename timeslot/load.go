package timeslot

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
)

// maxTableBytes bounds a rules file.
const maxTableBytes = 4 << 20

// fieldNames maps the columns of a rules file, in English or Japanese, to fields. count and
// orders, which a Collector writes, are ignored.
var fieldNames = map[string]string{
	"label": "label", "ラベル": "label",
	"slot": "slot", "時間帯": "slot",
	"mode": "mode", "照合": "mode",
	"mall": "mall", "モール": "mall",
	"shop": "shop", "店舗": "shop",
	"method": "method", "配送方法": "method",
	"name": "name", "名前": "name",
	"count": "count", "件数": "count",
	"orders": "orders", "受注": "orders",
}

// set sets one field from a file. The slot may be in text form (`am`, `14:00-16:00`) or anything
// that the Reader reads (`午前中`).
func (r *Rule) set(field, value string) error {
	var err error
	switch field {
	case "label":
		r.Label = value
	case "slot":
		value = strings.TrimSpace(value)
		if r.Slot, err = Parse(value); err == nil {
			return nil // empty too: NewTable says so with the line
		}
		match, ok := Read(Reader{}, Label{Text: value})
		if !ok {
			return fmt.Errorf(
				"slot %q is not understood; write none, am, pm, night, 14:00-16:00, -10:00 or 20:00-", value)
		}
		r.Slot = match.Slot
		return nil
	case "mode":
		r.Mode, err = ParseMode(strings.TrimSpace(value))
	case "mall":
		r.Scope.Mall = wildcard(strings.TrimSpace(value))
	case "shop":
		r.Scope.Shop = wildcard(strings.TrimSpace(value))
	case "method":
		r.Scope.Method = wildcard(value)
	case "name":
		r.Name = strings.TrimSpace(value)
	}
	return err
}

// wildcard turns `*` into the empty field, which matches everything.
func wildcard(value string) string {
	if value == "*" {
		return ""
	}
	return value
}

// loaded returns a table of the rules of a file. Rows without a slot make no rule; Table.Warnings
// lists them.
func loaded(name string, rules []Rule) (*Table, error) {
	var warnings []*RuleError
	full := rules[:0]
	for i, r := range rules {
		switch {
		case r.Slot != Unresolved:
			full = append(full, r)
		case r.Label == "":
			warnings = append(warnings, &RuleError{name, r.place(i), "the row is empty"})
		default:
			warnings = append(warnings, &RuleError{name, r.place(i),
				"the slot is empty: the label stays unread"})
		}
	}
	t, err := NewTable(name, full...)
	if err == nil {
		t.warnings = warnings
	}
	return t, err
}

// LoadCSV reads a table of rules from a CSV file in UTF-8 (with or without byte order mark) or
// Shift_JIS, at most 4 MiB. The first line names the columns: label and slot, and optionally mode,
// mall, shop, method and name (ラベル, 時間帯, 照合, モール, 店舗, 配送方法, 名前). A slot is in text form or written
// as the Reader reads it. An empty mall, shop or method, or `*`, matches all. Rules keep the order
// of the lines. name is the table's name, usually the file's.
//
// An error in a row names its line; see [NewTable] for what is refused. Rows without a slot are
// left out and listed in [Table.Warnings]. CSV cannot keep a carriage return inside a label; JSON
// can.
func LoadCSV(name string, r io.Reader) (*Table, error) {
	text, err := readText(name, r)
	if err != nil {
		return nil, err
	}
	in := csv.NewReader(bytes.NewReader(text))
	header, err := in.Read()
	if err != nil {
		return nil, csvError(name, err)
	}
	fields := make([]string, len(header))
	for i, column := range header {
		field, ok := fieldNames[strings.ToLower(strings.TrimSpace(column))]
		if !ok {
			return nil, &RuleError{name, "line 1", fmt.Sprintf("column %q is not known", column)}
		}
		if slices.Contains(fields, field) {
			return nil, &RuleError{name, "line 1",
				fmt.Sprintf("column %q appears twice", column)}
		}
		fields[i] = field
	}
	if !slices.Contains(fields, "label") || !slices.Contains(fields, "slot") {
		return nil, &RuleError{name, "line 1", "the columns label and slot must be there"}
	}
	var rules []Rule
	for {
		record, err := in.Read()
		if err == io.EOF {
			return loaded(name, rules)
		}
		if err != nil {
			return nil, csvError(name, err)
		}
		var rule Rule
		rule.line, _ = in.FieldPos(0)
		for i, value := range record {
			if err := rule.set(fields[i], value); err != nil {
				return nil, &RuleError{name, rule.place(0), err.Error()}
			}
		}
		rules = append(rules, rule)
	}
}

func csvError(name string, err error) error {
	if parse, ok := errors.AsType[*csv.ParseError](err); ok {
		return &RuleError{name, fmt.Sprintf("line %d", parse.Line), parse.Err.Error()}
	}
	if err == io.EOF {
		return &RuleError{name, "line 1", "the file is empty"}
	}
	return fmt.Errorf("timeslot: %s: %w", name, err)
}

// readText reads a whole file and returns it as UTF-8 without byte order mark.
func readText(name string, r io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxTableBytes+1))
	if err != nil {
		return nil, fmt.Errorf("timeslot: %s: %w", name, err)
	}
	if len(text) > maxTableBytes {
		return nil, fmt.Errorf("timeslot: %s: a rules file may have at most %d bytes", name,
			maxTableBytes)
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if utf8.Valid(text) {
		return text, nil
	}
	decoded, err := japanese.ShiftJIS.NewDecoder().Bytes(text)
	if err != nil {
		return nil, fmt.Errorf("timeslot: %s: %w", name, err)
	}
	if i := bytes.IndexRune(decoded, utf8.RuneError); i >= 0 {
		line := 1 + bytes.Count(decoded[:i], []byte("\n"))
		return nil, &RuleError{name, fmt.Sprintf("line %d", line),
			"the text is neither UTF-8 nor Shift_JIS"}
	}
	return decoded, nil
}
