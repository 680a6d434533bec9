package yahootest

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

const (
	authorizationPath = "/yconnect/v2/authorization"
	codeLife          = 10 * time.Minute
)

// code is an authorisation code that was sent to a redirect URI.
type code struct {
	redirect, challenge string
	at                  time.Time // of the consent
	used                bool
}

// AuthorizationURL returns the consent page for yahoo.ConsentConfig, with Transport.
func (m *Mall) AuthorizationURL() string { return "https://auth.yahoo.invalid" + authorizationPath }

// AuthorizationURL returns the consent page for yahoo.ConsentConfig: two links, to consent and to
// refuse.
func (s *Server) AuthorizationURL() string { return s.host + authorizationPath }

// Agree consents as a user does who opens consentURL. It returns the URL to which the mall then
// sends the browser.
func (m *Mall) Agree(consentURL string) (callback string, err error) {
	return m.decide(consentURL, "agree")
}

// Refuse is like Agree, for a user who does not consent.
func (m *Mall) Refuse(consentURL string) (callback string, err error) {
	return m.decide(consentURL, "refuse")
}

func (m *Mall) decide(consentURL, decision string) (string, error) {
	u, err := url.Parse(consentURL)
	if err != nil {
		return "", err
	}
	to, wrong := m.consent(u.Query(), decision)
	if wrong != "" {
		return "", fmt.Errorf("yahootest: the consent page says: %s", wrong)
	}
	return to, nil
}

var consentPage = template.Must(template.New("consent").Parse(
	`<!DOCTYPE html><html lang="ja"><meta charset="utf-8">
<title>模擬 Yahoo! JAPAN</title><h1>模擬 Yahoo! JAPAN</h1><p>アプリケーション {{.Client}} にストア {{.Shop}} の操作を許可しますか。</p>
<p><a href="{{.Agree}}">同意する</a> <a href="{{.Refuse}}">同意しない</a></p></html>
`))

// serveAuthorization is the page on which a user consents.
func (m *Mall) serveAuthorization(r *fake.Request) fake.Reply {
	query := r.URL.Query()
	decision := query.Get("decision")
	if decision == "" {
		if _, wrong := m.consent(query, ""); wrong != "" {
			return fake.HTML(http.StatusBadRequest,
				"<!DOCTYPE html><html><body>"+wrong+"</body></html>")
		}
		with := func(decision string) string {
			query.Set("decision", decision)
			return "?" + query.Encode()
		}
		var page strings.Builder
		_ = consentPage.Execute(&page, map[string]string{ // a strings.Builder does not fail
			"Client": m.options.ClientID, "Shop": m.options.Shop, "Agree": with("agree"),
			"Refuse": with("refuse")})
		return fake.HTML(http.StatusOK, page.String())
	}
	to, wrong := m.consent(query, decision)
	if wrong != "" {
		return fake.HTML(http.StatusBadRequest,
			"<!DOCTYPE html><html><body>"+wrong+"</body></html>")
	}
	return fake.Reply{Status: http.StatusFound}.With("Location", to)
}

// consent checks an authorisation request and, after a decision, makes the URL that leads back.
func (m *Mall) consent(query url.Values, decision string) (to, wrong string) {
	back, err := url.Parse(query.Get("redirect_uri"))
	switch {
	case query.Get("client_id") != m.options.ClientID:
		return "", "client_id"
	case err != nil || back.Host == "":
		return "", "redirect_uri"
	case query.Get("response_type") != "code":
		return "", "response_type"
	case !strings.Contains(" "+query.Get("scope")+" ", " openid "):
		return "", "scope"
	case query.Get("code_challenge") != "" && query.Get("code_challenge_method") != "S256":
		return "", "code_challenge_method"
	}
	answer := back.Query()
	answer.Set("state", query.Get("state"))
	switch decision {
	case "":
		return "", ""
	case "agree":
		m.mu.Lock()
		defer m.mu.Unlock()
		if m.codes == nil {
			m.codes = make(map[string]*code)
		}
		name := fmt.Sprintf("mihon-code-%06d", len(m.codes)+1)
		m.codes[name] = &code{redirect: query.Get("redirect_uri"),
			challenge: query.Get("code_challenge"), at: time.Now()}
		answer.Set("code", name)
	case "refuse":
		if query.Get("bail") != "1" {
			return "https://www.yahoo.invalid/", "" // the mall's top page
		}
		answer.Set("error", "access_denied")
	default:
		return "", "decision"
	}
	back.RawQuery = answer.Encode()
	return back.String(), ""
}

// exchange trades a code for the tokens of a consent. The caller holds the lock.
func (m *Mall) exchange(form url.Values) fake.Reply {
	c := m.codes[form.Get("code")]
	if c == nil || c.used || time.Since(c.at) >= codeLife ||
		c.redirect != form.Get("redirect_uri") {
		return oauthError(http.StatusBadRequest, "invalid_grant")
	}
	c.used = true // also after a wrong verifier: a code is tried once
	sum := sha256.Sum256([]byte(form.Get("code_verifier")))
	if c.challenge != "" && base64.RawURLEncoding.EncodeToString(sum[:]) != c.challenge {
		return oauthError(http.StatusBadRequest, "invalid_grant")
	}
	m.grants = append(m.grants, &grant{
		refresh: fmt.Sprintf("mihon-refresh-token-%010d", len(m.grants)), at: c.at})
	tokens := m.issueToken(m.last())
	tokens["refresh_token"], tokens["id_token"] = m.last().refresh, "not.a.token"
	return fake.JSON(http.StatusOK, tokens)
}

// issueToken makes an access token. The caller holds the lock.
func (m *Mall) issueToken(g *grant) map[string]any {
	m.serial++
	name := fmt.Sprintf("mihon-access-token-%010d", m.serial)
	m.tokens[name] = &token{grant: g, ends: time.Now().Add(accessTokenLife)}
	return map[string]any{"access_token": name, "token_type": "Bearer",
		"expires_in": int(accessTokenLife / time.Second)}
}
