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

// redact takes a transport's error and leaves out whatever could hold a part of the address beyond its host. The text is not
// wrapped, since errors.Unwrap would bring the address back; a context's error is, since callers ask for it.
func (n *Notifier) redact(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err // what stands around it is the whole address
	}
	text := err.Error()
	u := n.target
	password, _ := u.User.Password()
	secrets := []string{n.cfg.URL.Reveal(), u.String(), u.RequestURI(), u.EscapedPath(), u.Path, u.RawQuery, u.Fragment, password}
	secrets = append(secrets, strings.Split(u.Path, "/")...)
	for _, values := range u.Query() {
		secrets = append(secrets, values...)
	}
	for _, secret := range secrets {
		if len(secret) > 3 { // a shorter one would tear words apart and is no secret
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

// retryAfter reads the header in both of its forms; 0 when it says nothing usable.
func retryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	if seconds, err := strconv.ParseInt(value, 10, 64); err == nil {
		const most = int64(1<<63-1) / int64(time.Second)
		return time.Duration(max(0, min(seconds, most))) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}
