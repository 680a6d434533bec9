package rakutentest

import (
	"net/http"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

const (
	opExpiry   = "license.expiryDate.get"
	expiryPath = "/es/1.0/license-management/license-key/expiry-date"
)

// method is how an operation is called.
func method(operation string) string {
	if operation == opExpiry {
		return http.MethodGet
	}
	return http.MethodPost
}

// expiryDate is ライセンス管理API: the end of any key of the shop, in Japan's time without a zone. A key that is over or unknown is
// refused as if it had been used; what the real mall answers has not been published.
func (m *Mall) expiryDate(r call) fake.Reply {
	for _, l := range m.keys {
		if l.key == r.URL.Query().Get("licenseKey") {
			if !r.now.Before(l.ends) {
				return unauthorized("GA0001")
			}
			return fake.JSON(http.StatusOK, map[string]string{"expiryDate": l.ends.Add(-time.Second).In(jst).Format("2006-01-02T15:04:05")})
		}
	}
	return unauthorized("ES01-01")
}
