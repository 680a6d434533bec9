package credential

import (
	"context"
	"errors"
	"slices"

	"github.com/jpmall/jpmall/order"
)

// ErrCannotAsk is what a Prober answers for a credential of which the mall tells nothing: another mall's, or one whose end no
// API gives. It is no failure: the end is then computed.
var ErrCannotAsk = errors.New("credential: the mall cannot be asked about this credential")

// Prober asks a mall how a credential stands. Probe has three results:
//
//   - an Observation that says something, and no error: the mall answered. That the credential is over is an answer, too; an
//     error of class order.ErrCredentialExpired means the same;
//   - ErrCannotAsk (errors.Is): there is nothing to ask;
//   - any other error, or an Observation that says nothing: could not find out. The Monitor tells people so.
//
// Probe must obey the context, be safe for concurrent use, and never put a secret into its error.
type Prober interface {
	Probe(ctx context.Context, record Record) (Observation, error)
}

// Coverer is a Prober that knows beforehand of which credentials it can ask. The Monitor then waits for no quota on account of
// the others.
type Coverer interface {
	Covers(record Record) bool
}

// covers takes a prober that cannot tell for one that covers everything.
func covers(p Prober, record Record) bool {
	c, ok := p.(Coverer)
	return !ok || c.Covers(record)
}

// ProberFunc makes a Prober of a function.
type ProberFunc func(ctx context.Context, record Record) (Observation, error)

// Probe calls f.
func (f ProberFunc) Probe(ctx context.Context, record Record) (Observation, error) {
	return f(ctx, record)
}

// Probers asks one Prober after the other until one does not answer ErrCannotAsk. An empty Probers cannot ask.
type Probers []Prober

// Probe asks the first prober that knows the credential.
func (p Probers) Probe(ctx context.Context, record Record) (Observation, error) {
	for _, one := range p {
		seen, err := one.Probe(ctx, record)
		if errors.Is(err, ErrCannotAsk) {
			continue
		}
		return seen, err
	}
	return Observation{}, ErrCannotAsk
}

// Covers tells whether any of them covers the record.
func (p Probers) Covers(record Record) bool {
	return slices.ContainsFunc(p, func(one Prober) bool { return covers(one, record) })
}

// ByMall is a Prober that asks each mall's own.
type ByMall map[order.Mall]Prober

// Probe asks the prober of the record's mall; without one there is nothing to ask.
func (p ByMall) Probe(ctx context.Context, record Record) (Observation, error) {
	if one := p[record.Mall]; one != nil {
		return one.Probe(ctx, record)
	}
	return Observation{}, ErrCannotAsk
}

// Covers tells whether the mall's prober covers the record.
func (p ByMall) Covers(record Record) bool {
	one := p[record.Mall]
	return one != nil && covers(one, record)
}
