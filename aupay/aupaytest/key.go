package aupaytest

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// keyLife is how long a key is accepted.
const keyLife = 90 * 24 * time.Hour

// APIKey returns the key that is accepted now.
func (m *Mall) APIKey() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.key
}

// IssueKey issues and returns a new key, as the shop does on the admin screen. The old one is
// refused at once; whether the real mall accepts it for a while is not known.
func (m *Mall) IssueKey() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.issued = time.Now()
	m.keys++
	m.key = m.opt.APIKey + "-" + strconv.Itoa(m.keys)
	return m.key
}

// RegisterAddresses replaces the registered addresses (接続元IPアドレス). Without any, calls from all
// addresses are accepted.
func (m *Mall) RegisterAddresses(addresses ...string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.opt.Addresses = slices.Clone(addresses)
}

// CallFrom sets the address that calls come from, in place of the real one.
func (m *Mall) CallFrom(address string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.caller = address
}

// auth checks address and key. How the mall refuses an address that is not registered is not known:
// here it is a 403 with an HTML page.
func (m *Mall) auth(r *fake.Request) (string, *fake.Reply) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var refusal fake.Reply
	expired := !m.issued.IsZero() && time.Since(m.issued) >= keyLife
	switch {
	case len(m.opt.Addresses) > 0 && !slices.Contains(m.opt.Addresses, m.caller):
		refusal = fake.HTML(http.StatusForbidden,
			"<html><body><h1>403 Forbidden</h1></body></html>")
	case r.Header.Get("Authorization") != "Bearer "+m.key || expired:
		refusal = m.refusedKey()
	default:
		return m.opt.Shop, nil
	}
	return "", &refusal
}

func (m *Mall) refusedKey() fake.Reply {
	return m.failure(http.StatusUnauthorized, "0002", "認証に失敗しました")
}
