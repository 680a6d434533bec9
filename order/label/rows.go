package label

import (
	"errors"
	"fmt"
	"strings"
)

// maxFile bounds a file that is read: 64 MiB, some hundred thousand rows.
const maxFile = 64 << 20

// csvRow is one row of a file and the line that it begins on, counted from 1.
type csvRow struct {
	line  int
	cells []string
}

// readRows decodes a file and splits it into rows: separated by commas, or by tabs if the first
// line has tabs and no comma. Blank rows are left out. Quotation marks may be wherever tools put
// them, and so may ="…". One that is never closed is an error, since it would swallow the rows
// after it.
func readRows(data []byte) ([]csvRow, error) {
	if len(data) > maxFile {
		return nil, fmt.Errorf("label: the file is larger than %d MiB", maxFile>>20)
	}
	if len(data) > 1 && data[0] == 'P' && data[1] == 'K' {
		return nil,
			errors.New("label: this is an Excel workbook: export CSV from the label software")
	}
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	p := rowReader{text: text, line: 1, comma: ','}
	first, _, _ := strings.Cut(text, "\n")
	if strings.Contains(first, "\t") && !strings.Contains(first, ",") {
		p.comma = '\t'
	}
	var rows []csvRow
	for p.at < len(p.text) {
		row, err := p.row()
		if err != nil {
			return nil, err
		}
		if strings.TrimSpace(strings.Join(row.cells, "")) != "" {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

type rowReader struct {
	text  string
	at    int
	line  int
	comma byte
}

// row reads up to the end of a row.
func (p *rowReader) row() (csvRow, error) {
	row := csvRow{line: p.line}
	for {
		cell, err := p.cell()
		if err != nil {
			return row, err
		}
		row.cells = append(row.cells, cell)
		if p.at >= len(p.text) {
			return row, nil
		}
		end := p.text[p.at]
		p.at++
		if end == p.comma {
			continue
		}
		if end == '\r' && p.at < len(p.text) && p.text[p.at] == '\n' {
			p.at++
		}
		p.line++
		return row, nil
	}
}

// cell reads one cell and stops at what ends it.
func (p *rowReader) cell() (string, error) {
	rest := p.text[p.at:]
	lead := 0
	if strings.HasPrefix(rest, `="`) {
		lead = 1
	}
	if !strings.HasPrefix(rest[lead:], `"`) {
		n := strings.IndexFunc(rest, func(r rune) bool {
			return r == rune(p.comma) || r == '\r' || r == '\n'
		})
		if n < 0 {
			n = len(rest)
		}
		p.at += n
		return rest[:n], nil
	}
	began := p.line
	p.at += lead + 1
	var b strings.Builder
	for {
		n := strings.IndexByte(p.text[p.at:], '"')
		if n < 0 {
			return "", fmt.Errorf("label: line %d: a quotation mark is never closed", began)
		}
		b.WriteString(p.text[p.at : p.at+n])
		p.line += strings.Count(p.text[p.at:p.at+n], "\n")
		p.at += n + 1
		if strings.HasPrefix(p.text[p.at:], `"`) {
			b.WriteByte('"')
			p.at++
			continue
		}
		break
	}
	n := strings.IndexFunc(p.text[p.at:],
		func(r rune) bool { return r == rune(p.comma) || r == '\r' || r == '\n' })
	if n < 0 {
		n = len(p.text) - p.at
	}
	if strings.TrimSpace(p.text[p.at:p.at+n]) != "" {
		return "", fmt.Errorf("label: line %d: text behind a closing quotation mark", p.line)
	}
	p.at += n
	return b.String(), nil
}
