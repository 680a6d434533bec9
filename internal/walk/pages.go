package walk

import (
	"errors"
	"fmt"
	"hash/maphash"
	"time"

	"github.com/jpmall/jpmall/order"
)

// maxFruitless bounds how often a window is read again without finding a new row.
const maxFruitless = 3

// pass is one reading of a window from its first page.
type pass struct {
	tokens map[uint64]bool // hashes of the page tokens used
	page   uint64          // hash of the previous page, 0 if it was empty
	total  int             // rows of the search as of the previous page
	fresh  bool            // a row was new
}

// partsOf returns into how many parts a window with so many rows is cut, with some reserve for an
// uneven distribution. The mall's count is trusted up to a hundredfold.
func partsOf(rows, most int) int {
	n := min(rows/most, 100)
	return n + n/4 + 1
}

// pages reads one window page by page. It returns windows that are still to be read, if the window
// holds too much.
func (r *run) pages(w Window) (rest []Window, goOn bool) {
	limit := r.plan.MaxPages
	if limit <= 0 {
		limit = DefaultMaxPages
	}
	var (
		seed      = maphash.MakeSeed()
		step      Step
		now       pass
		fruitless int
	)
	restart := func() bool {
		if now.fresh {
			fruitless = 0
		}
		fruitless++
		step = Step{Query: r.query, Window: w, Page: 1}
		now = pass{tokens: make(map[uint64]bool)}
		return fruitless <= maxFruitless
	}
	restart()
	for read := 0; ; read++ {
		if !r.alive() {
			return nil, false
		}
		if read >= limit {
			return nil, r.stop(r.plan.limit(fmt.Sprintf("the list has more than %d pages", limit),
				order.Text{EN: "ask for a shorter window",
					JA: "期間を短くしてください"}))
		}
		start := time.Now()
		page, err := r.plan.Search(r.ctx, step)
		if errors.Is(err, ErrTooMany) {
			return r.cut(w, 2)
		}
		if errors.Is(err, ErrTokenExpired) && step.Page > 1 && restart() {
			continue
		}
		each, whole := split(err)
		if whole != nil {
			return nil, r.stop(whole)
		}
		if r.plan.Paged != nil {
			r.plan.Paged(r.ctx, page.rows(), start)
		}
		if r.plan.MaxTotal > 0 && page.Total > r.plan.MaxTotal {
			if !w.From.Before(page.Until) || !page.Until.Before(w.To) {
				return r.cut(w, partsOf(page.Total, r.plan.MaxTotal))
			}
			rest := Window{From: page.Until, To: w.To, Open: w.Open}
			return []Window{rest}, r.rows(page, each, &now)
		}
		hash := page.hash(seed)
		if hash != 0 && hash == now.page {
			return nil, r.stop(r.stuck("the mall answered with the same page again"))
		}
		now.page = hash
		if !r.rows(page, each, &now) {
			return nil, false
		}
		// Rows that leave the result while it is read (an order shipped, when the search names
		// statuses) move later rows onto pages that are read already: only reading again finds
		// them.
		shrunk := page.Total > 0 && page.Total < now.total
		now.total = page.Total
		if shrunk && restart() {
			continue
		}
		if !page.More {
			return nil, true
		}
		if page.Next != "" {
			token := maphash.String(seed, page.Next)
			if now.tokens[token] {
				return nil, r.stop(r.stuck("the mall gave the same page token again"))
			}
			now.tokens[token] = true
		}
		step.Page++
		step.Token = page.Next
	}
}

// stuck returns the error of a list that does not advance. It is temporary: the next iteration
// starts with other pages.
func (r *run) stuck(message string) error {
	return &order.Error{Class: order.ErrTemporary, Operation: r.plan.Operation, Message: message,
		Hint: order.Text{EN: "orders after this point were not read; read the window again",
			JA: "これより後の受注は読み込んでいません。同じ期間をもう一度読み込んでください"}}
}

// hash identifies a page by the ids of its rows, in order. It is 0 for an empty page.
func (p Page) hash(seed maphash.Seed) uint64 {
	if p.rows() == 0 {
		return 0
	}
	var h maphash.Hash
	h.SetSeed(seed)
	for _, ref := range p.Refs {
		h.WriteString(ref.ID)
		h.WriteByte(0)
	}
	for i := range p.Orders {
		h.WriteString(p.Orders[i].ID)
		h.WriteByte(0)
	}
	return h.Sum64() | 1
}

// rows handles the rows of one page: first those that could not be read, then the others in the
// mall's order.
func (r *run) rows(page Page, unreadable []*order.Error, now *pass) bool {
	for _, e := range unreadable {
		if r.seen.First(e.Order) {
			now.fresh = true
			if !r.fail(e) {
				return false
			}
		}
	}
	for i := range page.Orders {
		o := page.Orders[i]
		fresh, ok := r.meet(o.ID, now)
		if !ok {
			return false
		}
		if fresh && !r.known(o.Ref()) && !r.emit(o) {
			return false
		}
	}
	var ids []string
	for _, ref := range page.Refs {
		fresh, ok := r.meet(ref.ID, now)
		if !ok {
			return false
		}
		if fresh && !r.known(ref) {
			ids = append(ids, ref.ID)
		}
	}
	return r.details(ids, false)
}

// meet records a row's id. A row without one cannot be named in an error, so it ends the
// iteration.
func (r *run) meet(id string, now *pass) (fresh, ok bool) {
	if id == "" {
		return false, r.stop(&order.Error{Class: order.ErrUndecodable, Operation: r.plan.Operation,
			Message: "a row of the list has no order number"})
	}
	if !r.seen.First(id) {
		return false, true
	}
	now.fresh = true
	return true, true
}
