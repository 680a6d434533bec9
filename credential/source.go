package credential

import "context"

// Source gives the current credential of a shop, each time a client needs it, so that keys can change while the client runs.
// Current must be safe for concurrent use and return quickly when nothing has changed; it may be called for every request.
type Source[T any] interface {
	Current(ctx context.Context) (T, error)
}

// SourceFunc makes a Source of a function.
type SourceFunc[T any] func(ctx context.Context) (T, error)

// Current calls f.
func (f SourceFunc[T]) Current(ctx context.Context) (T, error) { return f(ctx) }

// Static is a Source that always gives the same credential.
func Static[T any](value T) Source[T] {
	return SourceFunc[T](func(context.Context) (T, error) { return value, nil })
}
