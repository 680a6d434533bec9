package otelorder_test

import (
	"strings"

	"go.opentelemetry.io/otel/attribute"
)

// encoded writes attributes as name=value, sorted by name.
type encoded struct{ attributes []attribute.KeyValue }

func (e encoded) String() string {
	parts := make([]string, len(e.attributes))
	for i, a := range e.attributes {
		parts[i] = string(a.Key) + "=" + a.Value.String()
	}
	return strings.Join(parts, ",")
}
