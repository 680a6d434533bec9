package timeslot

import "sync"

// defaultCacheSize bounds Default's memory: the labels of a shop are a few dozen.
const defaultCacheSize = 1024

// maxCachedText is the longest label that is remembered; longer ones are free text
// that does not come again.
const maxCachedText = 256

// Default is the matcher that the malls use when the user gives none: the Reader
// behind a cache of its own. Each call gives a new one.
func Default() Matcher { return Cache(Reader{}, defaultCacheSize) }

// Cache remembers the answers of m, failures included, for at most size labels; a
// size under 1 means 1024. When it is full, an arbitrary label makes room. m must
// always answer the same for the same Label.
func Cache(m Matcher, size int) Matcher {
	if size < 1 {
		size = defaultCacheSize
	}
	return &cache{inner: m, size: size, seen: make(map[Label]Match)}
}

type cache struct {
	inner Matcher
	size  int

	mu   sync.RWMutex
	seen map[Label]Match // a zero Match is a label that nobody could read
}

func (c *cache) Match(l Label) (Match, bool) {
	// The Reader looks at nothing but the text: one entry serves all shops.
	if _, ok := c.inner.(Reader); ok {
		l = Label{Text: l.Text}
	}
	c.mu.RLock()
	match, ok := c.seen[l]
	c.mu.RUnlock()
	if ok {
		return match, match.Slot.Resolved()
	}
	match, ok = Read(c.inner, l)
	if len(l.Text)+len(l.Mall)+len(l.Shop)+len(l.Method) <= maxCachedText {
		c.remember(l, match)
	}
	return match, ok
}

func (c *cache) remember(l Label, match Match) {
	// Clones, so that an entry does not keep a whole page of orders alive.
	l = l.clone()
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.seen[l]; !ok && len(c.seen) >= c.size {
		for old := range c.seen {
			delete(c.seen, old)
			break
		}
	}
	c.seen[l] = match
}
