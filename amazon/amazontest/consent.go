package amazontest

import (
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

const (
	consentPath       = "/apps/authorize/consent"
	codeLife          = 5 * time.Minute
	authorizationLife = 365 * 24 * time.Hour
	secretNotice      = 90 * 24 * time.Hour // before its end
)

// code is an spapi_oauth_code that was sent to a redirect URI.
type code struct {
	redirect string // as requested; empty when it was left to the registration
	at       time.Time
	used     bool
}

// ApplicationID returns the application's id, for its consent page.
func (m *Mall) ApplicationID() string { return m.options.ApplicationID }

// SellerCentral returns ConsentConfig.SellerCentral for Transport. The host does not exist.
func (m *Mall) SellerCentral() string { return "https://sellercentral.amazon.invalid" }

// SellerCentral returns ConsentConfig.SellerCentral: a page with a link to authorise.
func (s *Server) SellerCentral() string { return s.URL }

// Agree acts as a seller who opens a consent URL and confirms. It returns the URL to which Amazon
// then sends the browser.
func (m *Mall) Agree(consentURL string) (callback string, err error) {
	u, err := url.Parse(consentURL)
	if err != nil {
		return "", err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	to, wrong := m.consent(u.Query(), true)
	if wrong != "" {
		return "", fmt.Errorf("amazontest: the consent page says: %s", wrong)
	}
	return to, nil
}

var consentHTML = template.Must(template.New("consent").Parse(
	`<!DOCTYPE html><html lang="ja"><meta charset="utf-8">
<title>模擬セラーセントラル</title><h1>模擬セラーセントラル</h1><p>アプリケーション {{.App}} に出品者 {{.Shop}} のデータへのアクセスを許可しますか。</p>
<p><a href="{{.Agree}}">承認する</a></p></html>
`))

// consentPage is the page on which a seller authorises.
func (m *Mall) consentPage(c *call) fake.Reply {
	query := c.URL.Query()
	agreed := query.Get("decision") == "agree"
	to, wrong := m.consent(query, agreed)
	switch {
	case wrong != "":
		return fake.HTML(http.StatusBadRequest,
			"<!DOCTYPE html><html><body>"+wrong+"</body></html>")
	case agreed:
		return fake.Reply{Status: http.StatusFound}.With("Location", to)
	}
	query.Set("decision", "agree")
	var page strings.Builder
	_ = consentHTML.Execute(&page, map[string]string{ // a strings.Builder does not fail
		"App": m.options.ApplicationID, "Shop": m.options.Shop, "Agree": "?" + query.Encode()})
	return fake.HTML(http.StatusOK, page.String())
}

// consent checks an authorisation request and, once agreed, returns the URL that leads back. The
// caller holds the lock.
func (m *Mall) consent(query url.Values, agreed bool) (to, wrong string) {
	asked, registered := query.Get("redirect_uri"), m.options.RedirectURI
	back, err := url.Parse(asked)
	if asked == "" {
		back, err = url.Parse(registered)
	}
	switch {
	case query.Get("application_id") != m.options.ApplicationID:
		return "", "MD1000" // the real page shows nothing clearer for an unknown application
	case m.options.Draft && query.Get("version") != "beta":
		return "", "MD1000"
	case err != nil || back.Host == "" || asked != "" && registered != "" && asked != registered:
		return "", "MD5101"
	case !agreed:
		return "", ""
	}
	if m.codes == nil {
		m.codes = make(map[string]*code)
	}
	name := fmt.Sprintf("mihon-spapi-code-%06d", len(m.codes)+1)
	m.codes[name] = &code{redirect: asked, at: time.Now()}
	answer := back.Query()
	answer.Set("state", query.Get("state"))
	answer.Set("selling_partner_id", m.options.Shop)
	answer.Set("spapi_oauth_code", name)
	back.RawQuery = answer.Encode()
	return back.String(), ""
}

// exchange returns the refresh token for a code, or "" when the code is not valid. The caller holds
// the lock.
func (m *Mall) exchange(form url.Values) string {
	c := m.codes[form.Get("code")]
	if c == nil || c.used || time.Since(c.at) >= codeLife ||
		c.redirect != form.Get("redirect_uri") {
		return ""
	}
	c.used = true
	return m.authorize(c.at)
}

// authorize returns the refresh token of a new authorisation. The caller holds the lock.
func (m *Mall) authorize(at time.Time) string {
	m.serial++
	if !m.options.AuthorizedAt.IsZero() {
		m.options.AuthorizedAt = at
	}
	m.options.RefreshToken = fmt.Sprintf("Atzr|mihon-refresh-token-%04d", m.serial+1)
	return m.options.RefreshToken
}

// unauthorized reports whether the seller's authorisation has expired. The caller holds the lock.
func (m *Mall) unauthorized() bool {
	at := m.options.AuthorizedAt
	return !at.IsZero() && time.Since(at) >= authorizationLife
}

// announce adds the notice that the client secret expires to the queue, once. The caller holds the
// lock.
func (m *Mall) announce(now time.Time) {
	if !m.rotates || m.secret.announced || m.secret.ends.IsZero() ||
		m.secret.ends.Sub(now) > secretNotice {
		return
	}
	m.secret.announced = true
	m.serial++
	message, err := json.Marshal(object{
		"notificationVersion": "1.0", "notificationType": "APPLICATION_OAUTH_CLIENT_SECRET_EXPIRY",
		"payloadVersion": "2023-11-30",
		"eventTime":      stamp(now),
		"payload": object{"applicationOAuthClientSecretExpiry": object{
			"clientId": m.options.ClientID, "clientSecretExpiryTime": stamp(m.secret.ends),
			"clientSecretExpiryReason": "PERIODIC_ROTATION",
		}},
		"notificationMetadata": object{"applicationId": "amzn1.sp.solution.mihon",
			"subscriptionId": "mihon", "publishTime": stamp(now),
			"notificationId": fmt.Sprintf("mihon-notification-%04d", m.serial)},
	})
	if err == nil {
		m.queue = append(m.queue, string(message))
	}
}
