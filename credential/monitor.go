package credential

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jpmall/jpmall/order"
)

// MonitorConfig says what a Monitor watches, whom it tells and where it remembers. Records, Notifier and Store are needed.
type MonitorConfig struct {
	// Records gives the credentials, all shops together; it is asked at the start of each pass. Static serves a fixed list,
	// StoredRecords what a Store holds. Two records with one ID are refused.
	Records Source[[]Record]

	Notifier Notifier

	// Store remembers what was told. Give a File, or one of your own, where a restart must not repeat notices.
	Store Store

	Rulebook *Rulebook // nil: the built-in rules
	Prober   Prober    // nil: no mall is asked, ends are computed

	// Limiter gives the pace for questions to a mall; a nil function or a nil Limiter sets none of its own, which is right where
	// the Prober's client keeps the mall's quotas. Its Wait is not counted into ProbeTimeout.
	Limiter func(order.Mall) order.Limiter

	Name          string        // tells monitors apart that share a Store; empty is a name, too
	Concurrency   int           // how many credentials are looked at together; 0 means 8
	ProbeTimeout  time.Duration // for one question; 0 means 30 s
	NotifyTimeout time.Duration // for one notice with the notifier's retries; 0 means 2 minutes
}

// Monitor looks at all credentials of all shops and tells a Notifier, once per warning step, what is about to end. It is safe
// for concurrent use; its passes run one after the other. Make it with NewMonitor.
type Monitor struct {
	cfg  MonitorConfig
	turn chan struct{} // holds a token while a pass runs
	mem  memory
}

// NewMonitor checks the configuration.
func NewMonitor(cfg MonitorConfig) (*Monitor, error) {
	switch {
	case cfg.Records == nil:
		return nil, errors.New("credential: monitor: Records is nil: nothing to watch")
	case cfg.Notifier == nil:
		return nil, errors.New("credential: monitor: Notifier is nil: nobody to tell")
	case cfg.Store == nil:
		return nil, errors.New("credential: monitor: Store is nil; new(credential.Memory) forgets at a restart, a File does not")
	case cfg.Concurrency < 0 || cfg.ProbeTimeout < 0 || cfg.NotifyTimeout < 0:
		return nil, errors.New("credential: monitor: Concurrency, ProbeTimeout and NotifyTimeout must not be negative")
	}
	if cfg.Rulebook == nil || cfg.Rulebook.index == nil {
		cfg.Rulebook, _ = NewRulebook() // nothing is added, so nothing is refused
	}
	if cfg.Prober == nil {
		cfg.Prober = Probers{}
	}
	if cfg.Concurrency == 0 {
		cfg.Concurrency = 8
	}
	if cfg.ProbeTimeout == 0 {
		cfg.ProbeTimeout = 30 * time.Second
	}
	if cfg.NotifyTimeout == 0 {
		cfg.NotifyTimeout = 2 * time.Minute
	}
	m := &Monitor{cfg: cfg, turn: make(chan struct{}, 1)}
	m.mem.store, m.mem.name = cfg.Store, cfg.Name
	return m, nil
}

// Assessment is one credential as a pass found it.
type Assessment struct {
	Record   Record // with what the mall said in this pass or an earlier one
	Rule     Rule   // zero where there is none for its kind
	Expiry   Expiry
	ProbeErr error // why the mall could not be asked; nil where it answered or there is nothing to ask
}

// Report is what a pass found and told.
type Report struct {
	Assessments []Assessment // in the order of the records; those not reached before the context ended are left out
	Notices     []Notice     // those that were delivered, in no particular order
}

// Worst is the gravest state of all credentials: Expired, then Unknown, then Expiring, then Valid. A mall that could not be
// asked does not make a computed state unknown. An empty report is Unknown.
func (r Report) Worst() State {
	if len(r.Assessments) == 0 {
		return Unknown
	}
	rank := map[State]int{Valid: 0, Expiring: 1, Unknown: 2, Expired: 3}
	worst := Valid
	for _, a := range r.Assessments {
		if rank[a.Expiry.State] > rank[worst] {
			worst = a.Expiry.State
		}
	}
	return worst
}

// Watch runs a pass at once and then one every interval, until the context ends, and returns the context's error. What goes
// wrong in a pass is given to failed (which may be nil) and does not end the watch. An interval of an hour suits all built-in
// rules: the shortest warning step is an hour.
func (m *Monitor) Watch(ctx context.Context, interval time.Duration, failed func(error)) error {
	if interval <= 0 {
		return fmt.Errorf("credential: monitor: an interval of %s is none", interval)
	}
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		if _, err := m.Run(ctx); err != nil && ctx.Err() == nil && failed != nil {
			failed(err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
	}
}
