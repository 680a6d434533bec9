package order

import (
	"context"
	"sync"
	"time"
)

// DriftOnce returns an Observer for the clients of many shops: it passes each difference of a
// mall's replies, and each verdict on an Assumption, to o at most once an hour, whichever shop's
// client sees it first. Without it each client reports for itself. All other events are passed as
// they come; a Tracer stays one. A nil o gives nil.
func DriftOnce(o Observer) Observer {
	if o == nil {
		return nil
	}
	once := &driftOnce{Observer: o, told: map[driftPlace]time.Time{}}
	if t, ok := o.(Tracer); ok {
		return driftOnceTracer{once, t}
	}
	return once
}

// driftPlace is passed at most once an hour.
type driftPlace struct {
	mall                        Mall
	operation, path, assumption string
	kind                        DriftKind
}

// maxDriftPlaces is how many places are remembered. Each client bounds what it reports in an hour,
// but there is no bound to how many clients share an Observer.
const maxDriftPlaces = 10_000

type driftOnce struct {
	Observer
	mu   sync.Mutex
	told map[driftPlace]time.Time
}

func (d *driftOnce) Observe(ctx context.Context, e Event) {
	if e.Kind == EventDrift && !d.first(driftPlace{e.Mall, e.Operation, e.Path, e.Assumption, e.Drift},
		e.Start) {
		return
	}
	d.Observer.Observe(ctx, e)
}

// first reports whether a place was not passed within the hour. What cannot be remembered is
// passed.
func (d *driftOnce) first(p driftPlace, now time.Time) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if at, known := d.told[p]; known && now.Sub(at) < time.Hour {
		return false
	}
	if len(d.told) >= maxDriftPlaces {
		for old, at := range d.told {
			if now.Sub(at) >= time.Hour {
				delete(d.told, old)
			}
		}
	}
	if len(d.told) < maxDriftPlaces {
		d.told[p] = now
	}
	return true
}

type driftOnceTracer struct {
	*driftOnce
	tracer Tracer
}

func (d driftOnceTracer) Begin(ctx context.Context, e Event) context.Context {
	return d.tracer.Begin(ctx, e)
}
