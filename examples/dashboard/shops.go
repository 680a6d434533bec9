package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/timeslot"
	"github.com/jpmall/jpmall/yahoo"
)

// entry is one shop of a configuration file: mall, shop, and the fields that README lists for the mall. All values are texts; env:NAME
// is taken from the environment and file:NAME from a file beside the configuration.
type entry map[string]string

// readConfig reads the shops and the name of the file in which consents are stored, if there is one.
func readConfig(file string) (entries []entry, tokens string, err error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, "", err
	}
	var doc struct {
		Shops []entry `json:"shops"`
		Store string  `json:"store"`
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		return nil, "", fmt.Errorf("%s: %w", file, err)
	}
	if len(doc.Shops) == 0 {
		return nil, "", fmt.Errorf("%s: shops is missing or empty", file)
	}
	folder := filepath.Dir(file)
	var failed []error
	for i, e := range doc.Shops {
		for name, written := range e {
			value, err := resolve(written, folder)
			if err != nil {
				failed = append(failed, fmt.Errorf("%s: shops[%d].%s: %w", file, i, name, err))
			}
			e[name] = value
		}
	}
	if doc.Store != "" && !filepath.IsAbs(doc.Store) {
		doc.Store = filepath.Join(folder, doc.Store)
	}
	return doc.Shops, doc.Store, errors.Join(failed...)
}

func resolve(written, folder string) (string, error) {
	if name, ok := strings.CutPrefix(written, "env:"); ok {
		value := os.Getenv(name)
		if value == "" {
			return "", fmt.Errorf("environment variable %s is not set", name)
		}
		return value, nil
	}
	if name, ok := strings.CutPrefix(written, "file:"); ok {
		if !filepath.IsAbs(name) {
			name = filepath.Join(folder, name)
		}
		data, err := os.ReadFile(name)
		return strings.TrimSpace(string(data)), err
	}
	return written, nil
}

// time reads a day such as 2026-11-23 or an instant; zero when there is none.
func (e entry) time(name string) time.Time {
	if t, err := time.ParseInLocation(time.DateOnly, e[name], order.JST); err == nil {
		return t
	}
	t, _ := time.Parse(time.RFC3339, e[name]) // an end that nobody knows is shown as such
	return t
}

// shop is one shop, ready to work with.
type shop struct {
	order.Source
	can     order.Capabilities
	prober  credential.Prober
	records []credential.Record // what the configuration says of the keys' lives
	kept    credential.Store    // what consents have stored since
	calls   *callMeter
	consent http.Handler // nil where the mall wants none
	path    string       // of consent
	start   string       // a visit there begins a consent
}

// openShops makes the clients. What a key looks like is theirs to check.
func openShops(entries []entry, tokens, base string, slots timeslot.Matcher, fake bool) (all []*shop, err error) {
	var kept credential.Store = new(credential.Memory)
	if tokens != "" {
		if kept, err = credential.OpenFile(credential.FileConfig{Path: tokens}); err != nil {
			return nil, err
		}
	}
	var limiter order.Limiters // nil: the malls' own quotas
	if fake {
		limiter = order.Unlimited
	}
	var failed []error
	for i, e := range entries {
		s := &shop{kept: kept, calls: &callMeter{}}
		if err := s.open(e, base, slots, limiter); err != nil {
			failed = append(failed, fmt.Errorf("shops[%d]: %w", i, err))
			continue
		}
		all = append(all, s)
	}
	return all, errors.Join(failed...)
}

func (s *shop) open(e entry, base string, slots timeslot.Matcher, limiter order.Limiters) (err error) {
	secret := func(name string) credential.Secret { return credential.NewSecret(e[name]) }
	name := e["shop"]
	switch order.Mall(e["mall"]) {
	case order.Rakuten:
		keys := rakuten.Keys{
			ServiceSecret: secret("service_secret"), LicenseKey: secret("license_key"), OldLicenseKey: secret("old_license_key"),
			Issued: e.time("license_key_issued"),
		}
		c, err := rakuten.New(rakuten.Config{
			Shop: name, BaseURL: e["base_url"], Limiter: limiter, Observer: s.calls, Slots: slots, Keys: credential.Static(keys),
		})
		if err != nil {
			return err
		}
		s.Source, s.can, s.prober, s.records = c, c.Capabilities(), c, keys.Records(name)
	case order.Yahoo:
		keys := yahoo.Keys{
			ClientID: e["client_id"], ClientSecret: secret("client_secret"), RefreshToken: secret("refresh_token"), ConsentedAt: e.time("consented_at"),
			PublicKey: e["public_key"], PublicKeyVersion: e["public_key_version"], PublicKeyIssued: e.time("public_key_issued"),
		}
		stored, err := yahoo.NewKeyStore(s.kept, name, credential.Static(keys))
		if err != nil {
			return err
		}
		c, err := yahoo.New(yahoo.Config{
			Shop: name, BaseURL: e["base_url"], TokenURL: e["token_url"], Limiter: limiter, Observer: s.calls, Slots: slots, Keys: stored, Store: s.kept,
		})
		if err != nil {
			return err
		}
		s.Source, s.can, s.prober, s.records = c, c.Capabilities(), c, keys.Records(name)
		consent, err := yahoo.NewConsent(yahoo.ConsentConfig{
			ClientID: keys.ClientID, ClientSecret: keys.ClientSecret, RedirectURI: s.redirect(e, base),
			AuthorizationURL: e["authorization_url"], TokenURL: e["token_url"],
		})
		if err != nil {
			return err
		}
		s.consent = consent.Handler(stored.Consented)
	case order.Amazon:
		keys := amazon.Keys{
			ClientID: e["client_id"], ClientSecret: secret("client_secret"), RefreshToken: secret("refresh_token"),
			AuthorizedAt: e.time("authorized_at"), SelfAuthorized: e["application_id"] == "", SecretIssued: e.time("client_secret_issued"),
		}
		stored, err := amazon.NewKeyStore(s.kept, name, credential.Static(keys))
		if err != nil {
			return err
		}
		c, err := amazon.New(amazon.Config{
			Shop: name, BaseURL: e["base_url"], TokenURL: e["token_url"], Limiter: limiter, Observer: s.calls, Slots: slots, Keys: stored, Store: s.kept,
		})
		if err != nil {
			return err
		}
		s.Source, s.can, s.prober, s.records = c, c.Capabilities(), c, keys.Records(name)
		if keys.SelfAuthorized {
			return nil
		}
		consent, err := amazon.NewConsent(amazon.ConsentConfig{
			ApplicationID: e["application_id"], ClientID: keys.ClientID, ClientSecret: keys.ClientSecret, RedirectURI: s.redirect(e, base),
			Draft: e["application_draft"] == "true", Shop: name, SellerCentral: e["seller_central"], TokenURL: e["token_url"],
		})
		if err != nil {
			return err
		}
		s.consent = consent.Handler(stored.Authorized)
	case order.AuPay:
		keys := aupay.Keys{APIKey: secret("api_key"), IssuedAt: e.time("api_key_issued")}
		c, err := aupay.New(aupay.Config{Shop: name, BaseURL: e["base_url"], Limiter: limiter, Observer: s.calls, Slots: slots, Keys: credential.Static(keys)})
		if err != nil {
			return err
		}
		s.Source, s.can, s.prober, s.records = c, c.Capabilities(), c, keys.Records(name)
	default:
		return fmt.Errorf("mall %q: want rakuten, yahoo, amazon or aupay", e["mall"])
	}
	return nil
}

// redirect is the URI at which the mall's answer to a consent arrives: the registered one, or a page of this program.
func (s *shop) redirect(e entry, base string) string {
	s.path = "/consent/" + e["mall"] + "/" + url.PathEscape(e["shop"])
	s.start = base + s.path
	if uri := e["redirect_uri"]; uri != "" {
		s.start = uri
		if u, err := url.Parse(uri); err == nil && u.Path != "" {
			s.path = u.Path
		}
	}
	return s.start
}

// known are the records of the shop's keys; where a consent has stored a younger one, that one.
func (s *shop) known(ctx context.Context) ([]credential.Record, error) {
	stored, err := credential.LoadRecords(ctx, s.kept)
	all := append([]credential.Record(nil), s.records...)
	for _, r := range stored {
		for i, old := range all {
			if r.Mall == old.Mall && r.Shop == old.Shop && r.Kind == old.Kind && r.Start.After(old.Start) {
				r.Extended = old.Extended
				all[i] = r
			}
		}
	}
	return all, err
}

// Start is where a consent begins.
func (s *shop) Start() string { return s.start }

// Consents tells whether a consent renews a key of this kind.
func (s *shop) Consents(kind credential.Kind) bool {
	switch kind {
	case credential.KindOrderSession, credential.KindRefreshToken, credential.KindAuthorization, credential.KindSelfAuthorization:
		return s.consent != nil
	}
	return false
}
