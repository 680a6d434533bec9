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

// ShopID names a shop of a mall.
type ShopID struct {
	Mall order.Mall
	Shop string // as in the client's Config
}

// ByShop is a Prober that asks each shop's own, which usually is its client. A shop without one at a mall where others have one was
// forgotten: that is an error, of which a Monitor tells people. Of a mall without any there is nothing to ask.
type ByShop map[ShopID]Prober

// Probe asks the prober of the record's shop.
func (p ByShop) Probe(ctx context.Context, record Record) (Observation, error) {
	if one := p[ShopID{record.Mall, record.Shop}]; one != nil {
		return one.Probe(ctx, record)
	}
	if p.forgotten(record) {
		return Observation{}, &order.Error{Class: order.ErrInvalid, Mall: record.Mall, Shop: record.Shop, Operation: "probe",
			Err: errors.New("other shops of this mall can be asked, this one has no prober"), Hint: "add the shop's client to credential.ByShop"}
	}
	return Observation{}, ErrCannotAsk
}

// Covers reports whether the shop's prober covers the record. It covers a forgotten shop, too, so that Probe can say so.
func (p ByShop) Covers(record Record) bool {
	one := p[ShopID{record.Mall, record.Shop}]
	return one != nil && covers(one, record) || one == nil && p.forgotten(record)
}

func (p ByShop) forgotten(record Record) bool {
	for id := range p {
		if id.Mall == record.Mall && id.Shop != record.Shop {
			return true
		}
	}
	return false
}
