package walk

import (
	"context"
	"errors"
	"time"

	"github.com/jpmall/jpmall/order"
)

// Plan is how one mall lists the orders of one shop. Search and Detail are called from the iterating goroutine, one at a time.
type Plan struct {
	Mall      order.Mall
	Shop      string
	Operation string // name of the list operation, for errors of this package
	Fetch     string // name of the detail operation, for the same

	// Check refuses queries that this mall cannot answer, beyond order.Query.Validate; nil refuses none. Its error becomes one
	// of class ErrInvalid unless it is an *order.Error already.
	Check     func(order.Query) error
	ByUpdated bool // the mall can search by order.ByUpdated; without it such a query is refused by name

	MaxWindow time.Duration // longest window of one search; zero is no limit
	Grain     time.Duration // in which steps the mall can ask: time.Second, 24*time.Hour (days in JST)
	MaxTotal  int           // rows that one search exposes; a window with more is halved, down to one Grain. Zero is no limit
	MaxPages  int           // bound of pages in one window; zero is DefaultMaxPages

	// Search reads one page. Its error ends the iteration, unless every part of it (errors.Join) names an order: then each part
	// concerns a row that could not be read, and the page counts. ErrTooMany and ErrTokenExpired have a meaning of their own.
	Search func(context.Context, Step) (Page, error)

	// Detail reads the orders of these ids, at most Batch, in any order. An id that neither comes back nor is named by an error
	// is reported as not found. Its error may be joined; parts that name an order concern that order, any other part ends the
	// iteration after the orders beside it. Needed when Page has Refs, and for queries by id.
	Detail func(ctx context.Context, ids []string) ([]order.Order, error)
	Batch  int // ids per call of Detail; zero is one

	// Probe, when set, is the mall's cheapest read. It is asked when Detail is refused as a whole by a class that speaks of the shop's
	// credential (unauthorized, expired, forbidden): if it is well, the refusal is of an order, which is looked for and fails alone.
	Probe func(context.Context) error

	// Paged, when set, is told of each page read: its number of rows and when the call began.
	Paged func(ctx context.Context, rows int, start time.Time)
}

// DefaultMaxPages bounds the pages of one window when Plan.MaxPages is zero.
const DefaultMaxPages = 10_000

// Step says which page to read. Malls pick the one of Page, Offset and Token that they work with.
type Step struct {
	Query  order.Query // as asked, with To filled
	Window Window      // to search; edges are aligned to Plan.Grain
	Page   int         // from 1
	Token  string      // Page.Next of the page before; empty on the first
}

// Start is the index of the step's first row, counted from 1, in pages of size rows.
func (s Step) Start(size int) int { return (s.Page-1)*size + 1 }

// Page is one page of a list. Either Refs or Orders is filled.
type Page struct {
	Refs   []order.Ref   // rows for which Detail is called; only ID and Revision are looked at
	Orders []order.Order // rows that are the orders themselves
	Total  int           // rows of the whole search; zero when the mall does not say, or may mean this page alone
	More   bool          // another page follows, even if this one is empty
	Next   string        // token of the following page, for malls with tokens
}

func (p Page) rows() int { return len(p.Refs) + len(p.Orders) }

var (
	// ErrTooMany is what Search returns, or joins to its error, when the mall refuses a window for holding too many orders: it is halved.
	ErrTooMany = errors.New("more orders in the window than the mall exposes")

	// ErrTokenExpired is what Search joins to its error when the mall no longer knows the page token: the window is read again
	// from its start, and rows that were seen are left out.
	ErrTokenExpired = errors.New("the page token has expired")
)
