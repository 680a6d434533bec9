package yahoo

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/jpmall/jpmall/internal/pause"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// [CallsPerDay] is how many calls a day the mall allows one Client ID. The mall no longer raises
// the limit; more stores need more Client IDs.
const CallsPerDay = 50_000

// Budget is the call allowance of one application (Client ID): one call per second for each URL and
// [CallsPerDay] calls a day. All clients of the application should share one Budget. The zero
// Budget is ready to use; set its fields before the first call. It is safe for concurrent use and
// must not be copied.
//
// It counts the calls of this process only, from midnight in Japan: the mall does not document when
// its day begins. Reads may run ahead of the day by a twelfth of its calls. The other calls of a
// long read, such as a backfill, are spread over the rest of the day, so that new orders are seen
// until midnight.
type Budget struct {
	PerDay int // calls a day; 0 is CallsPerDay
	// calls of PerDay that are kept for writes and the reads that belong to them; other reads fail
	// when only these are left. 0 is a tenth of PerDay, -1 none
	Reserve int

	mu       sync.Mutex
	day      order.Date
	used     int
	limiters map[string]order.Limiter
}

// BudgetState is the state of a Budget.
type BudgetState struct {
	Day     order.Date // in Japan
	Used    int        // calls made, and calls that wait for their time
	Left    int        // calls left for writes
	Reads   int        // calls left for reads
	Renewed time.Time  // when the next day begins
}

// State returns what is left of today's calls.
func (b *Budget) State() BudgetState {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn()
	left := max(b.perDay()-b.used, 0)
	return BudgetState{Day: b.day, Used: b.used, Left: left, Reads: max(left-b.reserve(), 0),
		Renewed: b.day.AddDays(1).Time()}
}

// Limiter returns the limiter of one operation. b.Limiter is an [order.Limiters]; setting
// [Config.Budget] is the short way to use it.
func (b *Budget) Limiter(operation string) order.Limiter {
	b.mu.Lock()
	defer b.mu.Unlock()
	l := b.limiters[operation]
	if l == nil {
		l = &allowance{budget: b, pace: transport.NewLimiter(perURL), read: reads(operation)}
		if b.limiters == nil {
			b.limiters = make(map[string]order.Limiter)
		}
		b.limiters[operation] = l
	}
	return l
}

func reads(operation string) bool {
	for _, op := range operations() {
		if op.Name == operation {
			return op.Retry == transport.Read
		}
	}
	return false
}

func (b *Budget) perDay() int {
	if b.PerDay == 0 {
		return CallsPerDay
	}
	return b.PerDay
}

func (b *Budget) reserve() int {
	if b.Reserve == 0 {
		return b.perDay() / 10
	}
	return max(b.Reserve, 0)
}

// turn begins a new day. The caller holds the lock.
func (b *Budget) turn() {
	if today := order.DateOf(time.Now()); today != b.day {
		b.day, b.used = today, 0
	}
}

// leastAhead is by how many calls reads may always run ahead of the day.
const leastAhead = 100

// ahead returns how long a read must wait so that reads do not use up the rest of the day's calls
// too early. The caller holds the lock.
func (b *Budget) ahead(limit int) time.Duration {
	const day = 24 * time.Hour
	begun := b.day.Time()
	most := float64(max(limit/12, leastAhead))
	// Calls that may have been made at a part f of the day: most*(1-f) + limit*f.
	f := (float64(b.used+1) - most) / (float64(limit) - most)
	if float64(limit) <= most || f <= 0 {
		return 0
	}
	return time.Until(begun.Add(time.Duration(f * float64(day))))
}

// take counts one call and returns how long to wait before it, or why it must not be made. Waiting
// calls take turns, so that no long read delays another by more than one call.
func (b *Budget) take(read bool) (day order.Date, wait time.Duration, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn()
	limit, kept := b.perDay(), ""
	if reserve := b.reserve(); read && reserve > 0 {
		limit -= reserve
		kept = fmt.Sprintf(" (%d more are kept for writes)", reserve)
	}
	if b.used >= limit {
		return b.day, 0,
			fmt.Errorf(
				"the application's %d calls of %s are used up%s; the next day begins at midnight in Japan", limit, b.day, kept)
	}
	if read {
		wait = b.ahead(limit)
	}
	b.used++
	return b.day, wait, nil
}

// giveBack takes a call that was not made out of the day's count.
func (b *Budget) giveBack(day order.Date) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if day == b.day {
		b.used--
	}
}

// allowance is a Budget's order.Limiter for one operation.
type allowance struct {
	budget *Budget
	pace   order.Limiter
	read   bool
}

// Wait waits for the operation's second and, for a read, until the day has calls for it, and counts
// the call. If the budget is used up it fails at once.
func (a *allowance) Wait(ctx context.Context) error {
	if err := a.pace.Wait(ctx); err != nil {
		return err
	}
	day, wait, err := a.budget.take(a.read && !transport.IsWriting(ctx))
	if err != nil || wait <= 0 {
		return err
	}
	if err = pause.For(ctx, wait); err != nil {
		a.budget.giveBack(day)
	}
	return err
}

// Learn passes on the rate that the mall reports.
func (a *allowance) Learn(callsPerSecond float64) {
	if l, ok := a.pace.(order.LearningLimiter); ok {
		l.Learn(callsPerSecond)
	}
}

// Pause passes on that the mall asked to slow down.
func (a *allowance) Pause(until time.Time) {
	if l, ok := a.pace.(order.LearningLimiter); ok {
		l.Pause(until)
	}
}

var _ order.LearningLimiter = (*allowance)(nil)
