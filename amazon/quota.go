package amazon

import (
	"net/http"
	"strconv"
	"time"

	"github.com/jpmall/jpmall/internal/transport"
)

// rateLimit reads x-amzn-RateLimit-Limit: the current rate in calls per second. 0 means that it was not sent.
func rateLimit(h http.Header) float64 {
	v, err := strconv.ParseFloat(h.Get("x-amzn-RateLimit-Limit"), 64)
	if err != nil || !(v > 0 && v < 1e6) {
		return 0
	}
	return v
}

// learn takes over the rate that Amazon tells. It tells the rate, never the burst, and only on 20x, 400 and 404; a header
// elsewhere is not believed. A rate below one call a day is taken for a mistake.
func learn(_ transport.Operation, r *transport.Response) (transport.Quota, bool) {
	switch {
	case r.Status >= 200 && r.Status < 300, r.Status == http.StatusBadRequest, r.Status == http.StatusNotFound:
	default:
		return transport.Quota{}, false
	}
	rate := rateLimit(r.Header)
	if rate == 0 {
		return transport.Quota{}, false
	}
	every := time.Duration(float64(time.Second) / rate)
	if every <= 0 || every > 24*time.Hour {
		return transport.Quota{}, false
	}
	return transport.Quota{Every: every}, true
}
