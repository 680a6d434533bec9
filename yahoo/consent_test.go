package yahoo_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/yahoo"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

const redirect = "https://orders.example.jp/yahoo"

func newConsent(t *testing.T, m *yahootest.Mall) *yahoo.Consent {
	t.Helper()
	c, err := yahoo.NewConsent(yahoo.ConsentConfig{
		ClientID: m.ClientID() + "\n", ClientSecret: credential.NewSecret(m.ClientSecret()), RedirectURI: redirect,
		AuthorizationURL: m.AuthorizationURL(), HTTPClient: &http.Client{Transport: m.Transport()},
	})
	require.NoError(t, err)
	return c
}

// queryOf is what a callback URL brings.
func queryOf(t *testing.T, callback string) url.Values {
	t.Helper()
	u, err := url.Parse(callback)
	require.NoError(t, err)
	require.Equal(t, redirect, strings.TrimSuffix(callback, "?"+u.RawQuery))
	return u.Query()
}

func TestConsentURL(t *testing.T) {
	c, err := yahoo.NewConsent(yahoo.ConsentConfig{ClientID: "mihon-client", RedirectURI: redirect, Prompt: "login"})
	require.NoError(t, err)
	a, b := c.Begin(), c.Begin()
	require.NotEqual(t, a.State, b.State)
	require.NotEqual(t, a.Verifier, b.Verifier)
	u, err := url.Parse(a.URL)
	require.NoError(t, err)
	require.Equal(t, "https://auth.login.yahoo.co.jp/yconnect/v2/authorization",
		strings.TrimSuffix(a.URL, "?"+u.RawQuery))
	q := u.Query()
	require.Regexp(t, `^[A-Za-z0-9_-]{43}$`, q.Get("code_challenge"))
	require.NotEqual(t, a.Verifier.Reveal(), q.Get("code_challenge"))
	require.Equal(t, a.State.Reveal(), q.Get("state"))
	q.Del("code_challenge")
	q.Del("state")
	require.Equal(t, url.Values{"response_type": {"code"}, "client_id": {"mihon-client"}, "redirect_uri": {redirect},
		"scope":                 {"openid"},
		"code_challenge_method": {"S256"}, "bail": {"1"}, "prompt": {"login"}}, q)
}

func TestConsent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMall(t)
		c := newConsent(t, m)
		time.Sleep(time.Hour)
		r := c.Begin()
		callback, err := m.Agree(r.URL)
		require.NoError(t, err)
		grant, err := c.Finish(t.Context(), r, queryOf(t, callback))
		require.NoError(t, err)
		require.Equal(t, m.RefreshToken(), grant.RefreshToken.Reveal())
		require.Equal(t, m.ConsentedAt(), grant.ConsentedAt)

		_, err = c.Finish(t.Context(), r, queryOf(t, callback))
		require.ErrorIs(t, err, order.ErrCredentialExpired, "a code works once")

		for name, test := range map[string]struct {
			meddle func(r *yahoo.ConsentRequest, q url.Values)
			class  error
			words  string
		}{
			"no state":     {func(_ *yahoo.ConsentRequest, q url.Values) { q.Del("state") }, order.ErrForbidden, "state"},
			"other state":  {func(_ *yahoo.ConsentRequest, q url.Values) { q.Set("state", "guessed") }, order.ErrForbidden, "state"},
			"nothing kept": {func(r *yahoo.ConsentRequest, q url.Values) { *r = yahoo.ConsentRequest{}; q.Set("state", "") }, order.ErrForbidden, "state"},
			"no code":      {func(_ *yahoo.ConsentRequest, q url.Values) { q.Del("code") }, order.ErrForbidden, "no code"},
			"other proof":  {func(r *yahoo.ConsentRequest, _ url.Values) { r.Verifier = credential.NewSecret("x") }, order.ErrCredentialExpired, "invalid_grant"},
			"refused":      {func(_ *yahoo.ConsentRequest, q url.Values) { q.Set("error", "access_denied") }, order.ErrForbidden, "access_denied"},
			"nobody there": {func(_ *yahoo.ConsentRequest, q url.Values) { q.Set("error", "login_required") }, order.ErrForbidden, "sign in"},
			"odd error":    {func(_ *yahoo.ConsentRequest, q url.Values) { q.Set("error", "<b>") }, order.ErrInvalid, "not known"},
		} {
			r := c.Begin()
			callback, err := m.Agree(r.URL)
			require.NoError(t, err)
			q := queryOf(t, callback)
			code := q.Get("code")
			test.meddle(&r, q)
			before := len(m.Calls("token"))
			_, err = c.Finish(t.Context(), r, q)
			require.ErrorIs(t, err, test.class, name)
			require.ErrorContains(t, err, test.words, name)
			require.NotContains(t, err.Error(), code, name)
			if test.words != "invalid_grant" {
				require.Len(t, m.Calls("token"), before, "%s: nothing is sent", name)
			}
		}

		r = c.Begin()
		callback, err = m.Refuse(r.URL)
		require.NoError(t, err)
		_, err = c.Finish(t.Context(), r, queryOf(t, callback))
		require.ErrorIs(t, err, order.ErrForbidden)

		r = c.Begin() // the answer to the exchange is lost: it is not sent again
		callback, err = m.Agree(r.URL)
		require.NoError(t, err)
		require.NoError(t, m.Inject(yahootest.Fault{Kind: yahootest.ReplyLost, Operation: "token"}))
		before := len(m.Calls("token"))
		_, err = c.Finish(t.Context(), r, queryOf(t, callback))
		require.ErrorContains(t, err, "begin the consent again")
		require.Len(t, m.Calls("token"), before+1)
	})
}

func TestConsentConfigIsChecked(t *testing.T) {
	for field, cfg := range map[string]yahoo.ConsentConfig{
		"ClientID":         {RedirectURI: redirect},
		"ClientSecret":     {ClientID: "mihon", ClientSecret: credential.NewSecret("a b"), RedirectURI: redirect},
		"RedirectURI":      {ClientID: "mihon", RedirectURI: "/yahoo"},
		"AuthorizationURL": {ClientID: "mihon", RedirectURI: redirect, AuthorizationURL: "nowhere"},
	} {
		_, err := yahoo.NewConsent(cfg)
		require.ErrorIs(t, err, order.ErrInvalid, field)
		require.ErrorContains(t, err, field)
	}
}

// A browser is taken through it all; what is stored is used by a client that was made before
// anybody had consented.
func TestConsentPage(t *testing.T) {
	s, err := yahootest.NewServer(yahootest.Options{Orders: 3})
	require.NoError(t, err)
	t.Cleanup(s.Close)
	store := new(credential.Memory)
	keys, err := yahoo.NewKeyStore(store, s.Shop(),
		credential.Static(yahoo.Keys{ClientID: s.ClientID(), ClientSecret: credential.NewSecret(s.ClientSecret())}))
	require.NoError(t, err)
	client, err := yahoo.New(yahoo.Config{Shop: s.Shop(), Keys: keys, BaseURL: s.URL, TokenURL: s.TokenURL,
		Limiter: order.Unlimited, Store: store})
	require.NoError(t, err)
	require.ErrorIs(t, client.Check(t.Context()), order.ErrCredentialExpired)

	page := http.NewServeMux()
	site := httptest.NewServer(page)
	t.Cleanup(site.Close)
	consent, err := yahoo.NewConsent(yahoo.ConsentConfig{ClientID: s.ClientID(),
		ClientSecret: credential.NewSecret(s.ClientSecret()),
		RedirectURI:  site.URL + "/yahoo", AuthorizationURL: s.AuthorizationURL(), TokenURL: s.TokenURL})
	require.NoError(t, err)
	var failure error
	page.Handle("/yahoo", consent.Handler(func(ctx context.Context, g yahoo.Grant) error {
		if failure != nil {
			return failure
		}
		return keys.Consented(ctx, g)
	}))

	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	browser := &http.Client{Jar: jar}
	open := func(c *http.Client, address string) (string, *http.Response) {
		resp, err := c.Get(address)
		require.NoError(t, err)
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		return string(body), resp
	}
	agree := func(c *http.Client) (string, *http.Response) {
		html, resp := open(browser, site.URL+"/yahoo")
		link := regexp.MustCompile(`href="([^"]*decision=agree[^"]*)"`).FindStringSubmatch(html)
		require.NotNil(t, link, html)
		to, err := resp.Request.URL.Parse(strings.ReplaceAll(link[1], "&amp;", "&"))
		require.NoError(t, err)
		return open(c, to.String())
	}
	html, resp := agree(browser)
	require.Equal(t, 200, resp.StatusCode, html)
	require.Contains(t, html, "認可が完了しました")
	require.NotContains(t, html, s.RefreshToken())
	require.NoError(t, client.Check(t.Context()))

	html, resp = agree(&http.Client{}) // the link was slipped to somebody else's browser
	require.Equal(t, 400, resp.StatusCode)
	require.Contains(t, html, "state")

	failure = errors.New("disk is full")
	html, resp = agree(browser)
	require.Equal(t, 502, resp.StatusCode)
	require.Contains(t, html, "disk is full")

	resp, err = browser.Post(site.URL+"/yahoo", "text/plain", nil)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, 405, resp.StatusCode)
}
