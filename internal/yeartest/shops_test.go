// Package yeartest lets a year pass over four shops, one at each mall: their keys age, people renew
// them when they are told, and the order feed runs on. It has tests only.
package yeartest_test

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/yahoo"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// client is what the year needs of a mall's client.
type client interface {
	order.Source
	credential.Prober
	credential.Coverer
	Check(context.Context) error
}

// shops are the four malls, the shops' clients, and where their keys are kept.
type shops struct {
	t       *testing.T
	rakuten *rakutentest.Mall
	yahoo   *yahootest.Mall
	amazon  *amazontest.Mall
	aupay   *aupaytest.Mall
	clients []client

	store        *credential.Memory // tokens, rotated secrets, records
	yahooKeys    *yahoo.KeyStore
	amazonKeys   *amazon.KeyStore
	yahooConsent *yahoo.Consent
	rotating     *amazon.Client

	mu          sync.Mutex
	rakutenKeys rakuten.Keys
	yahooBase   yahoo.Keys
	aupayKeys   aupay.Keys
	placed      map[order.Mall]map[string]bool // orders, and whether the feed has brought them
}

// under makes a Source that reads what a person has put into the configuration.
func under[T any](s *shops, value *T) credential.Source[T] {
	return credential.SourceFunc[T](func(context.Context) (T, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		return *value, nil
	})
}

// openShops makes four shops whose keys are of different ages.
func openShops(t *testing.T, oldKeyDies bool) *shops {
	now := time.Now()
	ago := func(days int) time.Time { return now.AddDate(0, 0, -days) }
	s := &shops{t: t, store: new(credential.Memory), placed: map[order.Mall]map[string]bool{}}
	s.rakuten = rakutentest.New(rakutentest.Options{Orders: -1, Issued: ago(10), OldKeyDies: oldKeyDies})
	s.yahoo = yahootest.New(yahootest.Options{Orders: -1})
	s.amazon = amazontest.New(amazontest.Options{Orders: -1, SecretIssued: ago(100), AuthorizedAt: ago(50)})
	s.aupay = aupaytest.New(aupaytest.Options{Orders: -1, Issued: ago(30)})
	s.amazon.RegisterRotationQueue()

	s.rakutenKeys = rakuten.Keys{ServiceSecret: credential.NewSecret(s.rakuten.ServiceSecret()),
		LicenseKey: credential.NewSecret(s.rakuten.LicenseKey()), Issued: ago(10)}
	s.aupayKeys = aupay.Keys{APIKey: credential.NewSecret(s.aupay.APIKey()), IssuedAt: ago(30)}
	s.yahooBase = yahoo.Keys{ClientID: s.yahoo.ClientID(), ClientSecret: credential.NewSecret(s.yahoo.ClientSecret()),
		RefreshToken: credential.NewSecret(s.yahoo.RefreshToken()), ConsentedAt: s.yahoo.ConsentedAt(),
		PublicKey: s.yahoo.PublicKey(), PublicKeyVersion: s.yahoo.PublicKeyVersion()}
	amazonBase := amazon.Keys{ClientID: s.amazon.ClientID(),
		ClientSecret: credential.NewSecret(s.amazon.ClientSecret()),
		RefreshToken: credential.NewSecret(s.amazon.RefreshToken())}
	for kind, record := range map[credential.Kind]credential.Record{
		credential.KindLicenseKey:    {Mall: order.Rakuten, Shop: s.rakuten.Shop(), Start: ago(10)},
		credential.KindOrderSession:  {Mall: order.Yahoo, Shop: s.yahoo.Shop(), Start: now},
		credential.KindRefreshToken:  {Mall: order.Yahoo, Shop: s.yahoo.Shop(), Start: now},
		credential.KindPublicKey:     {Mall: order.Yahoo, Shop: s.yahoo.Shop(), Start: now},
		credential.KindAuthorization: {Mall: order.Amazon, Shop: s.amazon.Shop(), Start: ago(50)},
		credential.KindClientSecret:  {Mall: order.Amazon, Shop: s.amazon.Shop(), Start: ago(100)},
		credential.KindAPIKey:        {Mall: order.AuPay, Shop: s.aupay.Shop(), Start: ago(30)},
	} {
		record.Kind = kind
		s.record(record)
	}
	over := func(rt http.RoundTripper) *http.Client { return &http.Client{Transport: unpacked{rt}} }
	var err error
	s.yahooKeys, err = yahoo.NewKeyStore(s.store, s.yahoo.Shop(), under(s, &s.yahooBase))
	require.NoError(t, err)
	s.amazonKeys, err = amazon.NewKeyStore(s.store, s.amazon.Shop(), credential.Static(amazonBase))
	require.NoError(t, err)
	r, err := rakuten.New(rakuten.Config{Shop: s.rakuten.Shop(), Keys: under(s, &s.rakutenKeys),
		HTTPClient: over(s.rakuten.Transport()), Limiter: order.Unlimited})
	require.NoError(t, err)
	y, err := yahoo.New(yahoo.Config{Shop: s.yahoo.Shop(), Keys: s.yahooKeys, Store: s.store,
		HTTPClient: over(s.yahoo.Transport()), Limiter: order.Unlimited})
	require.NoError(t, err)
	a, err := amazon.New(amazon.Config{Shop: s.amazon.Shop(), Keys: s.amazonKeys, Store: s.store,
		HTTPClient: over(s.amazon.Transport()), Limiter: order.Unlimited})
	require.NoError(t, err)
	u, err := aupay.New(aupay.Config{Shop: s.aupay.Shop(), Keys: under(s, &s.aupayKeys),
		HTTPClient: over(s.aupay.Transport()), Limiter: order.Unlimited})
	require.NoError(t, err)
	s.clients, s.rotating = []client{r, y, a, u}, a
	s.yahooConsent, err = yahoo.NewConsent(
		yahoo.ConsentConfig{ClientID: s.yahoo.ClientID(), ClientSecret: credential.NewSecret(s.yahoo.ClientSecret()),
			RedirectURI: "https://orders.example.jp/yahoo", AuthorizationURL: s.yahoo.AuthorizationURL(),
			HTTPClient: over(s.yahoo.Transport())})
	require.NoError(t, err)
	return s
}

// unpacked asks for replies as they are: packing them would take a fifth of the time.
type unpacked struct{ http.RoundTripper }

func (u unpacked) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Accept-Encoding", "identity")
	return u.RoundTripper.RoundTrip(r)
}

func (s *shops) close() {
	s.rakuten.Close()
	s.yahoo.Close()
	s.amazon.Close()
	s.aupay.Close()
}

func (s *shops) record(r credential.Record) {
	require.NoError(s.t, credential.PutRecord(s.t.Context(), s.store, r))
}

// order places one at every mall.
func (s *shops) order() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for mall, id := range map[order.Mall]string{
		order.Rakuten: s.rakuten.AddOrder(rakutentest.Order{}), order.Yahoo: s.yahoo.AddOrder(yahootest.Order{}),
		order.Amazon: s.amazon.AddOrder(amazontest.Order{Status: "UNSHIPPED", Placed: time.Now()}),
		order.AuPay:  s.aupay.AddOrder(aupaytest.Order{}),
	} {
		if s.placed[mall] == nil {
			s.placed[mall] = map[string]bool{}
		}
		s.placed[mall][id] = false
	}
}

// got notes an order that the feed has brought.
func (s *shops) got(_ context.Context, o order.Order) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.placed[o.Mall][o.ID] = true
	return nil
}

// callback is the query with which a mall sends a browser back.
func (s *shops) callback(address string, err error) url.Values {
	require.NoError(s.t, err)
	u, err := url.Parse(address)
	require.NoError(s.t, err)
	return u.Query()
}

// renew does what a notice says.
func (s *shops) renew(kind credential.Kind) {
	ctx, now := s.t.Context(), time.Now()
	switch kind {
	case credential.KindLicenseKey:
		key := s.rakuten.IssueKey()
		s.mu.Lock()
		s.rakutenKeys.OldLicenseKey = s.rakutenKeys.LicenseKey
		s.rakutenKeys.LicenseKey = credential.NewSecret(key)
		s.rakutenKeys.Issued = now
		s.mu.Unlock()
		s.record(credential.Record{Mall: order.Rakuten, Shop: s.rakuten.Shop(), Kind: kind, Start: now})
	case credential.KindAPIKey:
		key := s.aupay.IssueKey()
		s.mu.Lock()
		s.aupayKeys = aupay.Keys{APIKey: credential.NewSecret(key), IssuedAt: now}
		s.mu.Unlock()
		s.record(credential.Record{Mall: order.AuPay, Shop: s.aupay.Shop(), Kind: kind, Start: now})
	case credential.KindPublicKey:
		pem, version := s.yahoo.IssueKey()
		s.mu.Lock()
		s.yahooBase.OldPublicKey, s.yahooBase.OldPublicKeyVersion = s.yahooBase.PublicKey, s.yahooBase.PublicKeyVersion
		s.yahooBase.PublicKey, s.yahooBase.PublicKeyVersion = pem, version
		s.mu.Unlock()
		s.record(credential.Record{Mall: order.Yahoo, Shop: s.yahoo.Shop(), Kind: kind, Start: now})
	case credential.KindOrderSession, credential.KindRefreshToken:
		r := s.yahooConsent.Begin()
		grant, err := s.yahooConsent.Finish(ctx, r, s.callback(s.yahoo.Agree(r.URL)))
		require.NoError(s.t, err)
		require.NoError(s.t, s.yahooKeys.Consented(ctx, grant))
	case credential.KindAuthorization:
		keys, err := s.amazonKeys.Current(ctx)
		require.NoError(s.t, err)
		consent, err := amazon.NewConsent(amazon.ConsentConfig{ApplicationID: s.amazon.ApplicationID(),
			ClientID: keys.ClientID, ClientSecret: keys.ClientSecret,
			RedirectURI: "https://orders.example.jp/amazon", Shop: s.amazon.Shop(),
			SellerCentral: s.amazon.SellerCentral(), HTTPClient: &http.Client{Transport: s.amazon.Transport()}})
		require.NoError(s.t, err)
		r := consent.Begin()
		grant, err := consent.Finish(ctx, r, s.callback(s.amazon.Agree(r.URL)))
		require.NoError(s.t, err)
		require.NoError(s.t, s.amazonKeys.Authorized(ctx, grant))
	case credential.KindClientSecret:
		_, err := s.rotating.RotateApplicationClientSecret(ctx)
		require.NoError(s.t, err)
		for _, message := range s.amazon.Notifications() {
			list, err := amazon.ParseNotifications([]byte(message))
			require.NoError(s.t, err)
			for _, n := range list {
				_, err := s.amazonKeys.Notified(ctx, n)
				require.NoError(s.t, err)
			}
		}
	default:
		require.Fail(s.t, "nobody knows how to renew it", kind)
	}
}
