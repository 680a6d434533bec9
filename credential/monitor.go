package credential

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jpmall/jpmall/order"
)

// MonitorConfig configures a Monitor. Records, Notifier and Store are required.
type MonitorConfig struct {
	// Records returns the credentials of all shops; it is called at the start of each pass. Static
	// serves a fixed list, StoredRecords those in a Store. Two records with one ID are refused.
	Records Source[[]Record]

	Notifier Notifier

	// Store remembers which notices were sent. Use a File, or a store of your own, where a restart
	// must not repeat notices.
	Store Store

	Rulebook *Rulebook // nil: the built-in rules
	Prober   Prober    // nil: no mall is queried, ends are computed

	// Limiter limits the queries to a mall. A nil function or a nil Limiter does not, which is
	// right where the Prober's client keeps the mall's quotas. Its Wait does not count towards
	// ProbeTimeout.
	Limiter func(order.Mall) order.Limiter

	Name          string        // distinguishes monitors that share a Store; may be empty
	Concurrency   int           // how many credentials are checked at once; 0 means 8
	ProbeTimeout  time.Duration // for one query; 0 means 30 s
	NotifyTimeout time.Duration // for one notice, with the notifier's retries; 0 means 2 minutes
}

// Monitor checks the credentials of all shops and notifies a Notifier, once per warning step, of
// what is about to expire. It is safe for concurrent use; its passes run one after another. Use
// [NewMonitor] to make one.
type Monitor struct {
	cfg  MonitorConfig
	turn chan struct{} // holds a token while a pass runs
	mem  memory
}

// NewMonitor validates cfg and returns a Monitor.
func NewMonitor(cfg MonitorConfig) (*Monitor, error) {
	switch {
	case cfg.Records == nil:
		return nil, errors.New("credential: monitor: Records is nil: nothing to watch")
	case cfg.Notifier == nil:
		return nil, errors.New("credential: monitor: Notifier is nil")
	case cfg.Store == nil:
		return nil,
			errors.New(
				"credential: monitor: Store is nil; new(credential.Memory) forgets at a restart, a File does not")
	case cfg.Concurrency < 0 || cfg.ProbeTimeout < 0 || cfg.NotifyTimeout < 0:
		return nil,
			errors.New(
				"credential: monitor: Concurrency, ProbeTimeout and NotifyTimeout must not be negative")
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

// Assessment is the state of one credential in a pass.
type Assessment struct {
	Record Record // with what the mall reported in this pass or an earlier one
	Rule   Rule   // zero where there is none for its kind
	Expiry Expiry
	// why the mall could not be queried; nil if it answered or there is nothing to query
	ProbeErr error
}

// Report is the result of a pass.
type Report struct {
	// in the order of the records, without those not reached before the context ended
	Assessments []Assessment
	Notices     []Notice // those delivered, in no particular order
}

// Worst returns the most serious state of all credentials: Expired, then Unknown, then Expiring,
// then Valid. A mall that could not be queried does not make a computed state Unknown. An empty
// report is Unknown.
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

// Watch runs a pass at once and then one every interval until the context ends, and returns the
// context's error. The error of a pass is passed to failed, which may be nil, and does not end
// Watch. An interval of an hour suits all built-in rules: the shortest warning step is an hour.
func (m *Monitor) Watch(ctx context.Context, interval time.Duration, failed func(error)) error {
	if interval <= 0 {
		return fmt.Errorf("credential: monitor: interval must be positive, got %s", interval)
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
