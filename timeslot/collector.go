package timeslot

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// Unread is a label that nothing could read, and how often it occurred.
type Unread struct {
	Label Label
	Count int
	// ids of the first orders with this label, at most Collector.MaxOrders: examples to look at,
	// not a list of what to read again
	Orders []string
}

// Collector gathers the labels that nothing could read, to turn them into a Table: WriteCSV or
// WriteJSON writes a file, someone fills in its slot column, and [LoadCSV] or [LoadJSON] reads it.
// The zero Collector is ready to use. It is safe for concurrent use, and its memory is bounded.
type Collector struct {
	// MaxLabels limits the number of different labels; 0 means 1000. Further ones are only
	// counted, see Dropped. Set it before first use.
	MaxLabels int
	// MaxOrders limits the number of order ids per label; 0 means 3, negative none. Set it before
	// first use.
	MaxOrders int

	mu      sync.Mutex
	labels  map[Label]*Unread
	dropped int
}

// maxCollectedText is the longest label that is kept; longer text is not something for a table.
const maxCollectedText = 1024

// Add counts an unread label, with the id of an order that has it, or "". An empty label is
// ignored.
func (c *Collector) Add(l Label, order string) {
	if l.Text == "" {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	u := c.labels[l]
	if u == nil {
		if len(c.labels) >= orDefault(c.MaxLabels, 1000) || len(l.Text) > maxCollectedText {
			c.dropped++
			return
		}
		if c.labels == nil {
			c.labels = make(map[Label]*Unread)
		}
		l = l.clone()
		u = &Unread{Label: l}
		c.labels[l] = u
	}
	u.Count++
	if order != "" && len(u.Orders) < orDefault(c.MaxOrders, 3) &&
		!slices.Contains(u.Orders, order) {
		u.Orders = append(u.Orders, strings.Clone(order))
	}
}

// Match counts the label and never reads it. Put the Collector at the end of a Chain, where it
// sees what the others could not read. Inside a Cache it counts too little.
func (c *Collector) Match(l Label) (Match, bool) {
	c.Add(l, "")
	return Match{}, false
}

// Labels returns the gathered labels, the most frequent first, then by label.
func (c *Collector) Labels() []Unread {
	c.mu.Lock()
	defer c.mu.Unlock()
	list := make([]Unread, 0, len(c.labels))
	for _, u := range c.labels {
		list = append(list, Unread{u.Label, u.Count, slices.Clone(u.Orders)})
	}
	slices.SortFunc(list, func(a, b Unread) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), compareLabels(a.Label, b.Label))
	})
	return list
}

// Dropped returns how often a label was not kept because there were too many or it was over 1024
// bytes long.
func (c *Collector) Dropped() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.dropped
}

func compareLabels(a, b Label) int {
	return cmp.Or(cmp.Compare(a.Text, b.Text), cmp.Compare(a.Mall, b.Mall),
		cmp.Compare(a.Shop, b.Shop), cmp.Compare(a.Method, b.Method))
}

func orDefault(n, otherwise int) int {
	if n == 0 {
		return otherwise
	}
	return n
}
