package amazontest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

const tokenPath = "/auth/o2/token"

// grant is what a token allows.
type grant struct {
	scope   string   // of a grantless token; empty for the seller's
	opens   []string // of a Restricted Data Token: "GET /path", "{}" for a placeholder
	ends    time.Time
	revoked bool
}

// secret is the client secret and the one before it, which Amazon accepts for seven days after a rotation.
type secret struct {
	current, old  string
	ends, oldEnds time.Time // zero ends never
	announced     bool      // that it ends
}

func (s secret) accepts(given string) bool {
	return given == s.current && (s.ends.IsZero() || time.Now().Before(s.ends)) || s.old != "" && given == s.old && time.Now().Before(s.oldEnds)
}

// lwa is Login with Amazon: form or JSON.
func (m *Mall) lwa(c *call) fake.Reply {
	form, err := url.ParseQuery(string(c.Payload))
	if strings.Contains(c.Header.Get("Content-Type"), "json") {
		var fields map[string]string
		if err = json.Unmarshal(c.Payload, &fields); err == nil {
			form = make(url.Values)
			for k, v := range fields {
				form.Set(k, v)
			}
		}
	}
	if err != nil {
		return lwaError(http.StatusBadRequest, "invalid_request", "The request body cannot be read")
	}
	if form.Get("client_id") != m.options.ClientID || !m.secret.accepts(form.Get("client_secret")) {
		return lwaError(http.StatusUnauthorized, "invalid_client", "Client authentication failed")
	}
	refresh := ""
	token := grant{ends: time.Now().Add(m.options.AccessTokenLife)}
	switch form.Get("grant_type") {
	case "refresh_token":
		if form.Get("scope") != "" {
			return lwaError(http.StatusBadRequest, "invalid_request", "The request has both refresh_token and scope")
		}
		refresh = form.Get("refresh_token")
		if refresh != m.options.RefreshToken || m.unauthorized() {
			return lwaError(http.StatusBadRequest, "invalid_grant", "The request has an invalid grant parameter : refresh_token. User may have revoked or didn't grant the permission.")
		}
		if m.options.RotateRefreshTokens {
			m.serial++
			refresh = fmt.Sprintf("Atzr|mihon-refresh-token-%04d", m.serial+1)
			m.options.RefreshToken = refresh
		}
	case "client_credentials":
		token.scope = form.Get("scope")
		if !slices.Contains([]string{scopeNotify, scopeRotation}, token.scope) {
			return lwaError(http.StatusBadRequest, "invalid_scope", "The requested scope is invalid, unknown, or malformed")
		}
	case "authorization_code":
		if refresh = m.exchange(form); refresh == "" {
			return lwaError(http.StatusBadRequest, "invalid_grant", "The request has an invalid grant parameter : code")
		}
	default:
		return lwaError(http.StatusBadRequest, "unsupported_grant_type", "The authorization grant type is not supported by the authorization server")
	}
	body := map[string]any{"access_token": m.issue("Atza|mihon-access", token), "token_type": "bearer", "expires_in": int(m.options.AccessTokenLife / time.Second)}
	if refresh != "" {
		body["refresh_token"] = refresh
	}
	return fake.JSON(http.StatusOK, body)
}

const (
	scopeNotify   = "sellingpartnerapi::notifications"
	scopeRotation = "sellingpartnerapi::client_credential:rotation"
)

func lwaError(status int, code, description string) fake.Reply {
	return fake.JSON(status, map[string]string{"error": code, "error_description": description})
}

// issue makes a token and remembers what it allows.
func (m *Mall) issue(prefix string, g grant) string {
	m.serial++
	token := fmt.Sprintf("%s-%06d", prefix, m.serial)
	m.tokens[token] = g
	return token
}

// auth checks the access token. Everything that is wrong with one is a 403 here.
func (m *Mall) auth(r *fake.Request) (key string, refusal *fake.Reply) {
	if r.Operation == "token" || r.Operation == "consent" || r.Operation == "document" {
		return m.options.ClientID, nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	p := route(r.Method, r.URL.Path)
	given := r.Header.Get("x-amz-access-token")
	g, known := m.tokens[given]
	details := ""
	switch {
	case given == "":
		details = "Access token is missing in the request header."
	case !known || g.revoked:
		details = "The access token you provided is revoked, malformed or invalid."
	case !time.Now().Before(g.ends):
		details = "The access token you provided has expired."
	case g.scope != p.scope, !m.allowed(r.Operation), !g.covers(r):
	default:
		if g.scope != "" {
			return m.options.ClientID, nil
		}
		return m.options.ClientID + " " + m.options.Shop, nil
	}
	reply := m.identified(m.fail(http.StatusForbidden, "Unauthorized", denied, details))
	return "", &reply
}

// covers tells whether a Restricted Data Token opens what is asked for; any other token is not restricted.
func (g grant) covers(r *fake.Request) bool {
	return g.opens == nil || slices.ContainsFunc(g.opens, func(open string) bool {
		method, path, _ := strings.Cut(open, " ")
		want, have := strings.Split(path, "/"), strings.Split(r.URL.Path, "/")
		if method != r.Method || len(want) != len(have) {
			return false
		}
		for i := range want {
			if want[i] != have[i] && !strings.HasPrefix(want[i], "{") {
				return false
			}
		}
		return true
	})
}

// allowed tells whether the application's roles cover an operation.
func (m *Mall) allowed(operation string) bool {
	switch operation {
	case "searchOrders", "getOrder", "confirmShipment", "updateShipmentStatus":
		return m.has(RoleOrders) || m.has(RoleDelivery)
	}
	return true
}

func (m *Mall) has(r Role) bool { return slices.Contains(m.options.Roles, r) }

// RevokeTokens makes Amazon forget every access token that it has issued, as when the seller's authorisation was changed; the next
// refresh works.
func (m *Mall) RevokeTokens() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for token, g := range m.tokens {
		g.revoked = true
		m.tokens[token] = g
	}
}

// RevokeAuthorization ends the seller's authorisation: access tokens and refresh token die. authorized is the refresh token of a
// new authorisation, which RefreshToken gives from then on.
func (m *Mall) RevokeAuthorization() (authorized string) {
	m.RevokeTokens()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.serial++
	return m.authorize(time.Now())
}
