package walk

import (
	"net/http"
	"time"
)

// settling is how long after an update, by the mall's clock, another one may come with the same
// instant, where a mall writes instants in whole seconds. Two seconds of it are for answers that are
// a little late.
const settling = 3 * time.Second

// Provisional marks a revision that rests on the instant of the last update, if the order was
// updated just before the mall answered. A second update within the same second has the same
// instant. Since a later reading lacks the mark, Query.Known then sees another revision, and the
// order is read again. An instant with a fraction of a second is exact enough. answer is the header
// of the mall's reply, whose Date is the mall's clock.
func Provisional(revision string, updated time.Time, answer http.Header) string {
	if updated.Nanosecond() != 0 {
		return revision
	}
	asOf, err := http.ParseTime(answer.Get("Date"))
	if err != nil {
		asOf = time.Now()
	}
	// no clock is a minute off; the zero time is long ago
	if age := asOf.Sub(updated); -time.Minute < age && age < settling {
		return revision + "~"
	}
	return revision
}
