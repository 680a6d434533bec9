package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

const root = "../../.."

func read(t *testing.T, page string, lang order.Lang) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, pageIn(page, lang)))
	require.NoError(t, err)
	return string(text)
}

// TestPagesAreCurrent: what the tables say is what the packages say now.
func TestPagesAreCurrent(t *testing.T) {
	for page, names := range pages {
		for _, lang := range []order.Lang{order.English, order.Japanese} {
			text := read(t, page, lang)
			now, err := fill(text, names, lang)
			require.NoError(t, err)
			require.Equal(t, now, text, "%s: run go generate ./...", pageIn(page, lang))
		}
	}
}

var (
	heading = regexp.MustCompile(`(?m)^#+ `)
	link    = regexp.MustCompile(`\]\(([^)]+)\)`)
	block   = regexp.MustCompile("(?s)\n```.*?\n```\n")
	comment = regexp.MustCompile(`\s*(#|//) .*|"  [^"]*"`)
)

// TestBothLanguagesSayTheSame: the same headings, links and programs.
func TestBothLanguagesSayTheSame(t *testing.T) {
	parts := func(text string) (headings, links, code []string) {
		links = link.FindAllString(strings.ReplaceAll(strings.ReplaceAll(text, ".ja.md", ".md"), "-en.png", ".png"), -1)
		for i := range links {
			links[i] = link.FindStringSubmatch(links[i])[1]
		}
		slices.Sort(links)
		for _, b := range block.FindAllString(text, -1) {
			code = append(code, strings.ReplaceAll(comment.ReplaceAllString(b, ""), "order.Japanese", "order.English"))
		}
		return heading.FindAllString(block.ReplaceAllString(text, "\n"), -1), links, code
	}
	for page := range pages {
		headings, links, code := parts(read(t, page, order.English))
		jaHeadings, jaLinks, jaCode := parts(read(t, page, order.Japanese))
		require.Equal(t, headings, jaHeadings, page)
		require.Equal(t, links, jaLinks, page)
		require.Equal(t, code, jaCode, page)
	}
}

// TestLinksLead: a link into this repository finds a file.
func TestLinksLead(t *testing.T) {
	for page := range pages {
		for _, lang := range []order.Lang{order.English, order.Japanese} {
			for _, m := range link.FindAllStringSubmatch(read(t, page, lang), -1) {
				if to := m[1]; !strings.Contains(to, "://") {
					_, err := os.Stat(filepath.Join(root, filepath.Dir(page), to))
					require.NoError(t, err, "%s: %s", pageIn(page, lang), to)
				}
			}
		}
	}
}
