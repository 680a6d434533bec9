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

// APIKey is the key that is accepted now.
func (m *Mall) APIKey() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.key
}

// IssueKey makes a new key, as the shop does on the admin screen. The old one is refused from then on; whether the real mall keeps it
// for a while is not known.
func (m *Mall) IssueKey() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.issued = time.Now()
	m.keys++
	m.key = m.opt.APIKey + "-" + strconv.Itoa(m.keys)
	return m.key
}

// RegisterAddresses replaces the registered addresses (接続元IPアドレス) from the next call on; without any, all callers are let in.
func (m *Mall) RegisterAddresses(addresses ...string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.opt.Addresses = slices.Clone(addresses)
}

// CallFrom says which address the calls come from, since the real one is that of this machine.
func (m *Mall) CallFrom(address string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.caller = address
}

// auth checks address and key. How the mall answers an address that is not registered is not known: here it is a 403 of its front.
func (m *Mall) auth(r *fake.Request) (string, *fake.Reply) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var refusal fake.Reply
	expired := !m.issued.IsZero() && time.Since(m.issued) >= keyLife
	switch {
	case len(m.opt.Addresses) > 0 && !slices.Contains(m.opt.Addresses, m.caller):
		refusal = fake.HTML(http.StatusForbidden, "<html><body><h1>403 Forbidden</h1></body></html>")
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
