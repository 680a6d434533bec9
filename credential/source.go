package credential

import "context"

// Source returns the current credential of a shop. Clients call Current whenever they need the
// credential, perhaps for every request, so that keys can change while they run. Current must be
// safe for concurrent use, and return quickly when nothing has changed.
type Source[T any] interface {
	Current(ctx context.Context) (T, error)
}

// SourceFunc is a function that implements Source.
type SourceFunc[T any] func(ctx context.Context) (T, error)

// Current calls f.
func (f SourceFunc[T]) Current(ctx context.Context) (T, error) { return f(ctx) }

// Static returns a Source that always returns value.
func Static[T any](value T) Source[T] {
	return SourceFunc[T](func(context.Context) (T, error) { return value, nil })
}
