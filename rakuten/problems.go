package rakuten

import (
	"strconv"
	"strings"

	"github.com/jpmall/jpmall/order"
)

// orderList is where the orders stand in a reply of getOrder.
const orderList = "OrderModelList["

// shifted renumbers the problems of a batch for the list that it is appended to.
func shifted(problems []order.Problem, by int) []order.Problem {
	for i, p := range problems {
		if index, rest, ok := inOrder(p.Field); ok && by > 0 {
			problems[i].Field = orderList + strconv.Itoa(index+by) + "]" + rest
		}
	}
	return problems
}

// inOrder takes the path of a problem apart: which order it is in, and where there.
func inOrder(path string) (index int, rest string, ok bool) {
	after, ok := strings.CutPrefix(path, orderList)
	if !ok {
		return 0, "", false
	}
	number, rest, ok := strings.Cut(after, "]")
	index, err := strconv.Atoi(number)
	return index, rest, ok && err == nil
}

// problemsOf gives each order its own problems, with paths below the order.
func problemsOf(problems []order.Problem, orders int) [][]order.Problem {
	if len(problems) == 0 {
		return nil
	}
	each := make([][]order.Problem, orders)
	for _, p := range problems {
		if index, rest, ok := inOrder(p.Field); ok && index < orders {
			p.Field = strings.TrimPrefix(rest, ".")
			each[index] = append(each[index], p)
		}
	}
	return each
}
