package shops

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/yahoo"
)

// keeper holds the stored keys of a shop whose mall knows consents.
type keeper struct {
	yahoo  *yahoo.KeyStore
	amazon *amazon.KeyStore
}

// recall puts what the store knows of the shop's keys in the place of what the configuration says, where it is younger.
func (s *Shop) recall(store credential.Store) error {
	records, err := credential.LoadRecords(context.Background(), store)
	if err != nil {
		return err
	}
	for _, stored := range records {
		if stored.Mall != s.Source.Mall() || stored.Shop != s.Source.Shop() {
			continue
		}
		for i, r := range s.Records {
			authorisation := r.Kind == credential.KindSelfAuthorization && stored.Kind == credential.KindAuthorization
			if (r.Kind == stored.Kind || authorisation) && stored.Start.After(r.Start) {
				stored.Extended = r.Extended
				s.Records[i] = stored
			}
		}
	}
	return nil
}

// Consent is a page that gets a shop's consent and stores it.
type Consent struct {
	Mall    order.Mall
	Shop    string
	Start   string // the redirect URI: a visit there begins a consent, on the host where the mall's answer ends it
	Path    string // of Start
	Handler http.Handler
}

// Consents makes the pages of all shops whose mall wants a consent. base is the address of the machine that serves them; a shop's
// redirect_uri goes before it.
func (o *Opened) Consents(base string) ([]Consent, error) {
	if o.Store == "" {
		return nil, errors.New("there is no file to store tokens in: name one as store in the configuration, or with -store")
	}
	var pages []Consent
	for _, s := range o.Shops {
		e := s.entry
		if e.mall != order.Yahoo && e.mall != order.Amazon {
			continue
		}
		c := Consent{Mall: e.mall, Shop: e.values["shop"]}
		redirect := e.values["redirect_uri"]
		if redirect == "" {
			redirect = base + "/" + string(e.mall) + "/" + url.PathEscape(c.Shop)
		}
		u, err := url.Parse(redirect)
		if err != nil || u.Path == "" || u.Path == "/" {
			return nil, fmt.Errorf("%s.redirect_uri: want a path of its own, such as https://orders.example.jp/%s", e.path, e.mall)
		}
		c.Start, c.Path = redirect, u.Path
		secret := credential.NewSecret(e.values["client_secret"])
		if e.mall == order.Yahoo {
			consent, err := yahoo.NewConsent(yahoo.ConsentConfig{ClientID: e.values["client_id"], ClientSecret: secret, RedirectURI: redirect,
				AuthorizationURL: e.values["authorization_url"], TokenURL: e.values["token_url"]})
			if err != nil {
				return nil, fmt.Errorf("%s: %w", e.path, err)
			}
			c.Handler = consent.Handler(s.keep.yahoo.Consented)
		} else {
			keys, err := s.keep.amazon.Current(context.Background())
			if err != nil {
				return nil, fmt.Errorf("%s: %w", e.path, err)
			}
			secret = keys.ClientSecret // it may have been rotated since it was written into the configuration
			consent, err := amazon.NewConsent(amazon.ConsentConfig{ApplicationID: e.values["application_id"], ClientID: e.values["client_id"],
				ClientSecret: secret, RedirectURI: redirect, Draft: e.values["application_draft"] == "true", Shop: c.Shop,
				SellerCentral: e.values["seller_central"], TokenURL: e.values["token_url"]})
			if err != nil {
				return nil, fmt.Errorf("%s: %w", e.path, err)
			}
			c.Handler = consent.Handler(s.keep.amazon.Authorized)
		}
		for _, other := range pages {
			if other.Path == c.Path {
				return nil, fmt.Errorf("%s.redirect_uri: its path %s is another shop's, too", e.path, c.Path)
			}
		}
		pages = append(pages, c)
	}
	return pages, nil
}
