package credential

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/jpmall/jpmall/order"
)

// maxErrors bounds how many failures one pass reports one by one.
const maxErrors = 20

// Run makes one pass over all credentials, the most urgent first. It queries the malls that can be
// queried, assesses each credential, sends the notices that are due, and remembers them. It returns
// when all is done or the context has ended, and leaves no goroutine behind.
//
// The error joins what went wrong, such as a notice that was not delivered or a memory that could
// not be read or saved. No failure holds back other notices; without its memory, the Monitor may
// repeat one after a restart.
func (m *Monitor) Run(ctx context.Context) (Report, error) {
	if m.turn == nil {
		return Report{}, errors.New("credential: a Monitor is made by NewMonitor")
	}
	select {
	case m.turn <- struct{}{}:
		defer func() { <-m.turn }()
	case <-ctx.Done():
		return Report{}, ctx.Err()
	}
	records, err := m.cfg.Records.Current(ctx)
	if err != nil {
		return Report{}, fmt.Errorf("credential: monitor: reading the records: %w", err)
	}
	if err := checkRecords(records); err != nil {
		return Report{}, err
	}
	p := &pass{Monitor: m, records: records, found: make([]*Assessment, len(records))}
	if err := m.mem.load(ctx, records); err != nil {
		p.fail(fmt.Errorf("credential: monitor: loading the notices sent before: %w", err))
	}
	p.run(ctx)
	// What was sent must be remembered even if the context has ended.
	detached, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	p.fail(m.mem.save(detached))
	report := Report{Notices: p.told}
	for _, a := range p.found {
		if a != nil {
			report.Assessments = append(report.Assessments, *a)
		}
	}
	if p.failures > maxErrors {
		p.errs = append(p.errs, fmt.Errorf("credential: monitor: %d more failures",
			p.failures-maxErrors))
	}
	return report, errors.Join(append(p.errs, ctx.Err())...)
}

func checkRecords(records []Record) error {
	seen := make(map[string]bool, len(records))
	for i, r := range records {
		if err := r.Validate(); err != nil {
			return fmt.Errorf("records[%d]: %w", i, err)
		}
		id := r.ID()
		if seen[id] {
			return fmt.Errorf("credential: records[%d]: %s is there twice; give them a Name each",
				i, id)
		}
		seen[id] = true
	}
	return nil
}

// pass is one Run.
type pass struct {
	*Monitor
	records []Record

	mu       sync.Mutex
	found    []*Assessment // same order as records; nil: not reached
	told     []Notice
	errs     []error
	failures int
}

func (p *pass) run(ctx context.Context) {
	work := make(chan int)
	var workers sync.WaitGroup
	for range min(p.cfg.Concurrency, len(p.records)) {
		workers.Go(func() {
			for i := range work {
				p.look(ctx, i)
			}
		})
	}
feed:
	for _, i := range p.urgentFirst() {
		select {
		case work <- i:
		case <-ctx.Done():
			break feed
		}
	}
	close(work)
	workers.Wait()
}

// urgentFirst orders the records by the end that is known before any query, so that quotas delay
// the least urgent.
func (p *pass) urgentFirst() []int {
	now := time.Now()
	ends := make([]time.Time, len(p.records))
	indexes := make([]int, len(p.records))
	for i, r := range p.records {
		indexes[i] = i
		rule := p.cfg.Rulebook.index[ruleID{r.Mall, r.Kind}]
		if x := Assess(rule, p.mem.known(r), now); x.Never {
			ends[i] = now.AddDate(1000, 0, 0)
		} else {
			ends[i] = x.End // unknown ends are zero and come first
		}
	}
	slices.SortStableFunc(indexes, func(a, b int) int { return ends[a].Compare(ends[b]) })
	return indexes
}

// look assesses one credential and sends the notices that are due.
func (p *pass) look(ctx context.Context, i int) {
	record := p.mem.known(p.records[i])
	rule, _ := p.cfg.Rulebook.Rule(record.Mall, record.Kind)
	seen, probeErr := p.ask(ctx, record)
	if ctx.Err() != nil {
		return // not the mall's fault; the next pass looks again
	}
	if errors.Is(probeErr, ErrCannotAsk) {
		probeErr = nil
	} else if probeErr == nil {
		p.mem.observe(record, seen)
		record = p.mem.known(p.records[i])
	}
	now := time.Now()
	a := Assessment{Record: record, Rule: rule, Expiry: Assess(rule, record, now),
		ProbeErr: probeErr}
	p.mu.Lock()
	p.found[i] = &a
	p.mu.Unlock()
	if rule.Renewal == RenewedByClient {
		return
	}
	for _, event := range p.mem.due(a, now) {
		p.tell(ctx, a, event, now)
	}
}

// ask queries the mall, within the limits of the Limiter.
func (p *pass) ask(ctx context.Context, record Record) (Observation, error) {
	if !covers(p.cfg.Prober, record) {
		return Observation{}, ErrCannotAsk
	}
	if p.cfg.Limiter != nil {
		if limiter := p.cfg.Limiter(record.Mall); limiter != nil {
			if err := limiter.Wait(ctx); err != nil {
				return Observation{}, fmt.Errorf("waiting for the quota: %w", err)
			}
		}
	}
	asked, cancel := context.WithTimeout(ctx, p.cfg.ProbeTimeout)
	defer cancel()
	seen, err := p.cfg.Prober.Probe(asked, record)
	if errors.Is(err, order.ErrCredentialExpired) {
		seen, err = Observation{State: Expired}, nil
	}
	if err == nil && seen.saysNothing() {
		err = fmt.Errorf("the mall's answer does not mention it: %w", order.ErrUndecodable)
	}
	if seen.At.IsZero() {
		seen.At = time.Now()
	}
	return seen, err
}

// tell sends one notice and remembers it.
func (p *pass) tell(ctx context.Context, a Assessment, event Event, now time.Time) {
	n := newNotice(a, event, now)
	bounded, cancel := context.WithTimeout(ctx, p.cfg.NotifyTimeout)
	defer cancel()
	if err := p.cfg.Notifier.Notify(bounded, n); err != nil {
		if ctx.Err() == nil {
			p.fail(fmt.Errorf("credential: monitor: sending %s: %w", n.Key, err))
		}
		return
	}
	p.mu.Lock()
	p.told = append(p.told, n)
	p.mu.Unlock()
	p.mem.remember(a, event, now)
	// Not only at the end: a program killed in the middle should repeat little after its restart.
	if err := p.mem.saveSoon(ctx); err != nil && ctx.Err() == nil {
		p.fail(err)
	}
}

func (p *pass) fail(err error) {
	if err == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.failures++; p.failures <= maxErrors {
		p.errs = append(p.errs, err)
	}
}
