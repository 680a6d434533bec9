package labeltest

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
)

// Tool is a stand-in for one label software.
type Tool struct {
	Name    string
	columns int
	header  []string // the exact header row; nil where the file has none
	maxRows int
	rules   map[int]rule // by column, from 1
	row     func(cells []string) error
	answer  func(t *Tool, rows [][]string) []byte
	digits  int // of a tracking number
	next    int64
}

// rule is what a tool demands of a column.
type rule struct {
	width    int // half-width units
	required bool
	pattern  *regexp.Regexp // of what is not empty
}

func need(width int, pattern string) rule {
	return rule{width, true, regexp.MustCompile("^(?:" + pattern + ")$")}
}
func may(width int, pattern string) rule {
	return rule{width, false, regexp.MustCompile("^(?:" + pattern + ")$")}
}

const (
	anyText = `[^\x00-\x1f\x7f]*`
	wide    = `[^\x00-\x7f｡-ﾟ]*` // full-width characters only
	phone   = `0[0-9-]{9,14}`
	postal  = `[0-9]{3}-?[0-9]{4}`
	slashes = `20[0-9]{2}/[01][0-9]/[0-3][0-9]`
	compact = `20[0-9]{2}[01][0-9][0-3][0-9]`
	number  = `[0-9]+`
	alnum   = `[0-9A-Za-z-]+`
)

// Print reads a file as the tool would and gives its return file. Errors name row and column as the
// tool's screen does.
func (t *Tool) Print(file []byte) ([]byte, error) {
	rows, err := t.read(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", t.Name, err)
	}
	return t.answer(t, rows), nil
}

func (t *Tool) read(file []byte) ([][]string, error) {
	if bytes.HasPrefix(file, []byte("\xef\xbb\xbf")) {
		return nil, fmt.Errorf("a byte order mark is in front")
	}
	if bytes.Contains(bytes.ReplaceAll(file, []byte("\r\n"), nil), []byte("\n")) {
		return nil, fmt.Errorf("lines do not end with CR LF")
	}
	text, err := japanese.ShiftJIS.NewDecoder().Bytes(file)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return nil, fmt.Errorf("not Shift_JIS")
	}
	reader := csv.NewReader(bytes.NewReader(text))
	reader.FieldsPerRecord = t.columns
	rows, err := reader.ReadAll()
	if err != nil {
		return nil, err
	}
	if t.header != nil {
		if len(rows) == 0 || strings.Join(rows[0], ",") != strings.Join(t.header, ",") {
			return nil, fmt.Errorf("the header row is not the tool's")
		}
		rows = rows[1:]
	}
	if t.maxRows > 0 && len(rows) > t.maxRows {
		return nil, fmt.Errorf("%d rows, at most %d", len(rows), t.maxRows)
	}
	for i, row := range rows {
		for no, cell := range row {
			if err := t.rules[no+1].check(cell); err != nil {
				return nil, fmt.Errorf("row %d, column %d: %w: %q", i+1, no+1, err, cell)
			}
		}
		if t.row != nil {
			if err := t.row(append([]string{""}, row...)); err != nil {
				return nil, fmt.Errorf("row %d: %w", i+1, err)
			}
		}
	}
	return rows, nil
}

// check looks at one cell. A column without a rule must be empty: nothing belongs there.
func (r rule) check(cell string) error {
	switch {
	case cell == "" && r.required:
		return fmt.Errorf("required, but empty")
	case cell == "":
		return nil
	case r.pattern == nil:
		return fmt.Errorf("nothing belongs here")
	case Width(cell) > r.width:
		return fmt.Errorf("%d wide, at most %d", Width(cell), r.width)
	case !r.pattern.MatchString(cell):
		return fmt.Errorf("not of the form wanted here")
	case strings.ContainsAny(cell[:1], "=+@"):
		return fmt.Errorf("a spreadsheet would run this")
	}
	return nil
}

// Width counts half-width units: half-width 1, full-width 2.
func Width(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x80 && (r < 0xff61 || r > 0xff9f) {
			n++
		}
	}
	return n
}

// Number returns the next tracking number, with its check digit where the tool's carrier has one.
func (t *Tool) Number() string {
	t.next++
	if t.digits == 12 {
		return WithCheckDigit(fmt.Sprintf("%011d", t.next))
	}
	return fmt.Sprintf("%0*d", t.digits, t.next)
}

// WithCheckDigit adds the check digit modulo 7.
func WithCheckDigit(body string) string {
	n, _ := strconv.ParseInt(body, 10, 64) // all digits
	return body + strconv.FormatInt(n%7, 10)
}

// sjis encodes text of which all characters came out of Shift_JIS.
func sjis(text string) []byte {
	b, err := japanese.ShiftJIS.NewEncoder().Bytes([]byte(text))
	if err != nil {
		return nil
	}
	return b
}

// table writes rows as CSV; quote says for each cell whether it stands in quotation marks.
func table(rows [][]string, quote func(row, column int) bool) string {
	var b strings.Builder
	for i, row := range rows {
		for n, cell := range row {
			if n > 0 {
				b.WriteByte(',')
			}
			if quote(i, n) || strings.ContainsAny(cell, "\",\r\n") {
				cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
			}
			b.WriteString(cell)
		}
		b.WriteString("\r\n")
	}
	return b.String()
}

func bare(int, int) bool { return false }

// cellsOf makes an empty row with some cells filled, by column from 1.
func cellsOf(n int, cells map[int]string) []string {
	row := make([]string, n)
	for no, text := range cells {
		row[no-1] = text
	}
	return row
}
