package webhook

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// redact removes from a transport's error what could be a part of the address beyond its host. The
// error is not wrapped, since errors.Unwrap would reveal the address; only a context's error is,
// since callers check for it.
func (n *Notifier) redact(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err // the text around it is the whole address
	}
	text := err.Error()
	u := n.target
	password, _ := u.User.Password()
	secrets := []string{n.cfg.URL.Reveal(), u.String(), u.RequestURI(), u.EscapedPath(), u.Path,
		u.RawQuery, u.Fragment, password}
	secrets = append(secrets, strings.Split(u.Path, "/")...)
	for _, values := range u.Query() {
		secrets = append(secrets, values...)
	}
	for _, secret := range secrets {
		if len(secret) > 3 { // a shorter one is no secret, but a part of many words
			text = strings.ReplaceAll(text, secret, "[redacted]")
		}
	}
	for _, known := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, known) {
			return fmt.Errorf("%s://%s: %w", u.Scheme, u.Host, known)
		}
	}
	return fmt.Errorf("%s://%s: %s", u.Scheme, u.Host, text)
}

// longestRetryAfter is the longest Retry-After that is believed, as in the malls' clients.
const longestRetryAfter = time.Hour

// retryAfter parses both forms of the header; 0 when it is missing or invalid.
func retryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	if seconds, err := strconv.ParseInt(value, 10, 64); err == nil {
		most := int64(longestRetryAfter / time.Second)
		return time.Duration(max(0, min(seconds, most))) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, min(at.Sub(now), longestRetryAfter))
	}
	return 0
}
