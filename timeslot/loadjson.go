package timeslot

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// LoadJSON reads a table of rules from a JSON file: an array of objects whose fields are the
// columns of [LoadCSV], all strings:
//
//	[{"label": "夕方便", "slot": "16:00-18:00", "mall": "rakuten"}]
//
// Their meaning is the same as there. An unknown or repeated field is an error. Errors name a line
// of the object; see [NewTable] for what is refused.
func LoadJSON(name string, r io.Reader) (*Table, error) {
	text, err := readText(name, r)
	if err != nil {
		return nil, err
	}
	in := &jsonRules{name: name, text: text, dec: json.NewDecoder(bytes.NewReader(text)), line: 1}
	if err := in.delim('['); err != nil {
		return nil, err
	}
	var rules []Rule
	for in.dec.More() {
		rule, err := in.rule()
		if err != nil {
			return nil, err
		}
		rules = append(rules, rule)
	}
	if err := in.delim(']'); err != nil {
		return nil, err
	}
	if _, err := in.dec.Token(); err != io.EOF {
		return nil, in.fault("something follows the array of rules")
	}
	return loaded(name, rules)
}

// jsonRules reads a rules file token by token, to know the line numbers.
type jsonRules struct {
	name string
	text []byte
	dec  *json.Decoder
	line int // of offset
	at   int
}

// here returns the line that the decoder has reached.
func (in *jsonRules) here() int {
	to := min(int(in.dec.InputOffset()), len(in.text))
	in.line += bytes.Count(in.text[in.at:max(to, in.at)], []byte("\n"))
	in.at = max(to, in.at)
	return in.line
}

func (in *jsonRules) fault(why string) error {
	return &RuleError{in.name, fmt.Sprintf("line %d", in.here()), why}
}

func (in *jsonRules) token() (json.Token, error) {
	tok, err := in.dec.Token()
	if err == nil {
		return tok, nil
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		line := 1 + bytes.Count(in.text[:min(int(syntax.Offset), len(in.text))], []byte("\n"))
		return nil, &RuleError{in.name, fmt.Sprintf("line %d", line), syntax.Error()}
	}
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		end := 1 + bytes.Count(in.text, []byte("\n"))
		return nil, &RuleError{in.name, fmt.Sprintf("line %d", end), "the file ends too early"}
	}
	return nil, in.fault(err.Error())
}

func (in *jsonRules) delim(want json.Delim) error {
	tok, err := in.token()
	if err != nil {
		return err
	}
	if tok != want {
		return in.fault(fmt.Sprintf("expected %s; a rules file is an array of objects", want))
	}
	return nil
}

// rule reads one object.
func (in *jsonRules) rule() (Rule, error) {
	if err := in.delim('{'); err != nil {
		return Rule{}, err
	}
	rule := Rule{line: in.here()}
	seen := make(map[string]bool)
	for in.dec.More() {
		tok, err := in.token()
		if err != nil {
			return Rule{}, err
		}
		key, _ := tok.(string) // an object's keys are strings
		field, ok := fieldNames[key]
		if !ok {
			return Rule{}, in.fault(fmt.Sprintf("field %q is not known", key))
		}
		if seen[field] {
			return Rule{}, in.fault(fmt.Sprintf("field %q appears twice", key))
		}
		seen[field] = true
		if field == "count" || field == "orders" {
			var ignored json.RawMessage
			if err := in.dec.Decode(&ignored); err != nil {
				return Rule{}, in.fault(err.Error())
			}
			continue
		}
		tok, err = in.token()
		if err != nil {
			return Rule{}, err
		}
		value, ok := tok.(string)
		if !ok {
			return Rule{}, in.fault(fmt.Sprintf("field %q must be a string", key))
		}
		if err := rule.set(field, value); err != nil {
			return Rule{}, in.fault(err.Error())
		}
	}
	return rule, in.delim('}')
}
