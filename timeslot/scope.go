package timeslot

// Scope limits a rule to a mall, a shop, a delivery method or a combination of them. Fields are
// compared exactly; an empty field matches everything. A scope with more fields set is more
// specific; between two with as many, one with Shop is, then one with Method.
type Scope struct {
	Mall   string
	Shop   string
	Method string
}

// Covers reports whether the label is within the scope.
func (s Scope) Covers(l Label) bool {
	return (s.Mall == "" || s.Mall == l.Mall) &&
		(s.Shop == "" || s.Shop == l.Shop) &&
		(s.Method == "" || s.Method == l.Method)
}

// Only returns a Matcher that calls m for labels within the scope and matches nothing else.
func (s Scope) Only(m Matcher) Matcher { return scoped{s, m} }

type scoped struct {
	scope Scope
	inner Matcher
}

func (s scoped) Match(l Label) (Match, bool) {
	if !s.scope.Covers(l) {
		return Match{}, false
	}
	return Read(s.inner, l)
}

// scopeMask is the set of fields that a scope sets.
type scopeMask uint8

const (
	masksMall scopeMask = 1 << iota
	masksMethod
	masksShop
)

func maskOf(s Scope) (m scopeMask) {
	if s.Mall != "" {
		m |= masksMall
	}
	if s.Method != "" {
		m |= masksMethod
	}
	if s.Shop != "" {
		m |= masksShop
	}
	return m
}

// rank orders masks: by the number of fields, then by which.
func (m scopeMask) rank() int {
	fields := int(m&masksMall) + int(m&masksMethod)>>1 + int(m&masksShop)>>2
	return fields<<3 | int(m)
}

// of returns the scope with those fields that covers a label.
func (m scopeMask) of(l Label) (s Scope) {
	if m&masksMall != 0 {
		s.Mall = l.Mall
	}
	if m&masksMethod != 0 {
		s.Method = l.Method
	}
	if m&masksShop != 0 {
		s.Shop = l.Shop
	}
	return s
}
