package credential

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// maxShops bounds a file of shops.
const maxShops = 4 << 20

// ShopSettings are the settings of one shop by name, for the ParseConfig of its mall. Printed or
// logged they show the mall, the shop, and the names of the others. As a map of plain values they
// are marshalled in full, and printed in full as a field that is not exported.
type ShopSettings map[string]string

// Format prints the values of mall and shop, and "[redacted]" for every other one.
func (s ShopSettings) Format(f fmt.State, _ rune) {
	fmt.Fprint(f, "settings")
	for _, name := range slices.Sorted(maps.Keys(s)) {
		value := s[name]
		if name != "mall" && name != "shop" {
			value = NewSecret(value).String()
		}
		fmt.Fprintf(f, " %s:%s", name, value)
	}
}

// LogValue returns what Format prints.
func (s ShopSettings) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(s)) }

// ReadShops reads a JSON file of shops. Each shop holds its settings by name, for the ParseConfig
// of the mall that "mall" names:
//
//	{
//	  "store": "tokens.json",
//	  "shops": [
//	    {"mall": "aupay", "shop": "10000001", "api_key": "env:AUPAY_API_KEY", "api_key_issued": "2026-11-01"}
//	  ]
//	}
//
// To keep secrets out of the file, env:NAME stands for the value of an environment variable and
// file:NAME for the content of a file. Numbers, true and false need no quotes. The returned store
// is the path in "store", for [OpenFile], or "". Relative paths start at the file's folder. One
// error names everything that is wrong by its place, such as shops[0].api_key.
func ReadShops(file string) (shops []ShopSettings, store string, err error) {
	data, err := readText(file)
	if err != nil {
		return nil, "", fmt.Errorf("credential: shops: %w", err)
	}
	var doc map[string]json.RawMessage
	dec := json.NewDecoder(bytes.NewReader(data))
	err = dec.Decode(&doc)
	if err == nil {
		if _, more := dec.Token(); more != io.EOF {
			err = errors.New("something follows after the closing brace")
		}
	}
	if err != nil {
		return nil, "", fmt.Errorf("credential: shops: %s: not a JSON object%s: %w", file,
			position(data, err), err)
	}
	r := shopsReader{folder: filepath.Dir(file)}
	for name, raw := range doc {
		switch name {
		case "shops":
			shops = r.list(raw)
		case "store":
			if json.Unmarshal(raw, &store) != nil || store == "" {
				r.wrong("store", "want the name of a file, beside this one or with its path")
			} else if !filepath.IsAbs(store) {
				store = filepath.Join(r.folder, store)
			}
		default:
			r.wrong(name, "unknown; only shops and store are known")
		}
	}
	if _, there := doc["shops"]; !there {
		r.wrong("shops", "missing")
	}
	if len(r.findings) > 0 {
		slices.Sort(r.findings)
		return nil, "", fmt.Errorf("credential: shops: %s:\n%s", file,
			strings.Join(r.findings, "\n"))
	}
	return shops, store, nil
}

// shopsReader collects what is wrong with a file.
type shopsReader struct {
	folder   string
	findings []string
}

func (r *shopsReader) wrong(place, what string) { r.findings = append(r.findings, place+": "+what) }

func (r *shopsReader) list(raw json.RawMessage) (shops []ShopSettings) {
	var items []map[string]any
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if dec.Decode(&items) != nil || len(items) == 0 {
		r.wrong("shops", "empty, or not a list of objects")
	}
	for i, item := range items {
		values := make(ShopSettings, len(item))
		for name, given := range item {
			value, err := r.value(given)
			if err != nil {
				r.wrong(fmt.Sprintf("shops[%d].%s", i, name), err.Error())
			}
			values[name] = value
		}
		if values["mall"] == "" {
			r.wrong(fmt.Sprintf("shops[%d].mall", i), "missing or empty")
		}
		shops = append(shops, values)
	}
	return shops
}

// value returns the text of a value, or what it refers to.
func (r *shopsReader) value(given any) (string, error) {
	var text string
	switch v := given.(type) {
	case string:
		text = v
	case json.Number, bool:
		return fmt.Sprint(v), nil
	default:
		return "", errors.New("want a text, a number, true or false")
	}
	if name, ok := strings.CutPrefix(text, "env:"); ok {
		value := os.Getenv(name)
		if strings.TrimSpace(value) == "" {
			return "", fmt.Errorf("environment variable %s is not set", name)
		}
		return value, nil
	}
	if name, ok := strings.CutPrefix(text, "file:"); ok {
		if !filepath.IsAbs(name) {
			name = filepath.Join(r.folder, name)
		}
		data, err := readText(name)
		return strings.TrimSpace(string(data)), err
	}
	return text, nil
}

// readText reads a file without the byte order mark that editors on Windows write.
func readText(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(f, maxShops+1))
	if err == nil && len(data) > maxShops {
		err = fmt.Errorf("%s: more than %d bytes", file, maxShops)
	}
	return bytes.TrimPrefix(data, []byte("\uFEFF")), err
}

// position returns where a JSON error is: " at line 2, column 12".
func position(data []byte, err error) string {
	offset := int64(len(data))
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		offset = syntax.Offset
	}
	before := data[:min(offset, int64(len(data)))]
	return fmt.Sprintf(" at line %d, column %d", bytes.Count(before, []byte("\n"))+1,
		len(before)-bytes.LastIndexByte(before, '\n')-1)
}
