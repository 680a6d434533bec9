package oauth

import (
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	"golang.org/x/oauth2"
)

// A token's announced life beyond this is no life but a mistake.
const maxLife = 10 * 365 * 24 * time.Hour

// seconds reads expires_in, which servers write as a number, a string, or not at all.
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

// errNoAnswer is a reply that is none of a token endpoint: a gateway in between has spoken.
var errNoAnswer = errors.New("the token reply is not the JSON it should be")

// errGarbled is a token that suffered on the way.
var errGarbled = errors.New("the token reply holds a token with characters that no token has")

// garbled tells whether a token has what RFC 6749 lets none have: all but visible ASCII. A line break in one would end a header.
func garbled(token string) bool {
	return strings.ContainsFunc(token, func(r rune) bool { return r < ' ' || r > '~' })
}

// parse reads a token reply. Its errors repeat nothing of the reply, since all of it is secret. A reply without expires_in gives
// a token without an end: it is used until the mall refuses it.
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
	token := &oauth2.Token{AccessToken: r.AccessToken, TokenType: r.TokenType, RefreshToken: r.RefreshToken}
	if r.ExpiresIn.told {
		token.Expiry = asked.Add(r.ExpiresIn.value)
		token.ExpiresIn = int64(r.ExpiresIn.value / time.Second)
	}
	return token, nil
}
