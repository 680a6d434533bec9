package yahoo

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// CallsPerDay is what the mall allows one Client ID. It raises no limit any more; more stores need more Client IDs.
const CallsPerDay = 50_000

// Budget is the allowance of one application (Client ID): one call per second for each URL, CallsPerDay calls a day. Give the same
// Budget to all clients of the application. The zero Budget is ready to use; set its fields before that. It counts the calls of this
// process only, from midnight in Japan, since the mall does not say when its day begins. It must not be copied and is safe for
// concurrent use.
type Budget struct {
	PerDay  int // calls a day; 0 is CallsPerDay
	Reserve int // of these, kept for writes and what they read before and after: other reads stop when no more are left

	mu       sync.Mutex
	day      order.Date
	used     int
	limiters map[string]order.Limiter
}

// BudgetState is how a Budget stands.
type BudgetState struct {
	Day     order.Date // in Japan
	Used    int        // calls made
	Left    int        // calls left for writes
	Reads   int        // calls left for reads
	Renewed time.Time  // when the next day begins
}

// State tells what is left today.
func (b *Budget) State() BudgetState {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn()
	left := max(b.perDay()-b.used, 0)
	return BudgetState{Day: b.day, Used: b.used, Left: left, Reads: max(left-b.Reserve, 0), Renewed: b.day.AddDays(1).Time()}
}

// Limiter is the allowance of one operation. It fits order.Limiters: Config.Budget is a short way to set it.
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

// turn begins a new day. The caller holds the lock.
func (b *Budget) turn() {
	if today := order.DateOf(time.Now()); today != b.day {
		b.day, b.used = today, 0
	}
}

// spend counts one call, or says why it must not be made.
func (b *Budget) spend(read bool) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn()
	limit, kept := b.perDay(), ""
	if read && b.Reserve > 0 {
		limit -= b.Reserve
		kept = fmt.Sprintf(" (%d more are kept for writes)", b.Reserve)
	}
	if b.used >= limit {
		return fmt.Errorf("the application's %d calls of %s are used up%s; the next day begins at midnight in Japan", limit, b.day, kept)
	}
	b.used++
	return nil
}

// allowance is a Budget's order.Limiter for one operation.
type allowance struct {
	budget *Budget
	pace   order.Limiter
	read   bool
}

// Wait waits for the second to be over and counts the call. A budget that is used up is told at once.
func (a *allowance) Wait(ctx context.Context) error {
	if err := a.pace.Wait(ctx); err != nil {
		return err
	}
	return a.budget.spend(a.read && ctx.Value(writingKey{}) == nil)
}

// writingKey marks the calls that belong to a write, reads among them.
type writingKey struct{}

func writing(ctx context.Context) context.Context { return context.WithValue(ctx, writingKey{}, true) }

// Learn passes on what the mall says of its speed.
func (a *allowance) Learn(callsPerSecond float64) {
	if l, ok := a.pace.(order.LearningLimiter); ok {
		l.Learn(callsPerSecond)
	}
}

// Pause passes on that the mall asks to slow down.
func (a *allowance) Pause(until time.Time) {
	if l, ok := a.pace.(order.LearningLimiter); ok {
		l.Pause(until)
	}
}

var _ order.LearningLimiter = (*allowance)(nil)
