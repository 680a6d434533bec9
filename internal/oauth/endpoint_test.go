package oauth_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/oauth"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/transport/transporttest"
	"github.com/jpmall/jpmall/order"
)

func TestExchange(t *testing.T) {
	code := oauth.AuthCode{Code: credential.NewSecret("code-1"), RedirectURI: "https://shop.example/cb",
		Verifier: credential.NewSecret("verifier-1")}
	e := &endpoint{
		answer: always(200,
			`{"access_token":"a","token_type":"Bearer","expires_in":"3600","refresh_token":"r","id_token":"not read"}`)}
	withClient(t, e, func(t *testing.T, hc *http.Client) {
		cfg := config(hc)
		cfg.Style = oauth.Basic
		token, err := oauth.Exchange(t.Context(), cfg, code)
		require.NoError(t, err)
		require.Equal(t, &oauth2.Token{AccessToken: "a", TokenType: "Bearer", RefreshToken: "r", ExpiresIn: 3600,
			Expiry: time.Now().Add(time.Hour)}, token)
		require.Equal(t, url.Values{"grant_type": {"authorization_code"}, "code": {"code-1"},
			"redirect_uri":  {"https://shop.example/cb"},
			"code_verifier": {"verifier-1"}}, e.forms[0])
		require.Equal(t, "Basic "+base64.StdEncoding.EncodeToString([]byte("client-1:client-secret-1")), e.auth[0])

		_, err = oauth.Exchange(t.Context(), cfg, oauth.AuthCode{})
		require.ErrorIs(t, err, order.ErrInvalid)
		require.Equal(t, 1, e.count())
	})
}

func TestClientCredentials(t *testing.T) {
	e := &endpoint{}
	withClient(t, e, func(t *testing.T, hc *http.Client) {
		cfg := config(hc)
		want := url.Values{"grant_type": {"client_credentials"},
			"scope":     {"sellingpartnerapi::client_credential:rotation"},
			"client_id": {"client-1"}, "client_secret": {"client-secret-1"}}
		s, err := oauth.NewGrantless(cfg, "sellingpartnerapi::client_credential:rotation")
		require.NoError(t, err)
		require.Equal(t, "access-1", access(t, s))
		require.NoError(t, s.Close())
		require.Equal(t, []url.Values{want}, e.forms)
	})
}

// A public client has no secret: its id goes into the form, in either style.
func TestPublicClient(t *testing.T) {
	e := &endpoint{}
	bubble(t, e, func(c *oauth.Config) {
		c.Style = oauth.Basic
		c.Credentials = func(context.Context) (string, credential.Secret, error) {
			return "public-1", credential.Secret{}, nil
		}
	}, func(t *testing.T, s *oauth.Source) {
		access(t, s)
		require.Empty(t, e.auth[0])
		require.Equal(t, "public-1", e.forms[0].Get("client_id"))
		require.False(t, e.forms[0].Has("client_secret"))
	})
}

// A code works once: a lost answer is not asked for again. A refresh may be.
func TestGrantsOnTheWire(t *testing.T) {
	transporttest.ProveRetry(t, []transporttest.Case{
		{Name: "exchange", Retry: transport.Unsafe, Call: func(ctx context.Context, hc *http.Client) error {
			_, err := oauth.Exchange(ctx, config(hc), oauth.AuthCode{Code: credential.NewSecret("code-1")})
			return err
		}},
		{Name: "refresh", Retry: transport.Read, Call: func(ctx context.Context, hc *http.Client) error {
			s, err := oauth.NewSource(config(hc), credential.Static(credential.NewSecret("refresh-1")))
			if err != nil {
				return err
			}
			_, err = s.Token(ctx)
			return errors.Join(err, s.Close())
		}},
		{Name: "grantless", Retry: transport.Read, Call: func(ctx context.Context, hc *http.Client) error {
			s, err := oauth.NewGrantless(config(hc), "scope")
			if err != nil {
				return err
			}
			_, err = s.Token(ctx)
			return errors.Join(err, s.Close())
		}},
	}, nil)
}

const canary = "canary-0123456789"

func TestRefusals(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		body   string
		class  order.Class
		code   string
		hint   string
		sent   int
	}{
		"revoked":         {400, `{"error":"invalid_grant","error_description":"` + canary + `","error_code":1}`, order.ErrCredentialExpired, "invalid_grant", "someone must authorise again", 1},
		"wrong secret":    {401, `{"error":"invalid_client","error_description":"` + canary + `"}`, order.ErrUnauthorized, "invalid_client", "client secret", 1},
		"other client":    {400, `{"error":"unauthorized_client"}`, order.ErrForbidden, "unauthorized_client", "another client id", 1},
		"scope":           {400, `{"error":"invalid_scope"}`, order.ErrInvalid, "invalid_scope", "scope", 1},
		"inside a 200":    {200, `{"error":"invalid_grant"}`, order.ErrCredentialExpired, "invalid_grant", "authorise again", 1},
		"unknown code":    {400, `{"error":"` + canary + `"}`, order.ErrInvalid, "", "", 1},
		"unknown in 200":  {200, `{"error":"` + canary + `"}`, order.ErrInvalid, "", "", 1},
		"bare 401":        {401, canary, order.ErrTemporary, "", "if they are right, the key", 3},
		"a page, 401":     {401, "<html>" + canary + "</html>", order.ErrTemporary, "", "BaseURL", 3},
		"a page, 400":     {400, "<html>" + canary + "</html>", order.ErrTemporary, "", "BaseURL", 3},
		"a page, 403":     {403, "<html>" + canary + "</html>", order.ErrTemporary, "", "BaseURL", 3},
		"a page, 404":     {404, "<html>" + canary + "</html>", order.ErrTemporary, "", "BaseURL", 3},
		"empty, 405":      {405, "", order.ErrTemporary, "", "BaseURL", 3},
		"message, 410":    {410, `{"message":"` + canary + `"}`, order.ErrTemporary, "", "BaseURL", 3},
		"unknown, 401":    {401, `{"error":"` + canary + `"}`, order.ErrUnauthorized, "", "client secret", 1},
		"a line break":    {200, `{"access_token":"a\r\nX: ` + canary + `","expires_in":3600}`, order.ErrTemporary, "", "", 1},
		"not ASCII":       {200, `{"access_token":"見本","refresh_token":"` + canary + `","expires_in":3600}`, order.ErrTemporary, "", "", 1},
		"a broken other":  {200, `{"access_token":"a","refresh_token":"` + canary + `\n","expires_in":3600}`, order.ErrTemporary, "", "", 1},
		"down":            {503, `<html>` + canary + `</html>`, order.ErrTemporary, "", "", 3},
		"says it itself":  {400, `{"error":"temporarily_unavailable"}`, order.ErrTemporary, "temporarily_unavailable", "", 3},
		"throttled":       {429, canary, order.ErrRateLimited, "", "", 3},
		"redirect":        {302, canary, order.ErrInvalid, "", "redirects", 1},
		"a gateway":       {200, canary, order.ErrTemporary, "", "", 1},
		"a gateway's":     {200, `{"message":"` + canary + `"}`, order.ErrTemporary, "", "", 1},
		"null":            {200, `null`, order.ErrTemporary, "", "", 1},
		"nothing":         {200, ``, order.ErrTemporary, "", "", 1},
		"no token":        {200, `{"access_token":"","x":"` + canary + `"}`, order.ErrUndecodable, "", "", 1},
		"bad life":        {200, `{"access_token":"` + canary + `","expires_in":"soon"}`, order.ErrUndecodable, "", "", 1},
		"no life":         {200, `{"access_token":"` + canary + `","expires_in":0}`, order.ErrUndecodable, "", "", 1},
		"endless life":    {200, `{"access_token":"` + canary + `","expires_in":1e30}`, order.ErrUndecodable, "", "", 1},
		"too large":       {200, `{"access_token":"` + strings.Repeat(canary, 8000) + `"}`, order.ErrLocalLimit, "", "", 1},
		"too large error": {400, strings.Repeat(canary, 8000), order.ErrTemporary, "", "", 3},
	} {
		t.Run(name, func(t *testing.T) {
			var lines bytes.Buffer
			e := &endpoint{answer: always(test.status, test.body)}
			bubble(t, e, func(c *oauth.Config) {
				c.Logger = slog.New(slog.NewJSONHandler(&lines, &slog.HandlerOptions{Level: slog.LevelDebug - 8}))
			}, func(t *testing.T, s *oauth.Source) {
				_, err := s.Token(t.Context())
				require.ErrorIs(t, err, test.class)
				var oe *order.Error
				require.ErrorAs(t, err, &oe)
				require.Equal(t, test.code, oe.Code)
				require.Contains(t, oe.Hint.EN, test.hint)
				require.Equal(t, order.Amazon, oe.Mall)
				require.Equal(t, "A2EXAMPLESHOP", oe.Shop)
				require.Equal(t, test.status, oe.HTTPStatus)
				require.Equal(t, test.sent, e.count())
				encoded, _ := json.Marshal(err)
				printed := fmt.Sprintf("%+v %#v %s %s", err, err, encoded, lines.String())
				for _, secret := range []string{canary, "refresh-1", "client-secret-1"} {
					require.NotContains(t, printed, secret)
				}
			})
		})
	}
}

func TestLives(t *testing.T) {
	for body, life := range map[string]time.Duration{
		`{"access_token":"a","expires_in":3600}`:     time.Hour,
		`{"access_token":"a","expires_in":"3600"}`:   time.Hour,
		`{"access_token":"a","expires_in":3600.0}`:   time.Hour,
		`{"access_token":"a","expires_in":" 3600 "}`: time.Hour,
		`{"access_token":"a","expires_in":null}`:     0,
		`{"access_token":"a","expires_in":""}`:       0,
		`{"access_token":"a"}`:                       0,
	} {
		e := &endpoint{answer: always(200, body)}
		bubble(t, e, nil, func(t *testing.T, s *oauth.Source) {
			token, err := s.Token(t.Context())
			require.NoError(t, err)
			if life == 0 {
				require.True(t, token.Expiry.IsZero(), body)
			} else {
				require.Equal(t, life, time.Until(token.Expiry), body)
			}
			time.Sleep(24 * time.Hour)
			access(t, s)
			require.Equal(t, life == 0, e.count() == 1, "a token without an end is used until it is refused")
		})
	}
}

func TestConfigIsChecked(t *testing.T) {
	for name, change := range map[string]func(*oauth.Config){
		"TokenURL":    func(c *oauth.Config) { c.TokenURL = "" },
		"query":       func(c *oauth.Config) { c.TokenURL += "?secret=" + canary },
		"user name":   func(c *oauth.Config) { c.TokenURL = "https://u:" + canary + "@auth.invalid/token" },
		"Credentials": func(c *oauth.Config) { c.Credentials = nil },
		"Style":       func(c *oauth.Config) { c.Style = 9 },
		"StoreKey":    func(c *oauth.Config) { c.Store = new(credential.Memory) },
	} {
		t.Run(name, func(t *testing.T) {
			cfg := config(nil)
			change(&cfg)
			_, err := oauth.NewSource(cfg, credential.Static(credential.NewSecret("refresh-1")))
			require.ErrorIs(t, err, order.ErrInvalid)
			require.ErrorContains(t, err, name)
			require.NotContains(t, err.Error(), canary)
		})
	}
	_, err := oauth.NewSource(config(nil), nil)
	require.ErrorIs(t, err, order.ErrInvalid)
}
