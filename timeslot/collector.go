package timeslot

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// Unread is a label that nobody could read, with how often it came.
type Unread struct {
	Label  Label
	Count  int
	Orders []string // ids of the first few orders that carried it
}

// Collector gathers the labels that nobody could read, ready to become a Table: it
// writes itself out with WriteCSV or WriteJSON, a person fills the slot column, and
// LoadCSV or LoadJSON reads the result. The zero Collector is ready to use; it is safe for
// concurrent use and its memory is bounded.
type Collector struct {
	// MaxLabels bounds how many different labels are kept; 0 means 1000. Further
	// ones are only counted, see Dropped. Set before first use.
	MaxLabels int
	// MaxOrders bounds the example order ids per label; 0 means 3, negative none.
	MaxOrders int

	mu      sync.Mutex
	labels  map[Label]*Unread
	dropped int
}

// maxCollectedText is the longest label that is kept; longer text is no label that
// a table could hold.
const maxCollectedText = 1024

// Add counts an unread label, with the id of an order that carried it if there is
// one. An empty label is no label and is left out.
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
	if order != "" && len(u.Orders) < orDefault(c.MaxOrders, 3) && !slices.Contains(u.Orders, order) {
		u.Orders = append(u.Orders, strings.Clone(order))
	}
}

// Match counts the label and never reads it: a Collector at the end of a Chain sees
// what the others could not read. Put it behind a Cache and it counts too little.
func (c *Collector) Match(l Label) (Match, bool) {
	c.Add(l, "")
	return Match{}, false
}

// Labels lists what was gathered, the most frequent first, then by label.
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

// Dropped counts the unread labels that found no room, or were too long to be one.
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
