package rakutentest

import (
	"encoding/base64"
	"fmt"
	"hash/fnv"
	"net/http"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// jst is Japan's time.
var jst = time.FixedZone("JST", 9*60*60)

// licence is one licenseKey.
type licence struct {
	key      string
	issued   time.Time
	accepted time.Time // from when on
	ends     time.Time // first instant at which it has expired
}

// newLicence lives 90 days, to the end of the last day in Japan.
func newLicence(key string, issued, accepted time.Time) licence {
	y, mon, d := issued.In(jst).AddDate(0, 0, 90).Date()
	return licence{key: key, issued: issued, accepted: accepted,
		ends: time.Date(y, mon, d+1, 0, 0, 0, 0, jst)}
}

// LicenseKey returns the newest licenseKey.
func (m *Mall) LicenseKey() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.keys[len(m.keys)-1].key
}

// IssueKey issues a new licenseKey, as the shop's staff does in RMS, and returns it. It is accepted
// after [Options.Propagation]. [Options.OldKeyDies] says what becomes of the previous one.
func (m *Mall) IssueKey() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	if m.options.OldKeyDies {
		for i := range m.keys {
			m.keys[i].ends = now
		}
	}
	key := fmt.Sprintf("SL000000_mihonRenewed%03d", len(m.keys))
	m.keys = append(m.keys, newLicence(key, now, now.Add(max(m.options.Propagation, 0))))
	return key
}

// RevokeKey makes a licenseKey expire at once.
func (m *Mall) RevokeKey(key string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i := range m.keys {
		if m.keys[i].key == key {
			m.keys[i].ends = time.Now()
		}
	}
}

// KeyEnds returns the last second at which a licenseKey is valid; zero for an unknown key.
func (m *Mall) KeyEnds(key string) time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, l := range m.keys {
		if l.key == key {
			return l.ends.Add(-time.Second).In(jst)
		}
	}
	return time.Time{}
}

// Function ticks or unticks the function of an operation (利用機能編集). All are ticked at first.
func (m *Mall) Function(operation string, on bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.off[operation] = !on
}

// authorize checks the ESA header, the key's life and the function.
func (m *Mall) authorize(r *fake.Request) (string, *fake.Reply) {
	refuse := func(reply fake.Reply) (string, *fake.Reply) { return "", &reply }
	encoded, ok := strings.CutPrefix(r.Header.Get("Authorization"), "ESA ")
	plain, err := base64.StdEncoding.DecodeString(encoded)
	secret, key, both := strings.Cut(string(plain), ":")
	if !ok || err != nil || !both {
		return refuse(fake.JSON(http.StatusBadRequest, gatewayBody("ES04-01", "Bad Request")))
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if secret != m.options.ServiceSecret {
		return refuse(unauthorized("ES01-01"))
	}
	now := time.Now()
	for _, l := range m.keys {
		if l.key != key {
			continue
		}
		switch {
		case now.Before(l.accepted):
			return refuse(unauthorized("ES01-01"))
		case !now.Before(l.ends):
			return refuse(unauthorized("GA0001"))
		case m.off[r.Operation]:
			return refuse(fake.JSON(http.StatusBadRequest, gatewayBody("ES04-01", "Bad Request")))
		}
		return m.options.Shop, nil
	}
	return refuse(unauthorized("ES01-01"))
}

// requestID returns an invented id of the request.
func requestID(r *fake.Request) string {
	h := fnv.New128a()
	fmt.Fprint(h, time.Now().UnixNano(), r.URL.Path)
	s := fmt.Sprintf("%x", h.Sum(nil))
	return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:32]
}
