package label

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// FromSample derives a layout from the header row of a file of the shop's own label software or
// import filter. Columns that a built-in layout has are recognised by their headers, in any order;
// widths are those of the layout with the most headers in common. unknown are the headers not
// recognised: their columns stay empty until the caller sets a Field or a Value.
func FromSample(name string, sample io.Reader) (l Layout, unknown []string, err error) {
	data, err := io.ReadAll(io.LimitReader(sample, maxFile+1))
	if err != nil {
		return Layout{}, nil, fmt.Errorf("label: sample: %w", err)
	}
	rows, err := readRows(data)
	if err != nil {
		return Layout{}, nil, err
	}
	if len(rows) == 0 {
		return Layout{}, nil, errors.New(
			"label: the sample is empty: its first row must hold the headers")
	}
	known := Layouts()
	columns := make([]map[string]Column, len(known))
	for i, k := range known {
		columns[i] = k.byHeader()
	}
	best, most := 0, 0
	for i, k := range known {
		n := 0
		for _, h := range rows[0].cells {
			if _, ok := columns[i][foldHeader(h)]; ok {
				n++
			}
		}
		if n > most || n == most && k.Header && !known[best].Header {
			best, most = i, n
		}
	}
	if most == 0 {
		return Layout{}, nil, errors.New(
			"label: no header of the sample's first row is known: is it a header row?")
	}
	l = known[best].clone()
	l.Name, l.Header, l.Columns = name, true, nil
	columns[0], columns[best] = columns[best], columns[0]
	for _, h := range rows[0].cells {
		var c Column
		var found bool
		for _, like := range columns {
			if c, found = like[foldHeader(h)]; found {
				break
			}
		}
		c.Header = clean(h)
		if !found && c.Header != "" {
			unknown = append(unknown, c.Header)
		}
		if c.Field != NoField && !c.Field.over() && l.has(c.Field) {
			c.Field = NoField
		}
		l.Columns = append(l.Columns, c)
	}
	return l, unknown, l.Check()
}

// byHeader returns the columns by folded header; the first of several.
func (l Layout) byHeader() map[string]Column {
	all := map[string]Column{}
	for _, c := range l.Columns {
		h := foldHeader(c.Header)
		if _, twice := all[h]; h != "" && !twice {
			all[h] = c
		}
	}
	return all
}

// sameHeader compares headers as different programs write them: width, spaces, and marks such as
// （必須） do not matter.
func sameHeader(a, b string) bool { return a == b || foldHeader(a) == foldHeader(b) }

func foldHeader(h string) string {
	h = widen(strings.ReplaceAll(clean(h), " ", ""))
	h = strings.NewReplacer("　", "", "（必須）", "", "＊", "", "＂", "", "．", "", "・", "", "（", "", "）",
		"", "／", "").Replace(h)
	return strings.ToUpper(h)
}
