package walk_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/walk"
)

func TestProvisional(t *testing.T) {
	answered := time.Date(2026, 9, 1, 1, 15, 30, 0, time.UTC)
	now := time.Now().Truncate(time.Second)
	header := http.Header{"Date": {answered.Format(http.TimeFormat)}}
	for name, tc := range map[string]struct {
		updated time.Time
		header  http.Header
		want    string
	}{
		"in the same second":         {answered, header, "r~"},
		"two seconds before":         {answered.Add(-2 * time.Second), header, "r~"},
		"the mall's clocks differ":   {answered.Add(30 * time.Second), header, "r~"},
		"three seconds before":       {answered.Add(-3 * time.Second), header, "r"},
		"in milliseconds":            {answered.Add(123 * time.Millisecond), header, "r"},
		"never":                      {time.Time{}, header, "r"},
		"in the future":              {answered.Add(time.Hour), header, "r"},
		"now, by our own clock":      {now, nil, "r~"},
		"a minute ago, by our own":   {now.Add(-time.Minute), nil, "r"},
		"a Date that cannot be read": {now, http.Header{"Date": {"today"}}, "r~"},
	} {
		require.Equal(t, tc.want, walk.Provisional("r", tc.updated, tc.header), name)
	}
}
