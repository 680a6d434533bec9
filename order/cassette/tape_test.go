package cassette_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/cassette"
)

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func call(t *testing.T, rt http.RoundTripper, path, body string) (status int, got string, err error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), "POST", "https://mall.example"+path, strings.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/json")
	resp, err := rt.RoundTrip(req)
	if err != nil {
		return 0, "", err
	}
	read, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(read), errors.Join(err, resp.Body.Close())
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

const getOrder = "/es/2.0/order/getOrder/"

func TestTape(t *testing.T) {
	var file bytes.Buffer
	recorder, err := cassette.NewRecorder(&file)
	require.NoError(t, err)
	answers := []func() (*http.Response, error){
		func() (*http.Response, error) {
			return &http.Response{StatusCode: 200, Body: io.NopCloser(strings.NewReader(`{"units":1}`))}, nil
		},
		func() (*http.Response, error) {
			return &http.Response{StatusCode: 200, Body: io.NopCloser(strings.NewReader(`{"units":2}`))}, nil
		},
		func() (*http.Response, error) {
			return &http.Response{StatusCode: 500,
				Body: io.NopCloser(io.MultiReader(strings.NewReader(`{"units":`), broken{}))}, nil
		},
		func() (*http.Response, error) {
			return &http.Response{StatusCode: 200, Body: io.NopCloser(strings.NewReader("\xff\x00"))}, nil
		},
		func() (*http.Response, error) { return nil, errors.New("dial tcp 192.0.2.1: secret words") },
	}
	rt := recorder.Transport(order.Rakuten, "mihon-shop", roundTripper(func(req *http.Request) (*http.Response, error) {
		_, err := io.ReadAll(req.Body)
		require.NoError(t, err)
		next := answers[0]
		answers = answers[1:]
		return next()
	}))
	first := `{"orderNumberList":["123456-20260601-0000000001"],"startDatetime":"2026-06-01T00:00:00+0900"}`
	for range 2 {
		_, _, err := call(t, rt, getOrder, first)
		require.NoError(t, err)
	}
	_, _, err = call(t, rt, getOrder, `{"version":7}`)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF, "the client sees what happened")
	_, _, err = call(t, rt, getOrder, `{"version":8}`)
	require.NoError(t, err)
	_, _, err = call(t, rt, getOrder, `{"version":9}`)
	require.Error(t, err)
	require.NoError(t, recorder.Err())
	for _, gone := range []string{"mihon", "123456", "secret", "192.0.2.1"} {
		require.NotContains(t, file.String(), gone)
	}

	tape, err := cassette.Read(&file)
	require.NoError(t, err)
	require.Len(t, tape.Exchanges(), 5)
	require.Regexp(t, `^[a-z]{5}-[a-z]{4}$`, tape.Shop(order.Rakuten))
	require.Empty(t, tape.Shop(order.Yahoo))
	play := tape.Transport(order.Rakuten)
	asked := strings.ReplaceAll(tape.Exchanges()[0].Request.Body, "2026-06-01T00", "2027-01-31T23")
	for _, want := range []string{`{"units":1}`, `{"units":2}`} {
		_, got, err := call(t, play, "/relay"+getOrder, asked)
		require.NoError(t, err)
		require.Equal(t, want, got, "in the order of the recording, at another time")
	}
	require.Len(t, tape.Left(), 3)
	_, _, err = call(t, play, getOrder, asked)
	require.ErrorIs(t, err, cassette.ErrNotRecorded)
	require.ErrorIs(t, err, order.ErrInvalid)
	require.ErrorContains(t, err, "a second time")
	_, _, err = call(t, play, getOrder, `{"version":1}`)
	require.ErrorContains(t, err, "there are 5 with another query or body")
	_, _, err = call(t, play, "/es/2.0/order/searchOrder/", "")
	require.ErrorIs(t, err, cassette.ErrNotRecorded)
	require.ErrorContains(t, err, "rakuten POST /es/2.0/order/searchOrder/")
	status, _, err := call(t, play, getOrder, `{"version":7}`)
	require.Equal(t, 500, status)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF, "a reply that was cut off is cut off again")
	_, _, err = call(t, play, getOrder, `{"version":8}`)
	require.ErrorContains(t, err, "left out")
	_, _, err = call(t, play, getOrder, `{"version":9}`)
	require.ErrorContains(t, err, "no reply when this was recorded")
	require.Empty(t, tape.Left())

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	req, err := http.NewRequestWithContext(ctx, "GET", "https://mall.example/", nil)
	require.NoError(t, err)
	_, err = play.RoundTrip(req)
	require.ErrorIs(t, err, context.Canceled)
}

func TestWhatIsNoRecordingIsRefused(t *testing.T) {
	for file, want := range map[string]string{
		"{}": "not a recording", "x": "not a recording", `{"cassette":2}`: "version 2", "{\"cassette\":1}\nx": "line 2",
		"{\"cassette\":1}\n\n{\"mall\":\"yahoo\"}": "line 3: mall, method or path is missing",
	} {
		_, err := cassette.Read(strings.NewReader(file))
		require.ErrorContains(t, err, want)
	}
	_, err := cassette.Load("testdata/none.jsonl")
	require.Error(t, err)
}

type full struct{ n int }

func (f *full) Write(p []byte) (int, error) {
	if f.n++; f.n > 1 {
		return 0, errors.New("no space")
	}
	return len(p), nil
}

func TestAFullDiskDisturbsNoCall(t *testing.T) {
	recorder, err := cassette.NewRecorder(&full{})
	require.NoError(t, err)
	status, _, err := call(t, recorder.Transport("fifth", "shop",
		roundTripper(func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 204, Body: http.NoBody}, nil
		})), "/orders", "{}")
	require.NoError(t, err)
	require.Equal(t, 204, status)
	require.ErrorContains(t, recorder.Err(), "no space")
}
