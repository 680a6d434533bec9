package fake

import "time"

// Settings adds to a fake's settings the known dates, and "unlimited" if the fake enforces no
// quotas.
func Settings(values map[string]string, dates map[string]time.Time, quotas bool) map[string]string {
	for name, at := range dates {
		if !at.IsZero() {
			values[name] = at.Format(time.RFC3339)
		}
	}
	if !quotas {
		values["unlimited"] = "true"
	}
	return values
}
