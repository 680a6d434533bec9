package wire

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/jpmall/jpmall/order"
)

// Problems gives the problems of a document as replies and orders carry them.
func Problems(found []Problem) []order.Problem {
	if len(found) == 0 {
		return nil
	}
	all := make([]order.Problem, len(found))
	for i, p := range found {
		all[i] = order.Problem{Field: p.Path, Reason: "not readable as " + p.Want, Text: p.Text}
		if p.More > 0 {
			all[i].Reason += "; " + strconv.Itoa(p.More) + " more fields of the reply were not readable"
		}
	}
	return all
}

// Row takes the path of a field below a list apart: orders[3].buyer.name in the list orders is buyer.name of row 3.
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

// Shift renumbers the problems of a part's list for the whole list that the part is appended to behind by rows.
func Shift(problems []order.Problem, list string, by int) []order.Problem {
	for i, p := range problems {
		if row, _, ok := Row(p.Field, list); ok && by > 0 {
			head := list + "[" + strconv.Itoa(row) + "]"
			problems[i].Field = list + "[" + strconv.Itoa(row+by) + "]" + p.Field[len(head):]
		}
	}
	return problems
}

// Attach gives orders, converted from the rows of a list, what concerns each of them: the problems of its row, by paths below the
// row, and its bytes where bodies has them.
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

// Elements cuts a JSON document into the bytes of the elements of a list at its top; nil when there is none.
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
