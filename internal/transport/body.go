package transport

import (
	"errors"
	"io"
	"net/http"
	"slices"
)

// errTooLarge is a reply above Limits.MaxBody.
var errTooLarge = errors.New("reply is larger than the limit")

// readBody reads a reply in bounded memory. A failed reply is cut at MaxErrorBody, since its status already says that it failed;
// so does one that breaks off; a good one above MaxBody is refused, since half of it would be read as the whole. The bound holds after decompression, and a
// reply that ends before its announced length is io.ErrUnexpectedEOF.
func readBody(resp *http.Response, l Limits) ([]byte, error) {
	limit, cut := l.MaxBody, false
	if resp.StatusCode >= http.StatusMultipleChoices {
		limit, cut = min(l.MaxErrorBody, l.MaxBody), true
	}
	if resp.ContentLength > limit && !cut {
		return nil, errTooLarge
	}
	// An announced length saves the growing, but it is only the server's word: no more than 1 MiB is taken on trust.
	size := min(max(resp.ContentLength+1, 512), limit+1, 1<<20)
	buf := make([]byte, 0, size)
	for {
		if len(buf) == cap(buf) {
			// append grows big slices by a quarter, so that a body of unannounced length would be copied four times over.
			buf = slices.Grow(buf, int(min(int64(cap(buf)), limit+1-int64(len(buf)))))
		}
		room := min(int64(cap(buf)), limit+1)
		n, err := resp.Body.Read(buf[len(buf):room])
		buf = buf[:len(buf)+n]
		switch {
		case int64(len(buf)) > limit && cut:
			return buf[:limit], nil
		case int64(len(buf)) > limit:
			return nil, errTooLarge
		case errors.Is(err, io.EOF), err != nil && cut:
			return buf, nil
		case err != nil:
			return nil, err
		}
	}
}
