package walk

import (
	"context"
	"errors"
	"time"

	"github.com/jpmall/jpmall/order"
)

// Plan is how one mall lists the orders of one shop. Search and Detail are called from the
// iterating goroutine, one at a time.
type Plan struct {
	Mall      order.Mall
	Shop      string
	Operation string // name of the list operation, for errors of this package
	Fetch     string // name of the detail operation, for the same

	// Check refuses queries that this mall does not support, beyond order.Query.Validate; nil
	// refuses none. Its error becomes one of class ErrInvalid unless it is an *order.Error.
	Check func(order.Query) error
	// the mall can search by order.ByUpdated; without it, such a query is refused
	ByUpdated bool

	MaxWindow time.Duration // longest window of one search; zero is no limit
	// the granularity of searches: time.Second, 24*time.Hour (days in JST)
	Grain time.Duration
	// rows that one search exposes; a window with more is cut into parts, down to one Grain. Zero
	// is no limit
	MaxTotal int
	MaxPages int // limit of pages in one window; zero is DefaultMaxPages

	// Search reads one page. Its error ends the iteration, unless every part of it (errors.Join)
	// names an order: then each part concerns a row that could not be read, and the page is used.
	// See also ErrTooMany and ErrTokenExpired.
	Search func(context.Context, Step) (Page, error)

	// Detail reads the orders of these ids, at most Batch, in any order. An id that is neither
	// returned nor named by an error is reported as not found. The error may be joined: parts that
	// name an order concern that order; any other part ends the iteration after the returned
	// orders. Required if Page has Refs, and for queries by id.
	Detail func(ctx context.Context, ids []string) ([]order.Order, error)
	Batch  int // ids per call of Detail; zero is one

	// Probe is the mall's cheapest read, or nil. It is called if Detail is refused as a whole for
	// the shop's credential (unauthorized, expired, forbidden). If it succeeds, the refusal
	// concerns an order, which is searched for and fails alone.
	Probe func(context.Context) error

	// Paged, if set, is called for each page read, with its number of rows and when the call
	// began.
	Paged func(ctx context.Context, rows int, start time.Time)
}

// DefaultMaxPages limits the pages of one window if Plan.MaxPages is zero.
const DefaultMaxPages = 10_000

// Step is the page to read. A mall uses one of Page, Start and Token.
type Step struct {
	Query  order.Query // with To filled in
	Window Window      // to search; edges are aligned to Plan.Grain
	Page   int         // from 1
	Token  string      // Page.Next of the previous page; empty on the first
}

// Start returns the index of the step's first row, counted from 1, in pages of size rows.
func (s Step) Start(size int) int { return (s.Page-1)*size + 1 }

// Page is one page of a list. Either Refs or Orders is filled.
type Page struct {
	Refs   []order.Ref   // rows for which Detail is called; only ID and Revision are used
	Orders []order.Order // rows that are the orders themselves
	// rows of the whole search; zero if unknown, or if it may be that of this page alone
	Total int
	// Until is set if rows are sorted by their instant: this page has all rows of the window
	// before it, so that a window with more than Plan.MaxTotal continues from there and need not
	// be cut.
	Until time.Time
	More  bool   // another page follows, even if this one is empty
	Next  string // token of the following page, for malls with tokens
}

func (p Page) rows() int { return len(p.Refs) + len(p.Orders) }

var (
	// ErrTooMany is returned by Search, or joined to its error, if the mall refuses a window for
	// holding too many orders. The window is cut in two.
	ErrTooMany = errors.New("more orders in the window than the mall exposes")

	// ErrTokenExpired is joined to the error of Search if the mall no longer accepts the page
	// token. The window is read again from its start, leaving out rows that were seen.
	ErrTokenExpired = errors.New("the page token has expired")
)
