package walk_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

// TestMemory reads pages of a megabyte each, whose orders are cut out of the page's text as a
// decoder does it. What stays of a page is its ids.
func TestMemory(t *testing.T) {
	const pages, rows = 60, 100
	p := (&mall{}).plan()
	p.Search = func(_ context.Context, s walk.Step) (walk.Page, error) {
		var text strings.Builder
		for i := range rows {
			fmt.Fprintf(&text, "%010d", s.Page*rows+i)
		}
		text.WriteString(strings.Repeat(" ", 1<<20))
		body := text.String()
		page := walk.Page{More: s.Page < pages}
		for i := range rows {
			page.Orders = append(page.Orders, order.Order{ID: body[i*10 : i*10+10], Placed: start})
		}
		return page, nil
	}
	var before, during runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	n := 0
	for _, err := range walk.Orders(t.Context(), whole, p) {
		require.NoError(t, err)
		if n++; n == pages*rows {
			runtime.GC()
			runtime.ReadMemStats(&during)
		}
	}
	require.Equal(t, pages*rows, n)
	grown := int64(during.HeapAlloc) - int64(before.HeapAlloc)
	require.Less(t, grown, int64(10<<20), "of the 60 MiB that were read")
}
