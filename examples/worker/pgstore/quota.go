package pgstore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/jpmall/jpmall/order"
)

// Rate is a quota: Burst calls at once, and one more each Every.
type Rate struct {
	Every time.Duration
	Burst int   // 0 is 1
	Day   int64 // calls a day in Japan, counted under DayKey; 0 is no such limit
	// DayKey is what the day's calls are counted by, where several keys share them; "" is the key
	// itself.
	DayKey string
}

// Quotas keeps quotas for all processes that share the database. A quota is a row, and a call one
// statement: it reserves the next place and says how long it is until then (GCRA), so that callers
// are served in the order in which they asked. The database's clock counts. A process that dies, or
// a caller that gives up or comes late, leaves a hole of one place. Make it with NewQuotas and
// Close it.
type Quotas struct {
	db     *pgxpool.Pool
	logger *slog.Logger

	mu      sync.Mutex
	learned map[string]lesson // not written yet
	more    chan struct{}
	stop    context.CancelFunc
	done    chan struct{}
}

type lesson struct {
	every time.Duration // 0: nothing learned
	pause time.Time
	rate  Rate
}

// NewQuotas starts what writes down what malls say of their speed. The logger is told when that
// fails.
func NewQuotas(db *pgxpool.Pool, logger *slog.Logger) *Quotas {
	ctx, stop := context.WithCancel(context.Background())
	q := &Quotas{db: db, logger: logger, learned: map[string]lesson{}, more: make(chan struct{}, 1),
		stop: stop, done: make(chan struct{})}
	go q.write(ctx)
	return q
}

// Close ends it. What was not written is lost, which costs a refusal.
func (q *Quotas) Close() {
	q.stop()
	<-q.done
}

// Limiter is the quota of a key: an order.LearningLimiter.
func (q *Quotas) Limiter(key string, rate Rate) order.LearningLimiter {
	rate.Burst = max(rate.Burst, 1)
	if rate.DayKey == "" {
		rate.DayKey = key
	}
	return limiter{q, key, rate}
}

type limiter struct {
	q    *Quotas
	key  string
	rate Rate
}

// reserve takes a place unless it is further away than $4, and gives the wait in microseconds. The
// row's own rate counts, which may have been learned. It is on disk before the caller goes on, so
// that a crash of the database gives no place twice.
const reserve = `
INSERT INTO quotas AS q (key, tat, every, burst) VALUES ($1, clock_timestamp() + $2::interval, $2, $3)
ON CONFLICT (key) DO UPDATE SET tat = greatest(q.tat, clock_timestamp()) + q.every
WHERE q.tat - q.every * (q.burst - 1) <= clock_timestamp() + $4::interval
RETURNING (extract(epoch FROM q.tat - q.every * q.burst - clock_timestamp()) * 1e6)::bigint`

// longestWait bounds a wait without a deadline, as an interval that PostgreSQL can hold.
const longestWait = 24 * time.Hour

// missed is by how much a caller may come late to its place; later it takes another, for the next
// caller is on time. A call that comes late leaves the one behind it less than the quota's pause.
func (l limiter) missed() time.Duration { return max(l.rate.Every/10, 100*time.Millisecond) }

// mostMissed bounds how many places a caller lets go by: a machine that is always late would never
// call.
const mostMissed = 5

// Wait implements order.Limiter. A wait that would outlive ctx's deadline is refused at once and
// reserves nothing.
func (l limiter) Wait(ctx context.Context) error {
	counted := false
	for missed := 0; ; {
		most := longestWait
		if deadline, ok := ctx.Deadline(); ok {
			most = max(time.Until(deadline), 0)
		}
		asked, wait, err := l.reserve(ctx, most)
		if err != nil {
			return err
		}
		place := time.Now().Add(wait) // no earlier than it is
		if !counted {                 // before the sleep: after it the call is to go at once
			if err := l.countDay(ctx); err != nil {
				return err
			}
			counted = true
		}
		if wait > 0 {
			if err := sleep(ctx, time.Until(place)); err != nil {
				return err
			}
			// while this call waited the mall may have asked all to slow down: queue again behind
			// that
			var paused bool
			err = l.q.db.QueryRow(ctx,
				`SELECT paused > clock_timestamp() FROM quotas WHERE key = $1`, l.key).Scan(&paused)
			if err != nil && !errors.Is(err, pgx.ErrNoRows) {
				return fmt.Errorf("pgstore: quota %s: %w", l.key, err)
			}
			if paused {
				continue
			}
		}
		if time.Since(asked.Add(wait)) <= l.missed() || missed == mostMissed {
			return nil
		}
		missed++
	}
}

// reserve returns how long it is to the place from some instant between asked and its return.
func (l limiter) reserve(
	ctx context.Context, most time.Duration,
) (asked time.Time, wait time.Duration, err error) {
	var micros int64
	err = l.q.db.AcquireFunc(ctx, func(c *pgxpool.Conn) error {
		asked = time.Now() // a wait for the connection makes no place late
		return c.QueryRow(ctx, reserve, l.key, l.rate.Every, l.rate.Burst, most).Scan(&micros)
	})
	if errors.Is(err, pgx.ErrNoRows) {
		err = fmt.Errorf("the next free place is more than %s away: %w",
			most.Round(time.Millisecond), context.DeadlineExceeded)
	}
	if err != nil {
		return asked, 0, fmt.Errorf("pgstore: quota %s: %w", l.key, err)
	}
	return asked, max(time.Duration(micros)*time.Microsecond, 0), nil
}

func (l limiter) countDay(ctx context.Context) error {
	if l.rate.Day <= 0 {
		return nil
	}
	day := time.Now().In(order.JST).Format(time.DateOnly)
	var used int64
	err := l.q.db.QueryRow(ctx,
		`INSERT INTO quota_days AS d VALUES ($1, $2, 1) ON CONFLICT (key, day) DO UPDATE SET used = d.used + 1
		WHERE d.used < $3 RETURNING used`, l.rate.DayKey, day, l.rate.Day).Scan(&used)
	if errors.Is(err, pgx.ErrNoRows) {
		return &order.Error{Class: order.ErrRateLimited,
			Message: fmt.Sprintf("the %d calls of the day are used up", l.rate.Day),
			Hint: order.Text{EN: "go on after midnight in Japan, or look less often",
				JA: "日本時間の0時以降に再開するか、確認の頻度を下げてください"}, Err: errDay}
	}
	if err != nil {
		return fmt.Errorf("pgstore: quota %s: %w", l.rate.DayKey, err)
	}
	return nil
}

var errDay = errors.New("daily quota")

// Learn implements order.LearningLimiter.
func (l limiter) Learn(callsPerSecond float64) {
	if callsPerSecond > 0 {
		l.q.learn(l, lesson{every: time.Duration(
			min(float64(time.Second)/callsPerSecond, float64(longestWait)))})
	}
}

// Pause implements order.LearningLimiter. It reaches the other processes a moment later.
func (l limiter) Pause(until time.Time) { l.q.learn(l, lesson{pause: until}) }

// learn notes what is to be written; it does not block.
func (q *Quotas) learn(l limiter, news lesson) {
	q.mu.Lock()
	defer q.mu.Unlock()
	known := q.learned[l.key]
	known.rate = l.rate
	if news.every > 0 {
		known.every = news.every
	}
	if news.pause.After(known.pause) {
		known.pause = news.pause
	}
	q.learned[l.key] = known
	select {
	case q.more <- struct{}{}:
	default:
	}
}

func (q *Quotas) write(ctx context.Context) {
	defer close(q.done)
	for {
		select {
		case <-ctx.Done():
			return
		case <-q.more:
		}
		q.mu.Lock()
		lessons := q.learned
		q.learned = map[string]lesson{}
		q.mu.Unlock()
		for key, l := range lessons {
			// Without the database nobody gets a place either; what is lost is learned again from
			// the mall's next answer.
			if err := q.note(ctx, key, l); err != nil && ctx.Err() == nil {
				q.logger.LogAttrs(ctx, slog.LevelWarn, "quota", slog.String("key", key),
					slog.Any("error", err))
			}
		}
	}
}

// note writes a lesson. A pause moves the quota's next place behind it, by this machine's span and
// the database's clock.
func (q *Quotas) note(ctx context.Context, key string, l lesson) error {
	every := l.rate.Every
	if l.every > 0 {
		every = l.every
	}
	pause := min(max(time.Until(l.pause), 0), time.Hour)
	_, err := q.db.Exec(ctx, `
		INSERT INTO quotas AS q (key, tat, every, burst, paused)
		VALUES ($1, clock_timestamp() + $4::interval + $2::interval * ($3::integer - 1), $2, $3, clock_timestamp() + $4)
		ON CONFLICT (key) DO UPDATE SET
			every = CASE WHEN $5::boolean THEN excluded.every ELSE q.every END,
			paused = CASE WHEN $6::boolean THEN greatest(q.paused, excluded.paused) ELSE q.paused END,
			tat = CASE WHEN $6 THEN greatest(q.tat, clock_timestamp() + $4 + q.every * (q.burst - 1)) ELSE q.tat END
		WHERE $6 OR q.every <> excluded.every`,
		key, every, l.rate.Burst, pause, l.every > 0, pause > 0)
	return err
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
