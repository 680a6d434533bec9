package transport_test

import (
	"bytes"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
)

// BenchmarkBodyOfUnannouncedLength reads a page of orders that comes in chunks; B/op beside its 3
// MiB is what the growing costs.
func BenchmarkBodyOfUnannouncedLength(b *testing.B) {
	page := bytes.Repeat([]byte("0123456789abcdef"), 3<<16)
	b.ReportAllocs()
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		got, err := transport.ReadBody(&http.Response{StatusCode: 200, ContentLength: -1,
			Body: io.NopCloser(bytes.NewReader(page))}, 64<<20)
		if err != nil || len(got) != len(page) {
			b.Fatal(len(got), err)
		}
	}
}

// A body of any length is read whole up to the limit, and no byte beyond it, and the buffer is
// never much larger than twice the body.
func TestBodiesOfUnannouncedLength(t *testing.T) {
	const limit = 1 << 16
	for _, n := range []int{0, 1, 511, 512, 513, 4096, 40_000, limit - 1, limit, limit + 1, 3 * limit} {
		page := bytes.Repeat([]byte("x"), n)
		got, err := transport.ReadBody(&http.Response{StatusCode: 200, ContentLength: -1,
			Body: io.NopCloser(bytes.NewReader(page))}, limit)
		if n > limit {
			require.Error(t, err, n)
			continue
		}
		require.NoError(t, err, n)
		require.Equal(t, page, append([]byte{}, got...), n)
		require.LessOrEqual(t, cap(got), max(1024, 5*n/2), n)
	}
}
