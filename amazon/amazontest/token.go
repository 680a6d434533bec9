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

const (
	tokenPath = "/auth/o2/token"
	opToken   = "token"
)

// grant is what a token allows.
type grant struct {
	scope   string    // of a grantless token; empty for the seller's
	opens   []string  // of a Restricted Data Token: "GET /path", "{…}" for a placeholder
	ends    time.Time // when it expires
	revoked bool
}

// secret is the client secret and the one before, which Amazon accepts for seven days after a
// rotation.
type secret struct {
	current, old  string
	issued        time.Time // of current; zero is unknown
	ends, oldEnds time.Time // zero never expires
	announced     bool      // a notice of the end was sent
}

func (s secret) accepts(given string) bool {
	return given == s.current && (s.ends.IsZero() || time.Now().Before(s.ends)) || s.old != "" &&
		given == s.old && time.Now().Before(s.oldEnds)
}

// lwaForm reads a request to Login with Amazon: form or JSON.
func lwaForm(r *fake.Request) (url.Values, error) {
	if !strings.Contains(r.Header.Get("Content-Type"), "json") {
		return url.ParseQuery(string(r.Payload))
	}
	var fields map[string]string
	if err := json.Unmarshal(r.Payload, &fields); err != nil {
		return nil, err
	}
	form := make(url.Values)
	for k, v := range fields {
		form.Set(k, v)
	}
	return form, nil
}

// expiredGrant refuses what a request for a token is made with: a refresh token or code, or the
// client secret alone.
func expiredGrant(r *fake.Request) fake.Reply {
	form, err := lwaForm(r)
	switch {
	case err != nil || form.Get("grant_type") == "client_credentials":
		return lwaError(http.StatusUnauthorized, "invalid_client", "Client authentication failed")
	case form.Get("grant_type") == "authorization_code":
		return lwaError(http.StatusBadRequest, "invalid_grant",
			"The request has an invalid grant parameter : code")
	}
	return lwaError(http.StatusBadRequest, "invalid_grant", badRefreshToken)
}

// lwa is Login with Amazon.
func (m *Mall) lwa(c *call) fake.Reply {
	form, err := lwaForm(c.Request)
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
			return lwaError(http.StatusBadRequest, "invalid_request",
				"The request has both refresh_token and scope")
		}
		refresh = form.Get("refresh_token")
		if refresh != m.options.RefreshToken || m.unauthorized() {
			return lwaError(http.StatusBadRequest, "invalid_grant", badRefreshToken)
		}
		if m.options.RotateRefreshTokens {
			m.serial++
			refresh = fmt.Sprintf("Atzr|mihon-refresh-token-%04d", m.serial+1)
			m.options.RefreshToken = refresh
		}
	case "client_credentials":
		token.scope = form.Get("scope")
		if !slices.Contains([]string{scopeNotify, scopeRotation}, token.scope) {
			return lwaError(http.StatusBadRequest, "invalid_scope",
				"The requested scope is invalid, unknown, or malformed")
		}
	case "authorization_code":
		if refresh = m.exchange(form); refresh == "" {
			return lwaError(http.StatusBadRequest, "invalid_grant",
				"The request has an invalid grant parameter : code")
		}
	default:
		return lwaError(http.StatusBadRequest, "unsupported_grant_type",
			"The authorization grant type is not supported by the authorization server")
	}
	body := map[string]any{"access_token": m.issue("Atza|mihon-access", token),
		"token_type": "bearer", "expires_in": int(m.options.AccessTokenLife / time.Second)}
	if refresh != "" {
		body["refresh_token"] = refresh
	}
	return fake.JSON(http.StatusOK, body)
}

const badRefreshToken = "The request has an invalid grant parameter : refresh_token." +
	" User may have revoked or didn't grant the permission."

const (
	scopeNotify   = "sellingpartnerapi::notifications"
	scopeRotation = "sellingpartnerapi::client_credential:rotation"
)

func lwaError(status int, code, description string) fake.Reply {
	return fake.JSON(status, map[string]string{"error": code, "error_description": description})
}

// issue returns a new token and remembers what it allows.
func (m *Mall) issue(prefix string, g grant) string {
	m.serial++
	token := fmt.Sprintf("%s-%06d", prefix, m.serial)
	m.tokens[token] = g
	return token
}

// auth checks the access token. Every failure is a 403, as at Amazon.
func (m *Mall) auth(r *fake.Request) (key string, refusal *fake.Reply) {
	if r.Operation == opToken || r.Operation == "consent" || r.Operation == "document" {
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

// covers reports whether a Restricted Data Token allows the request; any other token is not
// restricted.
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

// allowed reports whether the application's roles cover an operation.
func (m *Mall) allowed(operation string) bool {
	switch operation {
	case "searchOrders", "getOrder", "confirmShipment", "updateShipmentStatus":
		return m.has(RoleOrders) || m.has(RoleDelivery)
	}
	return true
}

func (m *Mall) has(r Role) bool { return slices.Contains(m.options.Roles, r) }

// RevokeTokens revokes all access tokens, as when the seller's authorisation changes. The next
// refresh works.
func (m *Mall) RevokeTokens() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for token, g := range m.tokens {
		g.revoked = true
		m.tokens[token] = g
	}
}

// RevokeAuthorization ends the seller's authorisation: access tokens and refresh token are refused.
// It returns the refresh token of a new authorisation, which RefreshToken returns from then on.
func (m *Mall) RevokeAuthorization() (authorized string) {
	m.RevokeTokens()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.serial++
	return m.authorize(time.Now())
}
