package credential

import (
	"context"
	"errors"
	"slices"

	"github.com/jpmall/jpmall/order"
)

// [ErrCannotAsk] is returned by a Prober for a credential that the mall reports nothing about:
// another mall's, or one whose end no API returns. It is not a failure; the end is computed then.
var ErrCannotAsk = errors.New("credential: the mall cannot be asked about this credential")

// Prober queries a mall for the state of a credential. Probe returns one of three results:
//
//   - an Observation that says something: the mall answered. That the credential has expired is an
//     answer, too; an error of class order.ErrCredentialExpired means the same.
//   - ErrCannotAsk (errors.Is): there is nothing to query.
//   - any other error, or an Observation that says nothing: the state could not be determined. The
//     Monitor sends a notice of it.
//
// Probe must honour the context, be safe for concurrent use, and never put a secret into its error.
type Prober interface {
	Probe(ctx context.Context, record Record) (Observation, error)
}

// Coverer is a Prober that knows beforehand which credentials it can query. For others the Monitor
// does not wait for a quota.
type Coverer interface {
	Covers(record Record) bool
}

// covers reports whether p covers record; a prober that is no Coverer covers everything.
func covers(p Prober, record Record) bool {
	c, ok := p.(Coverer)
	return !ok || c.Covers(record)
}

// ProberFunc is a function that implements Prober.
type ProberFunc func(ctx context.Context, record Record) (Observation, error)

// Probe calls f.
func (f ProberFunc) Probe(ctx context.Context, record Record) (Observation, error) {
	return f(ctx, record)
}

// Probers queries one Prober after the other until one does not return [ErrCannotAsk]. An empty
// Probers returns [ErrCannotAsk].
type Probers []Prober

// Probe returns the first result that is not [ErrCannotAsk].
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

// Covers reports whether any of the probers covers the record.
func (p Probers) Covers(record Record) bool {
	return slices.ContainsFunc(p, func(one Prober) bool { return covers(one, record) })
}

// ShopID identifies a shop of a mall.
type ShopID struct {
	Mall order.Mall
	Shop string // as in the client's Config
}

// ByShop is a Prober that calls the Prober of each shop, usually its client. When a shop has none
// but another shop of its mall has, it was forgotten: Probe returns an error, of which a Monitor
// sends a notice. When no shop of the mall has one, Probe returns [ErrCannotAsk].
type ByShop map[ShopID]Prober

// Probe calls the prober of the record's shop.
func (p ByShop) Probe(ctx context.Context, record Record) (Observation, error) {
	if one := p[ShopID{record.Mall, record.Shop}]; one != nil {
		return one.Probe(ctx, record)
	}
	if p.forgotten(record) {
		return Observation{}, &order.Error{Class: order.ErrInvalid, Mall: record.Mall,
			Shop: record.Shop, Operation: "probe",
			Err: errors.New("other shops of this mall can be asked, this one has no prober"),
			Hint: order.Text{EN: "add the shop's client to credential.ByShop",
				JA: "この店舗は期限の確認先に登録されていません。プログラムの設定に追加してください"}}
	}
	return Observation{}, ErrCannotAsk
}

// Covers reports whether the shop's prober covers the record. It is true for a forgotten shop, so
// that Probe can report it.
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
