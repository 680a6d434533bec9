package transporttest

import (
	"strconv"
	"strings"

	"github.com/jpmall/jpmall/internal/transport"
)

// Table returns an operation table in the form of a mall's package documentation, one line of a
// code block for each operation.
func Table(operations []transport.Operation) string {
	rows := [][]string{{"operation", "Japanese", "repeated as", "one call per", "burst", "batch"}}
	for _, op := range operations {
		batch := "-"
		if op.Batch > 0 {
			batch = strconv.Itoa(op.Batch)
		}
		rows = append(rows, []string{
			op.Name, op.Title, strings.TrimSuffix(op.Retry.String(), " write"),
			strconv.FormatFloat(op.Quota.Every.Seconds(), 'f', -1, 64) + "s",
			strconv.Itoa(max(op.Quota.Burst, 1)), batch,
		})
	}
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], width(cell))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		b.WriteString("//\t")
		for i, cell := range row {
			b.WriteString(cell)
			if i < len(row)-1 {
				b.WriteString(strings.Repeat(" ", widths[i]-width(cell)+2))
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// width returns how many columns a text takes if Japanese characters take two.
func width(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x1100 {
			n++
		}
	}
	return n
}
