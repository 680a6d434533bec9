package timeslot

import "sync"

// defaultCacheSize bounds Default's memory: a shop has a few dozen labels.
const defaultCacheSize = 1024

// maxCachedText is the longest label that is kept; longer ones are free text that hardly repeats.
const maxCachedText = 256

// Default returns a new Cache around a Reader, the matcher that the malls use if the user sets
// none.
func Default() Matcher { return Cache(Reader{}, defaultCacheSize) }

// Cache returns a Matcher that remembers the answers of m, failures included, for up to size
// labels; a size below 1 means 1024. When it is full, an arbitrary label is dropped. m must always
// give the same answer for the same Label.
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
	seen map[Label]Match // a zero Match is a label that could not be read
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
