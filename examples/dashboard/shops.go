package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/timeslot"
	"github.com/jpmall/jpmall/yahoo"
)

// shop is one shop, ready to work with.
type shop struct {
	order.Source
	can     order.Capabilities
	prober  credential.Prober
	known   func(context.Context) ([]credential.Record, error) // of the keys' lives
	kept    credential.Store                                   // what consents store
	calls   *callMeter
	consent http.Handler // nil where the mall wants none
	path    string       // of consent
	start   string       // a visit there begins a consent
}

// openShops makes the clients of shops, each from its settings.
func openShops(
	all []credential.ShopSettings, tokens, base string, slots timeslot.Matcher,
) (shops []*shop, err error) {
	var kept credential.Store = new(credential.Memory)
	if tokens != "" {
		if kept, err = credential.OpenFile(credential.FileConfig{Path: tokens}); err != nil {
			return nil, err
		}
	}
	var failed []error
	for i, settings := range all {
		s := &shop{kept: kept, calls: &callMeter{}}
		if err := s.open(settings, base, slots); err != nil {
			failed = append(failed, fmt.Errorf("shops[%d]: %w", i, err))
			continue
		}
		shops = append(shops, s)
	}
	return shops, errors.Join(failed...)
}

func (s *shop) open(settings map[string]string, base string, slots timeslot.Matcher) error {
	switch mall := order.Mall(settings["mall"]); mall {
	case order.Rakuten:
		cfg, err := rakuten.ParseConfig(settings)
		if err != nil {
			return err
		}
		cfg.Observer, cfg.Slots = s.calls, slots
		c, err := rakuten.New(cfg)
		return ready(s, c, cfg.Keys, err)
	case order.Yahoo:
		cfg, err := yahoo.ParseConfig(settings, s.kept)
		if err != nil {
			return err
		}
		cfg.Observer, cfg.Slots = s.calls, slots
		c, err := yahoo.New(cfg)
		if err := ready(s, c, cfg.Keys, err); err != nil {
			return err
		}
		page, err := yahoo.ParseConsent(settings)
		if err != nil {
			return err
		}
		page.RedirectURI = s.redirect(page.RedirectURI, base)
		consent, err := yahoo.NewConsent(page)
		if err != nil {
			return err
		}
		s.consent = consent.Handler(cfg.Keys.(*yahoo.KeyStore).Consented)
		return nil
	case order.Amazon:
		cfg, err := amazon.ParseConfig(settings, s.kept)
		if err != nil {
			return err
		}
		cfg.Observer, cfg.Slots = s.calls, slots
		c, err := amazon.New(cfg)
		if err := ready(s, c, cfg.Keys, err); err != nil {
			return err
		}
		page, err := amazon.ParseConsent(settings)
		if err != nil || page.ApplicationID == "" { // the seller has authorised it by hand
			return err
		}
		page.RedirectURI = s.redirect(page.RedirectURI, base)
		consent, err := amazon.NewConsent(page)
		if err != nil {
			return err
		}
		s.consent = consent.Handler(cfg.Keys.(*amazon.KeyStore).Authorized)
		return nil
	case order.AuPay:
		cfg, err := aupay.ParseConfig(settings)
		if err != nil {
			return err
		}
		cfg.Observer, cfg.Slots = s.calls, slots
		c, err := aupay.New(cfg)
		return ready(s, c, cfg.Keys, err)
	default:
		return fmt.Errorf("mall %q: want rakuten, yahoo, amazon or aupay", mall)
	}
}

// ready completes a shop whose client was made. known looks the records of its keys up again, once
// a consent may have changed them.
func ready[K interface {
	Records(shop string) []credential.Record
}](s *shop, c interface {
	order.Source
	credential.Prober
	Capabilities() order.Capabilities
}, keys credential.Source[K], err error) error {
	if err != nil {
		return err
	}
	s.Source, s.can, s.prober = c, c.Capabilities(), c
	s.known = func(ctx context.Context) ([]credential.Record, error) {
		now, err := keys.Current(ctx)
		if errors.Is(err, order.ErrCredentialExpired) {
			err = nil // there is no consent yet: the ends are not known
		}
		return now.Records(c.Shop()), err
	}
	return nil
}

// redirect is the URI at which the mall's answer to a consent arrives: the registered one, or a
// page of this program.
func (s *shop) redirect(registered, base string) string {
	s.path = "/consent/" + string(s.Mall()) + "/" + url.PathEscape(s.Shop())
	s.start = base + s.path
	if registered != "" {
		s.start = registered
		if u, err := url.Parse(registered); err == nil && u.Path != "" {
			s.path = u.Path
		}
	}
	return s.start
}

// Start is where a consent begins.
func (s *shop) Start() string { return s.start }

// Consents reports whether a consent renews a key of this kind.
func (s *shop) Consents(kind credential.Kind) bool {
	switch kind {
	case credential.KindOrderSession, credential.KindRefreshToken, credential.KindAuthorization,
		credential.KindSelfAuthorization:
		return s.consent != nil
	}
	return false
}
