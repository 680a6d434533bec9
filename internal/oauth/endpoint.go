package oauth

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
	"golang.org/x/oauth2"
)

// Style is how the client's id and secret are sent. It is never detected by trial, which would
// spend one-time codes.
type Style uint8

// The styles.
const (
	Basic  Style = iota // in the Authorization header; Yahoo! prefers it
	Params              // in the form; Amazon requires it
)

// Config is a token endpoint and its client. TokenURL, Mall and Credentials are required.
type Config struct {
	TokenURL  string // http or https, no query
	PlainHTTP bool   // TokenURL may be http to a machine other than this one
	// Credentials returns the client id and secret. It is called for each request, so that they
	// can be rotated. For a client without a secret (Yahoo! クライアントサイド) the secret is empty; the id
	// is then sent in the form.
	Credentials func(ctx context.Context) (id string, secret credential.Secret, err error)
	Style       Style

	HTTPClient *http.Client // never changed; nil = a private one
	UserAgent  string
	Mall       order.Mall
	Shop       string
	Logger     *slog.Logger   // nil = silent
	Observer   order.Observer // nil = none

	// Store, with StoreKey, shares tokens between processes. A token is stored before it is used,
	// and a token stored by another process is used instead of requesting one. If several
	// processes renew at once, all use the first one's token, even if the server issues a new
	// refresh token each time and refuses the old one. A token that could not be stored is not
	// used; the next refresh stores it instead of requesting another. nil = in memory only.
	Store    credential.Store
	StoreKey string
}

// StoreKey returns the key under which a mall's client keeps something of a shop in a
// credential.Store.
func StoreKey(mall order.Mall, shop, what string) string {
	return string(mall) + "/" + url.PathEscape(shop) + "/" + what
}

const (
	// a token is renewed in the background from this long before its expiry
	advisory  = 2 * time.Minute
	mandatory = 30 * time.Second // a token is not handed out from this long before its expiry
	rest      = 5 * time.Second  // no request this long after a failure, nor for a token this young
	timeout   = 30 * time.Second // limit of a refresh, whoever waits
)

// operation is the name of the token request in errors, events and logs.
const operation = "token"

// client returns the transport for one kind of grant. The retry class depends on the grant: a code
// works once, while requesting an access token changes nothing, since neither mall is known to
// rotate refresh tokens.
func (c Config) client(retry transport.Retry) (*transport.Client, transport.Operation, error) {
	refuse := func(text string) error {
		return &order.Error{Class: order.ErrInvalid, Mall: c.Mall, Shop: c.Shop,
			Operation: operation, Err: errors.New(text)}
	}
	none := transport.Operation{}
	switch {
	case c.Credentials == nil:
		return nil, none, refuse("config field Credentials is missing")
	case c.Style > Params:
		return nil, none, refuse("config field Style is neither Basic nor Params")
	case c.Store != nil && c.StoreKey == "":
		return nil, none, refuse("config field Store goes with StoreKey")
	}
	u, err := url.Parse(c.TokenURL)
	if err != nil || u.Path == "" {
		return nil, none, refuse("config field TokenURL is not the URL of a token endpoint")
	}
	// EscapedPath would bring escapes into an operation's path; no token endpoint needs them.
	op := transport.Operation{Name: operation, Method: http.MethodPost, Path: u.Path, Retry: retry}
	u.Path, u.RawPath = "", ""
	t, err := transport.New(transport.Config{
		Mall: c.Mall, Shop: c.Shop, HTTPClient: c.HTTPClient, BaseURL: u.String(),
		PlainHTTP: c.PlainHTTP, UserAgent: c.UserAgent,
		Logger: c.Logger, Observer: c.Observer, Operations: []transport.Operation{op},
		Limits: transport.Limits{
			MaxBody: maxBody, MaxErrorBody: maxBody, MaxAttempts: 3,
			MaxRetryAfter: 10 * time.Second,
			MaxElapsed:    timeout, BackoffMin: 250 * time.Millisecond, BackoffMax: 2 * time.Second,
		},
		Header:    http.Header{"Accept": {"application/json"}},
		Sign:      c.sign,
		Classify:  classify,
		RequestID: func(h http.Header) string { return h.Get("X-Amzn-Requestid") },
	})
	return t, op, err
}

const maxBody = 64 << 10

// ask sends one grant and reads the token.
func ask(
	ctx context.Context, cfg Config, t *transport.Client, op transport.Operation, form url.Values,
) (*oauth2.Token, error) {
	// a token's life is counted from before the request, which is the earlier and so the safer side
	asked := time.Now()
	reply, err := t.Do(ctx, transport.Call{
		Operation: op, Body: []byte(form.Encode()),
		ContentType: "application/x-www-form-urlencoded;charset=UTF-8",
	})
	var e *order.Error
	if errors.As(err, &e) && transport.Unsettled(err) {
		e.Hint = order.Text{
			EN: "the answer was lost and the code may be spent: begin the consent again",
			JA: "応答を受け取れず、認可コードが使用済みの可能性があります。同意の手続きを最初からやり直してください"}
	}
	if err != nil {
		return nil, err
	}
	token, err := parse(reply.Body, asked)
	if err != nil {
		class := order.ErrUndecodable
		if (errors.Is(err, errNoAnswer) || errors.Is(err, errGarbled)) &&
			op.Retry == transport.Read {
			class = order.ErrTemporary
		}
		return nil, &order.Error{Class: class, Mall: cfg.Mall, Shop: cfg.Shop, Operation: operation,
			HTTPStatus: reply.Status, RequestID: reply.RequestID, Attempts: reply.Attempts,
			Err: err, Hint: transport.HintOf(class)}
	}
	return token, nil
}

// sign adds the client's id and secret in the configured way.
func (c Config) sign(ctx context.Context, req *http.Request, body []byte) error {
	id, secret, err := c.Credentials(ctx)
	if err != nil {
		return err
	}
	if id == "" {
		return &order.Error{Class: order.ErrUnauthorized, Message: "the client id is empty",
			Hint: transport.UnsentHint}
	}
	if c.Style == Basic && !secret.IsZero() {
		// RFC 6749 section 2.3.1: both are form-encoded first.
		pair := url.QueryEscape(id) + ":" + url.QueryEscape(secret.Reveal())
		req.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(pair)))
		return nil
	}
	form := string(body) + "&client_id=" + url.QueryEscape(id)
	if !secret.IsZero() {
		form += "&client_secret=" + url.QueryEscape(secret.Reveal())
	}
	req.Body, req.ContentLength = io.NopCloser(strings.NewReader(form)), int64(len(form))
	req.GetBody = nil
	return nil
}

// A longer announced life is an error.
const maxLife = 10 * 365 * 24 * time.Hour

// seconds reads expires_in, which servers write as a number or a string, or omit.
type seconds struct {
	value time.Duration
	told  bool
}

func (s *seconds) UnmarshalJSON(data []byte) error {
	text := strings.TrimSpace(strings.Trim(string(data), `"`))
	if text == "null" || text == "" {
		return nil
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(n) || n <= 0 || n > maxLife.Seconds() {
		return errors.New("expires_in is no time span")
	}
	s.value, s.told = time.Duration(n*float64(time.Second)), true
	return nil
}

// errNoAnswer is a reply that is not a token endpoint's, such as a gateway's.
var errNoAnswer = errors.New("the token reply is not the JSON it should be")

// errGarbled is a token that was damaged in transit.
var errGarbled = errors.New("the token reply holds a token with characters that no token has")

// garbled reports whether a token has characters that RFC 6749 does not allow: anything but
// visible ASCII. A line break would end a header.
func garbled(token string) bool {
	return strings.ContainsFunc(token, func(r rune) bool { return r < ' ' || r > '~' })
}

// parse reads a token reply. Its errors quote nothing of the reply, all of which is secret. A
// reply without expires_in gives a token without expiry, which is used until the mall refuses it.
func parse(body []byte, asked time.Time) (*oauth2.Token, error) {
	var r struct {
		AccessToken  string  `json:"access_token"`
		TokenType    string  `json:"token_type"`
		RefreshToken string  `json:"refresh_token"`
		ExpiresIn    seconds `json:"expires_in"`
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(body, &fields) != nil || fields["access_token"] == nil {
		return nil, errNoAnswer
	}
	if err := json.Unmarshal(body, &r); err != nil {
		return nil, errors.New("the token reply is not as documented")
	}
	if strings.TrimSpace(r.AccessToken) == "" {
		return nil, errors.New("the token reply holds an empty access_token")
	}
	if garbled(r.AccessToken) || garbled(r.RefreshToken) {
		return nil, errGarbled
	}
	token := &oauth2.Token{AccessToken: r.AccessToken, TokenType: r.TokenType,
		RefreshToken: r.RefreshToken}
	if r.ExpiresIn.told {
		token.Expiry = asked.Add(r.ExpiresIn.value)
		token.ExpiresIn = int64(r.ExpiresIn.value / time.Second)
	}
	return token, nil
}

var consentHint = order.Text{
	EN: "someone must authorise again: the refresh token or code has expired, was revoked or is mistyped",
	JA: "再認可（同意のやり直し）が必要です。リフレッシュトークンまたは認可コードが期限切れ・失効・誤入力です"}

// refusals are the error codes of RFC 6749 section 5.2 and those seen at Yahoo! and Amazon.
var refusals = map[string]struct {
	class order.Class
	hint  order.Text
}{
	"invalid_grant": {order.ErrCredentialExpired, consentHint},
	"invalid_token": {order.ErrCredentialExpired, consentHint},
	"invalid_client": {order.ErrUnauthorized,
		order.Text{
			EN: "check the client id and the client secret: one is wrong, or the secret has expired",
			JA: "クライアントIDとクライアントシークレットを確認してください。誤りがあるか、シークレットの期限が切れています"}},
	"unauthorized_client": {order.ErrForbidden,
		order.Text{
			EN: "the refresh token belongs to another client id, or this client may not use the grant",
			JA: "リフレッシュトークンが別のクライアントIDのものか、このクライアントには許可されていない認可方式です"}},
	"access_denied": {order.ErrForbidden,
		order.Text{EN: "the consent was refused", JA: "同意が拒否されました"}},
	"invalid_scope": {order.ErrInvalid,
		order.Text{EN: "the scope is unknown or not granted to this client",
			JA: "スコープが不明か、このクライアントに許可されていません"}},
	"invalid_request": {order.ErrInvalid,
		order.Text{EN: "the token request lacks something the server wants",
			JA: "トークンのリクエストに必要な項目がありません"}},
	"invalid_redirect_uri": {order.ErrInvalid,
		order.Text{EN: "the redirect URI is not the registered one",
			JA: "リダイレクトURIが登録済みのものと一致しません"}},
	"unsupported_grant_type":  {order.ErrInvalid, order.Text{}},
	"server_error":            {order.ErrTemporary, order.Text{}},
	"temporarily_unavailable": {order.ErrTemporary, order.Text{}},
	"slow_down":               {order.ErrRateLimited, order.Text{}},
	"request_throttled":       {order.ErrRateLimited, order.Text{}},
}

// classify reads a token endpoint's refusal; some servers refuse inside a 200. Only a known error
// code is passed on, since the description may quote the request. A failed reply that names no
// error is not the endpoint's: a server before it answered.
func classify(_ transport.Operation, r *transport.Response) *order.Error {
	var body struct {
		Error string `json:"error"`
	}
	_ = json.Unmarshal(r.Body, &body) // an unreadable body leaves the status to decide
	code := strings.ToLower(strings.TrimSpace(body.Error))
	known, ok := refusals[code]
	switch {
	case r.Status >= 500 || r.Status == 429:
		if !ok {
			code = ""
		}
		return &order.Error{Class: transport.ClassOf(r.Status), Code: code}
	case ok:
		return &order.Error{Class: known.class, Code: code, Hint: known.hint}
	case code != "" && r.Status < 400:
		return &order.Error{Class: order.ErrInvalid,
			Message: "the server refused with an error code that is not known"}
	case r.Status >= 400 && code == "":
		return transport.Strange(transport.JSON, r)
	case r.Status == 401:
		return &order.Error{Class: order.ErrUnauthorized, Hint: refusals["invalid_client"].hint}
	case r.Status >= 400:
		return &order.Error{Class: transport.ClassOf(r.Status)}
	}
	return nil
}
