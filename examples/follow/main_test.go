package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// TestMain lets the tests start this program: the test binary is the program when childVar is set.
func TestMain(m *testing.M) {
	if os.Getenv(childVar) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

const childVar = "JPMALL_FOLLOW_CHILD"

func follow(t *testing.T, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	var out, messages strings.Builder
	err = run(t.Context(), args, &out, &messages)
	return out.String(), messages.String(), err
}

// startFakes starts fake shops and gives the arguments with which the program follows them.
func startFakes(t *testing.T, n int) (fakes []*fake, args []string) {
	t.Helper()
	fakes, err := openFakes(n)
	require.NoError(t, err)
	t.Cleanup(func() { closeFakes(fakes) })
	var doc struct {
		Shops []map[string]string `json:"shops"`
	}
	for _, f := range fakes {
		doc.Shops = append(doc.Shops, f.settings)
	}
	data, err := json.Marshal(doc)
	require.NoError(t, err)
	folder := t.TempDir()
	config := filepath.Join(folder, "shops.json")
	require.NoError(t, os.WriteFile(config, data, 0o600))
	return fakes, []string{"-config", config, "-db", filepath.Join(folder, "orders & 注文.db")}
}

func TestOnceAndAgain(t *testing.T) {
	fakes, args := startFakes(t, 8)
	args = append(args, "-once")
	out, messages, err := follow(t, args...)
	require.NoError(t, err, messages)
	require.Equal(t, 8*40, strings.Count(out, "\n"))
	require.Equal(t, 8*40, strings.Count(out, "new "))
	require.Regexp(t, `JPY \d+,\d{3}  `, out, "amounts are written as in all examples")

	out, _, err = follow(t, args...)
	require.NoError(t, err)
	require.Empty(t, out, "nothing has changed")

	for _, f := range fakes {
		f.change(f.ids()[39], "お客様より電話あり")
	}
	fakes[0].add()
	out, _, err = follow(t, args...)
	require.NoError(t, err)
	require.Equal(t, 8, strings.Count(out, "changed "), out)
	require.Equal(t, 9, strings.Count(out, "\n"), out)
}

// TestFollowsUntilItIsEnded runs the program as a newcomer does, without any argument but the
// pause.
func TestFollowsUntilItIsEnded(t *testing.T) {
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Minute)
	defer stop()
	out := &watched{enough: 4*40 + 1, stop: stop}
	require.NoError(t, run(ctx, []string{"-every", "100ms"}, out, os.Stderr))
	require.GreaterOrEqual(t, out.lines, out.enough, "orders come and change while it runs")
}

type watched struct {
	mu            sync.Mutex
	lines, enough int
	stop          func()
}

func (w *watched) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.lines += bytes.Count(p, []byte("\n")); w.lines >= w.enough {
		w.stop()
	}
	return len(p), nil
}

func TestTellsOfAShopThatFails(t *testing.T) {
	fakes, args := startFakes(t, 4)
	fakes[3].close()
	_, messages, err := follow(t, append(args, "-once")...)
	require.Error(t, err)
	require.Contains(t, messages, "aupay 10000001: failed")
	out, _, err := follow(t, append(args, "-once")...)
	require.Error(t, err)
	require.Empty(t, out, "the other shops were not held up the first time")
}

func TestBadUseIsRefused(t *testing.T) {
	for want, args := range map[string][]string{
		"no arguments but flags":      {"orders"},
		"-days and -shops":            {"-shops", "0"},
		"no such file":                {"-config", "no-such-file.json"},
		"EXAMPLE_UNSET is not set":    {"-config", write(t, `{"shops":[{"mall":"aupay","shop":"1","api_key":"env:EXAMPLE_UNSET"}]}`)},
		"shops: missing":              {"-config", write(t, `{}`)},
		"want rakuten, yahoo, amazon": {"-config", write(t, `{"shops":[{"mall":"qoo10"}]}`)},
		"shops[0]":                    {"-config", write(t, `{"shops":[{"mall":"aupay","api_key":"invented"}]}`)},
	} {
		_, _, err := follow(t, append([]string{"-once"}, args...)...)
		require.ErrorContains(t, err, want)
	}
}

func write(t *testing.T, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "shops.json")
	require.NoError(t, os.WriteFile(file, []byte(content), 0o600))
	return file
}

func TestReportNamesWhatItIsAbout(t *testing.T) {
	var out strings.Builder
	report(&out)(t.Context(), order.FeedEvent{Kind: order.FeedUnread, Mall: order.Yahoo, Shop: "mihon-store",
		Order: "mihon-store-1",
		Err:   &order.Error{Class: order.ErrUndecodable}, Next: time.Minute})
	report(&out)(t.Context(), order.FeedEvent{Kind: order.FeedCaughtUp})
	require.Contains(t, out.String(), "yahoo mihon-store: unread, order mihon-store-1: undecodable (again in 1m0s)\n")
	require.Equal(t, 1, strings.Count(out.String(), "\n"))
}
