// Readme generates the tables in the READMEs and in the pages beside the packages from the packages'
// data. Run it with go generate ./...
package main

//go:generate go run . ../../..

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// pages are the files, each also with the ending .ja.md, and the tables in them.
var pages = map[string][]string{
	"README.md":              {"malls"},
	"order/capabilities.md":  {"capabilities", "pages"},
	"order/assumptions.md":   {"assumptions"},
	"credential/rules.md":    {"credentials"},
	"credential/settings.md": {"fields"},
}

// tables are the tables by name.
var tables = map[string]func(order.Lang) string{
	"malls": abilityTable, "capabilities": capabilities, "pages": screens,
	"assumptions": assumptions,
	"credentials": credential.Table, "fields": settingTable,
}

func main() {
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "readme:", err)
		os.Exit(1)
	}
}

// write rewrites the pages under a folder where they have changed.
func write(root string) error {
	for page, names := range pages {
		for _, lang := range []order.Lang{order.English, order.Japanese} {
			file := filepath.Join(root, pageIn(page, lang))
			old, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			text, err := fill(string(old), names, lang)
			if err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
			if text == string(old) {
				continue
			}
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

// pageIn is the name of a page in a language.
func pageIn(page string, lang order.Lang) string {
	if lang == order.Japanese {
		return strings.TrimSuffix(page, ".md") + ".ja.md"
	}
	return page
}

// fill puts tables between their marks.
func fill(text string, names []string, lang order.Lang) (string, error) {
	for _, name := range names {
		begin, end := "<!-- begin "+name+" -->\n", "<!-- end "+name+" -->"
		before, rest, ok := strings.Cut(text, begin)
		_, after, closed := strings.Cut(rest, end)
		if !ok || !closed {
			return "", fmt.Errorf("no place for %s between %q and %q", name,
				strings.TrimSpace(begin), end)
		}
		text = before + begin + strings.TrimRight(tables[name](lang), "\n") + "\n" + end + after
	}
	return text, nil
}
