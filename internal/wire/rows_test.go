package wire_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

func TestRow(t *testing.T) {
	for path, want := range map[string]string{
		"orders[3].buyer.name": "3 buyer.name true", "orders[0]": "0  true", "orders[12]lines[1].unit": "12 lines[1].unit true",
		"orders": "0  false", "orders[x].a": "0  false", "orders[-1].a": "0  false", "orders[1": "0  false", "orderss[1].a": "0  false", "": "0  false",
	} {
		row, field, ok := wire.Row(path, "orders")
		require.Equal(t, want, fmt.Sprint(row, " ", field, " ", ok), path)
	}
}

func TestRowsOfAReply(t *testing.T) {
	var doc struct {
		Total  int64 `json:"total"`
		Orders []struct {
			ID    string `json:"id"`
			Price *int64 `json:"price"`
		} `json:"orders"`
	}
	body := []byte(`{"total":"all","orders":[{"id":"a","price":1},{"id":"b","price":"free"}],"note":{"orders":[]}}`)
	found, err := wire.JSON(body, &doc)
	require.NoError(t, err)
	problems := wire.Problems(found)
	require.Len(t, problems, 2)
	require.Equal(t, order.Problem{Field: "orders[1].price", Reason: "not readable as int64", Text: "free"},
		problems[1])

	orders := []order.Order{{ID: "a"}, {ID: "b", Problems: []order.Problem{{Field: "placed"}}}}
	orders[1] = orders[1].WithNative(&doc, nil)
	wire.Attach(orders, "orders", problems, wire.Elements(body, "orders"))
	require.Empty(t, orders[0].Problems)
	require.Equal(t, []order.Problem{{Field: "placed"},
		{Field: "price", Reason: "not readable as int64", Text: "free"}}, orders[1].Problems)
	require.Equal(t, `{"id":"b","price":"free"}`, string(orders[1].Body()))
	require.Same(t, &doc, orders[1].Native())

	shifted := wire.Shift(problems, "orders", 100)
	require.Equal(t, []string{"total", "orders[101].price"}, []string{shifted[0].Field, shifted[1].Field})
	wire.Attach(orders, "orders", shifted, nil)
	require.Len(t, orders[1].Problems, 2, "rows that are not there get nothing")

	require.Empty(t, wire.Elements(body, "nothing"))
	require.Empty(t, wire.Elements([]byte(`{"orders":[`), "orders"))
	require.Nil(t, wire.Problems(nil))
}

func TestProblemsThatWereNotKeptAreCounted(t *testing.T) {
	got := wire.Problems([]wire.Problem{{Path: "a", Want: "int64", More: 7}})
	require.Contains(t, got[0].Reason, "7 more")
}
