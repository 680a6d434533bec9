package timeslot

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"sync/atomic"
)

// ruleRow is a rule in a rules file.
type ruleRow struct {
	Label  string `json:"label"`
	Slot   Slot   `json:"slot"`
	Mode   Mode   `json:"mode,omitempty"`
	Mall   string `json:"mall,omitempty"`
	Shop   string `json:"shop,omitempty"`
	Method string `json:"method,omitempty"`
	Name   string `json:"name,omitempty"`
}

// rows returns the rules as rows of a file. Default names are left out, since the line may change.
func (t *Table) rows() []ruleRow {
	rows := make([]ruleRow, len(t.rules))
	for i, r := range t.rules {
		name := r.Name
		if name == r.place(i) {
			name = ""
		}
		rows[i] = ruleRow{r.Label, r.Slot, r.Mode, r.Scope.Mall, r.Scope.Shop, r.Scope.Method, name}
	}
	return rows
}

// MarshalJSON returns the rules as the array that [LoadJSON] reads.
func (t *Table) MarshalJSON() ([]byte, error) { return json.Marshal(t.rows()) }

// ruleColumns are the columns that Table.WriteCSV writes.
var ruleColumns = []string{"label", "slot", "mode", "mall", "shop", "method", "name"}

// WriteCSV writes the rules as a file that [LoadCSV] reads, in UTF-8 with a byte order mark for
// spreadsheets. CSV cannot keep a carriage return inside a label; MarshalJSON can.
func (t *Table) WriteCSV(w io.Writer) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write(ruleColumns); err != nil {
		return err
	}
	for _, r := range t.rows() {
		if err := out.Write([]string{r.Label, r.Slot.String(), r.Mode.String(), r.Mall, r.Shop,
			r.Method, r.Name}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// Live is a Matcher that can be replaced at run time, for example by an edited table. The zero
// Live reads nothing. It is safe for concurrent use and must not be copied. A Cache around it
// would return old answers; put the Cache inside.
//
// Orders that were read before a Swap keep their slots, and an order.Feed does not pass them again
// for it. Read them again from the mall, or resolve the stored ones: see order.Order.SlotLabel.
type Live struct{ inner atomic.Pointer[Matcher] }

// NewLive returns a Live that uses m.
func NewLive(m Matcher) *Live {
	l := new(Live)
	l.Swap(m)
	return l
}

// Swap replaces the matcher and returns the previous one, nil at first. A nil m reads nothing.
func (l *Live) Swap(m Matcher) (old Matcher) {
	if before := l.inner.Swap(&m); before != nil {
		return *before
	}
	return nil
}

// Match calls the current matcher.
func (l *Live) Match(label Label) (Match, bool) {
	if l == nil {
		return Match{}, false
	}
	m := l.inner.Load()
	if m == nil {
		return Match{}, false
	}
	return Read(*m, label)
}
