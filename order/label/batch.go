package label

import (
	"fmt"
	"io"
	"strings"
)

// Written is one file for the label software.
type Written struct {
	Name   string // such as "clickpost-2.csv"
	Data   []byte // in the layout's encoding, with its line ends
	Labels int
}

// Files returns the labels as files: one, or as many as the layout's MaxRows requires; none if
// there are no labels. They hold personal data: make them readable by the owner only (0600).
func (b Batch) Files() ([]Written, error) {
	var parts [][]Label
	rows := 0
	for i, l := range b.Labels {
		if i == 0 || b.layout.MaxRows > 0 && rows+l.rows > b.layout.MaxRows {
			parts, rows = append(parts, nil), 0
		}
		last := len(parts) - 1
		parts[last], rows = append(parts[last], l), rows+l.rows
	}
	var files []Written
	for i, part := range parts {
		f := Written{Name: b.layout.Name + ".csv", Labels: len(part)}
		if len(parts) > 1 {
			f.Name = fmt.Sprintf("%s-%d.csv", b.layout.Name, i+1)
		}
		size := 4096
		for _, l := range part {
			size += len(l.data)
		}
		f.Data = make([]byte, 0, size)
		if b.layout.Encoding == UTF8BOM {
			f.Data = append(f.Data, utf8Mark...)
		}
		if b.layout.Header {
			var err error
			if f.Data, err = b.layout.appendRow(f.Data, b.layout.headers()); err != nil {
				return nil, err
			}
		}
		for _, l := range part {
			f.Data = append(f.Data, l.data...)
		}
		files = append(files, f)
	}
	return files, nil
}

// WriteTo writes all labels as one file. It is an error if they exceed the layout's MaxRows; use
// Files then.
func (b Batch) WriteTo(w io.Writer) (int64, error) {
	files, err := b.Files()
	if err != nil || len(files) == 0 {
		return 0, err
	}
	if len(files) > 1 {
		return 0, fmt.Errorf("label: %s takes %d rows a file: these labels need %d files",
			b.layout.Title,
			b.layout.MaxRows, len(files))
	}
	n, err := w.Write(files[0].Data)
	return int64(n), err
}

// appendRow writes one row of CSV. If any cell needs quotation marks, every cell gets them: some
// tools accept them on all cells or on none.
func (l Layout) appendRow(dst []byte, row []string) ([]byte, error) {
	quoted := false
	for _, cell := range row {
		quoted = quoted || strings.ContainsAny(cell, "\",\r\n") || cell != "" &&
			(cell[0] == ' ' || cell[len(cell)-1] == ' ')
	}
	var err error
	for i, cell := range row {
		if i > 0 {
			dst = append(dst, ',')
		}
		if quoted {
			dst = append(dst, '"')
			cell = strings.ReplaceAll(cell, `"`, `""`)
		}
		if dst, err = l.Encoding.append(dst, cell); err != nil {
			return dst, err
		}
		if quoted {
			dst = append(dst, '"')
		}
	}
	if l.LineEnd != "" {
		return append(dst, l.LineEnd...), nil
	}
	return append(dst, "\r\n"...), nil
}
