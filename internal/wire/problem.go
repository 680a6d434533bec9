package wire

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/jpmall/jpmall/order"
)

// A Problem is a value that could not be read as its field's type. The field is zero; the rest of
// the document is decoded.
type Problem struct {
	// Path is the field by the document's own names, such as
	// OrderModelList[3].PackageModelList[0].postagePrice. Keys of maps are left out, because they
	// are data.
	Path string
	// Want is the type of the field, such as int64, or "object" or "list".
	Want string
	// Text is the beginning of the value, at most MaxText bytes of valid UTF-8. It may be personal
	// data: never log it.
	Text string
	// More is how many further problems were not kept. Only the last problem of a document has it.
	More int
}

// String returns path and type, never the value.
func (p Problem) String() string {
	s := cmp.Or(p.Path, "document") + ": not readable as " + p.Want
	if p.More > 0 {
		s += " (and " + strconv.Itoa(p.More) + " more)"
	}
	return s
}

// Error returns String.
func (p Problem) Error() string { return p.String() }

// problems collects the problems of a document. Paths are built from the inside out: the decoder
// of a field or element prefixes what was added within it, so that a document without problems
// spends nothing on paths.
type problems struct {
	list []Problem
	more int
}

// add records a value that could not be read; under adds its path.
func (p *problems) add(want string, text []byte) {
	if len(p.list) >= MaxProblems {
		p.more++
		p.list[len(p.list)-1].More = p.more
		return
	}
	p.list = append(p.list, Problem{Want: want, Text: excerpt(text)})
}

// under prefixes a step to the paths of all problems since from.
func (p *problems) under(from int, step string) {
	for i := from; i < len(p.list); i++ {
		path := p.list[i].Path
		if path != "" && path[0] != '[' && path[0] != '{' {
			path = "." + path
		}
		p.list[i].Path = step + path
	}
}

// underIndex is under for an element of a list.
func (p *problems) underIndex(from, index int) { p.under(from, "["+strconv.Itoa(index)+"]") }

// excerpt copies the beginning of a value as valid UTF-8.
func excerpt(text []byte) string {
	out := make([]byte, 0, MaxText)
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if len(out)+utf8.RuneLen(r) > MaxText {
			break
		}
		out = utf8.AppendRune(out, r)
		text = text[size:]
	}
	return string(out)
}

// Problems returns the problems of a document in the form of package order.
func Problems(found []Problem) []order.Problem {
	if len(found) == 0 {
		return nil
	}
	all := make([]order.Problem, len(found))
	for i, p := range found {
		all[i] = order.Problem{Field: p.Path, Reason: "not readable as " + p.Want, Text: p.Text}
		if p.More > 0 {
			all[i].Reason += "; " + strconv.Itoa(p.More) +
				" more fields of the reply were not readable"
		}
	}
	return all
}

// Row splits the path of a field below a list: orders[3].buyer.name in the list orders is
// buyer.name of row 3.
func Row(path, list string) (row int, field string, ok bool) {
	rest, ok := strings.CutPrefix(path, list)
	if ok {
		rest, ok = strings.CutPrefix(rest, "[")
	}
	number, field, closed := strings.Cut(rest, "]")
	row, err := strconv.Atoi(number)
	if !ok || !closed || err != nil || row < 0 {
		return 0, "", false
	}
	return row, strings.TrimPrefix(field, "."), true
}

// Shift renumbers the problems of a list that is appended to another: its rows come after by rows.
func Shift(problems []order.Problem, list string, by int) []order.Problem {
	for i, p := range problems {
		if row, _, ok := Row(p.Field, list); ok && by > 0 {
			head := list + "[" + strconv.Itoa(row) + "]"
			problems[i].Field = list + "[" + strconv.Itoa(row+by) + "]" + p.Field[len(head):]
		}
	}
	return problems
}

// Attach distributes problems to the orders converted from the rows of a list, with paths below
// the row, and sets each order's bytes if bodies has them.
func Attach(orders []order.Order, list string, problems []order.Problem, bodies [][]byte) {
	for _, p := range problems {
		if row, field, ok := Row(p.Field, list); ok && row < len(orders) {
			p.Field = field
			orders[row].Problems = append(orders[row].Problems, p)
		}
	}
	if len(bodies) != len(orders) {
		return
	}
	for i := range orders {
		orders[i] = orders[i].WithNative(orders[i].Native(), bodies[i])
	}
}

// Elements returns the bytes of each element of a top-level list of a JSON document; nil if there
// is none.
func Elements(document []byte, list string) [][]byte {
	var top map[string]json.RawMessage
	if _, err := JSON(document, &top); err != nil {
		return nil
	}
	var rows []json.RawMessage
	if _, err := JSON(top[list], &rows); err != nil {
		return nil
	}
	bodies := make([][]byte, len(rows))
	for i := range rows {
		bodies[i] = rows[i]
	}
	return bodies
}
