// Package shops opens the shops that the example programs work with: the ones of a configuration file, or four fake ones.
package shops

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/jpmall/jpmall/order"
)

// entry is one shop of a configuration file, checked.
type entry struct {
	mall   order.Mall
	path   string // in the file: "shops[0]"
	values map[string]string
}

func (e entry) time(name string) time.Time {
	t, _ := parseDay(e.values[name]) // checked by readEntry
	return t
}

// readConfig reads a configuration file. All findings are reported at once, each with its path in the file. store is the file of
// tokens that it names, or empty.
func readConfig(file string) (entries []entry, store string, err error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, "", err
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF")) // which editors on Windows write
	var doc map[string]any
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	err = dec.Decode(&doc)
	if err == nil {
		if _, more := dec.Token(); more != io.EOF {
			err = errors.New("something follows after the closing brace")
		}
	}
	if err != nil {
		return nil, "", fmt.Errorf("%s: not JSON%s: %w", file, position(data, err), err)
	}
	var findings []error
	for name := range doc {
		if name != "shops" && name != "store" {
			findings = append(findings, fmt.Errorf("%s: unknown field; only shops and store are known", name))
		}
	}
	if named, present := doc["store"]; present {
		if store, _ = named.(string); store == "" {
			findings = append(findings, errors.New("store: want the name of a file, beside this one or with its path"))
		} else if !filepath.IsAbs(store) {
			store = filepath.Join(filepath.Dir(file), store)
		}
	}
	list, ok := doc["shops"].([]any)
	if !ok || len(list) == 0 {
		findings = append(findings, errors.New("shops: missing, empty or not a list"))
	}
	for i, item := range list {
		e, errs := readEntry(fmt.Sprintf("shops[%d]", i), item, filepath.Dir(file), store != "")
		entries, findings = append(entries, e), append(findings, errs...)
	}
	if len(findings) > 0 {
		slices.SortFunc(findings, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
		return nil, "", fmt.Errorf("%s:\n%w", file, errors.Join(findings...))
	}
	return entries, store, nil
}

// readEntry reads one shop. Where there is a store, a refresh token may come from there.
func readEntry(path string, item any, folder string, stored bool) (entry, []error) {
	e := entry{path: path, values: map[string]string{}}
	object, ok := item.(map[string]any)
	if !ok {
		return e, []error{fmt.Errorf("%s: not an object", path)}
	}
	name, _ := object["mall"].(string)
	e.mall = order.Mall(name)
	known := fields(e.mall)
	if known == nil {
		return e, []error{fmt.Errorf("%s.mall: want rakuten, yahoo, amazon or aupay", path)}
	}
	var findings []error
	finding := func(field, format string, args ...any) {
		findings = append(findings, fmt.Errorf("%s.%s: "+format, append([]any{path, field}, args...)...))
	}
	for name := range object {
		if name != "mall" && !slices.ContainsFunc(known, func(f field) bool { return f.name == name }) {
			finding(name, "unknown field for mall %s", e.mall)
		}
	}
	for _, f := range known {
		raw, present := object[f.name]
		if !present {
			if f.required && !(stored && f.name == "refresh_token") {
				finding(f.name, "missing (%s)", f.where.EN)
			}
			continue
		}
		written, ok := raw.(string)
		if number, is := raw.(json.Number); is {
			written, ok = number.String(), true
		}
		if !ok {
			finding(f.name, "want a text")
			continue
		}
		value, err := resolve(written, folder)
		if err == nil {
			err = checkValue(f, value)
		}
		if err != nil {
			finding(f.name, "%w", err)
			continue
		}
		e.values[f.name] = value
	}
	return e, findings
}

// resolve follows "env:NAME" to an environment variable and "file:NAME" to a file beside the configuration, so that secrets
// need not stand in it.
func resolve(written, folder string) (string, error) {
	if name, ok := strings.CutPrefix(written, "env:"); ok {
		value, set := os.LookupEnv(name)
		if !set || strings.TrimSpace(value) == "" {
			return "", fmt.Errorf("environment variable %s is not set", name)
		}
		return value, nil
	}
	if name, ok := strings.CutPrefix(written, "file:"); ok {
		if !filepath.IsAbs(name) {
			name = filepath.Join(folder, name)
		}
		data, err := os.ReadFile(name)
		return strings.TrimPrefix(string(data), "\uFEFF"), err
	}
	return written, nil
}

func checkValue(f field, value string) error {
	switch {
	case strings.TrimSpace(value) == "":
		return fmt.Errorf("empty (%s)", f.where.EN)
	case f.kind == day:
		_, err := parseDay(value)
		return err
	case f.kind == link:
		if u, err := url.Parse(value); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			return errors.New("not a URL of the form https://host/path")
		}
	}
	return nil
}

func parseDay(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if t, err := time.ParseInLocation(time.DateOnly, s, order.JST); err == nil {
		return t, nil
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}, errors.New("want a date such as 2026-11-23, or an instant such as 2026-11-23T09:00:00+09:00")
	}
	return t, nil
}

// position says line and column of a JSON error.
func position(data []byte, err error) string {
	offset := int64(len(data))
	var syntax *json.SyntaxError
	var typed *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &typed):
		offset = typed.Offset
	}
	before := data[:min(offset, int64(len(data)))]
	line := bytes.Count(before, []byte("\n")) + 1
	return fmt.Sprintf(" at line %d, column %d", line, len(before)-bytes.LastIndexByte(before, '\n')-1)
}
