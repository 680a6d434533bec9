package shops

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/yahoo"
)

// Consent is a page that gets a shop's consent and stores it.
type Consent struct {
	Mall order.Mall
	Shop string
	// the redirect URI: a visit there begins a consent, on the host where the mall's answer ends it
	Start   string
	Path    string // of Start
	Handler http.Handler
}

// Consents makes the pages of all shops whose mall wants a consent. base is the address of the
// machine that serves them; a shop's redirect_uri goes before it.
func (o *Opened) Consents(base string) ([]Consent, error) {
	if o.Store == "" {
		return nil,
			errors.New(
				"there is no file to store tokens in: name one as store in the configuration, or with -store")
	}
	var pages []Consent
	for _, s := range o.Shops {
		if s.yahoo == nil && s.amazon == nil {
			continue
		}
		c, err := s.consent(base)
		if err != nil {
			return nil, fmt.Errorf("%s shop %s: %w", s.Source.Mall(), s.Source.Shop(), err)
		}
		for _, other := range pages {
			if other.Path == c.Path {
				return nil,
					fmt.Errorf("%s shop %s: redirect_uri: its path %s is another shop's, too",
						c.Mall, c.Shop, c.Path)
			}
		}
		pages = append(pages, c)
	}
	return pages, nil
}

func (s Shop) consent(base string) (Consent, error) {
	c := Consent{Mall: s.Source.Mall(), Shop: s.Source.Shop(), Start: s.values["redirect_uri"]}
	if c.Start == "" {
		c.Start = base + "/" + string(c.Mall) + "/" + url.PathEscape(c.Shop)
	}
	u, err := url.Parse(c.Start)
	if err != nil || u.Path == "" || u.Path == "/" {
		return c,
			fmt.Errorf("redirect_uri: want its own path, such as https://orders.example.jp/%s",
				c.Mall)
	}
	c.Path = u.Path
	if s.yahoo != nil {
		cfg, err := yahoo.ParseConsent(s.values)
		if err != nil {
			return c, err
		}
		cfg.RedirectURI = c.Start
		consent, err := yahoo.NewConsent(cfg)
		if err != nil {
			return c, err
		}
		c.Handler = consent.Handler(s.yahoo.Consented)
		return c, nil
	}
	cfg, err := amazon.ParseConsent(s.values)
	if err != nil {
		return c, err
	}
	keys, err := s.amazon.Current(context.Background())
	if err != nil && !errors.Is(err, order.ErrCredentialExpired) {
		return c, err
	}
	// which may have been rotated since it was configured
	cfg.RedirectURI, cfg.ClientSecret = c.Start, keys.ClientSecret
	consent, err := amazon.NewConsent(cfg)
	if err != nil {
		return c, err
	}
	c.Handler = consent.Handler(s.amazon.Authorized)
	return c, nil
}
