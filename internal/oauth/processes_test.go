package oauth_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// TestMain makes the test binary its own child: with childEnv set it is a process that works for a
// shop.
func TestMain(m *testing.M) {
	if text := os.Getenv(childEnv); text != "" {
		if err := work(text); err != nil {
			fmt.Println("failed", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

var seconds = flag.Int("rotation", 6, "how many seconds processes are killed while refresh tokens rotate")

const childEnv = "JPMALL_TEST_ROTATION"

// shop is what a child needs to know.
type shop struct{ URL, TokenURL, Shop, ClientID, Secret, Refresh, Store string }

// work calls the mall every few milliseconds and says how it went, until its standard input ends.
// It leaves just after a renewal, when the next one is not due: nothing could save the refresh
// token of one that it left behind.
func work(text string) error {
	var s shop
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return err
	}
	store, err := credential.OpenFile(credential.FileConfig{Path: s.Store})
	if err != nil {
		return err
	}
	var asked, renewed atomic.Int64
	c, err := amazon.New(amazon.Config{Shop: s.Shop, BaseURL: s.URL, TokenURL: s.TokenURL,
		Store:      timing{store, &asked},
		Limiter:    order.Unlimited,
		HTTPClient: &http.Client{Transport: telling{&asked}},
		Observer: order.ObserverFunc(func(_ context.Context, e order.Event) {
			if e.Kind == order.EventRefresh {
				renewed.Store(time.Now().UnixNano())
			}
		}),
		Keys: credential.Static(amazon.Keys{ClientID: s.ClientID, ClientSecret: credential.NewSecret(s.Secret),
			RefreshToken: credential.NewSecret(s.Refresh)})})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	go func() { _, _ = os.Stdin.Read(make([]byte, 1)); cancel() }()
	for ctx.Err() == nil || !errors.Is(err, order.ErrCredentialExpired) && // the dead renew nothing
		time.Now().UnixNano()-renewed.Load() > int64(250*time.Millisecond) {
		err = c.Check(context.WithoutCancel(ctx))
		switch {
		case err == nil:
			fmt.Println("well")
		case errors.Is(err, order.ErrCredentialExpired):
			fmt.Println("dead")
		default:
			fmt.Println("other", err)
		}
		time.Sleep(20 * time.Millisecond)
	}
	return nil
}

// timing says how long it took from the request for a token until it was stored.
type timing struct {
	credential.Store
	asked *atomic.Int64
}

func (s timing) Save(ctx context.Context, key string, value []byte, version string) (string, error) {
	now, err := s.Store.Save(ctx, key, value, version)
	if err == nil {
		fmt.Println("took", time.Now().UnixNano()-s.asked.Load())
	}
	return now, err
}

// telling says which refresh token came, before anybody can store it.
type telling struct{ asked *atomic.Int64 }

func (s telling) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.Contains(r.URL.Path, "token") {
		s.asked.Store(time.Now().UnixNano())
	}
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil || !strings.Contains(r.URL.Path, "token") {
		return resp, err
	}
	body, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	var reply struct {
		Refresh string `json:"refresh_token"`
	}
	if err == nil && json.Unmarshal(body, &reply) == nil && reply.Refresh != "" {
		fmt.Println("got", reply.Refresh)
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, err
}

// child is a running process.
type child struct {
	cmd   *exec.Cmd
	stop  func() error
	mu    sync.Mutex
	lines []string
	read  sync.WaitGroup
}

func start(t *testing.T, s shop) *child {
	t.Helper()
	exe, err := os.Executable()
	require.NoError(t, err)
	text, err := json.Marshal(s)
	require.NoError(t, err)
	c := &child{cmd: exec.CommandContext(t.Context(), exe)}
	c.cmd.Env = append(os.Environ(), childEnv+"="+string(text))
	in, err := c.cmd.StdinPipe()
	require.NoError(t, err)
	out, err := c.cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, c.cmd.Start())
	c.stop = in.Close
	c.read.Go(func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			c.mu.Lock()
			c.lines = append(c.lines, lines.Text())
			c.mu.Unlock()
		}
	})
	return c
}

// said is what the process has said after the first lines.
func (c *child) said(first int) []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.lines[first:])
}

// end waits for the process and tells how often it called the credential dead, and how long the
// slowest renewal took.
func (c *child) end() (dead int, slowest time.Duration) {
	c.read.Wait()
	_ = c.cmd.Wait() // a killed one fails
	for _, line := range c.said(0) {
		var took time.Duration
		if line == "dead" {
			dead++
		} else if n, _ := fmt.Sscanf(line, "took %d", &took); n == 1 {
			slowest = max(slowest, took)
		}
	}
	return dead, slowest
}

// Six processes work for one shop over one file, and are killed at random and started again, while
// the token endpoint gives a new refresh token every few seconds and refuses the old one. Nobody is
// told to authorise again, unless a kill hit the moment between the endpoint's answer and the save,
// in which nobody can help, or a save took longer than a refused process waits for it.
func TestProcessesOutliveARotation(t *testing.T) {
	mall, err := amazontest.NewServer(amazontest.Options{Orders: 1, RotateRefreshTokens: true,
		AccessTokenLife: 2 * time.Second})
	require.NoError(t, err)
	defer mall.Close()
	path := filepath.Join(t.TempDir(), "keys.json")
	s := shop{URL: mall.URL, TokenURL: mall.TokenURL, Shop: mall.Shop(), ClientID: mall.ClientID(),
		Secret: mall.ClientSecret(), Refresh: mall.RefreshToken(), Store: path}
	first := mall.RefreshToken()
	var living, killed []*child
	for range 6 {
		living = append(living, start(t, s))
	}
	const patience = 3 * time.Minute // bounds a hang only
	// Before the first token is stored, a kill may leave nothing at all.
	for _, c := range living {
		require.Eventually(t, func() bool { return slices.Contains(c.said(0), "well") }, patience, 10*time.Millisecond)
	}
	for end := time.Now().Add(time.Duration(*seconds) * time.Second); time.Now().Before(end); {
		time.Sleep(rand.N(600 * time.Millisecond))
		i := rand.IntN(len(living))
		require.NoError(t, living[i].cmd.Process.Kill())
		killed = append(killed, living[i])
		living[i] = start(t, s)
	}
	marks := make([]int, len(living))
	for i, c := range living {
		marks[i] = len(c.said(0))
	}
	time.Sleep(2500 * time.Millisecond) // everybody has its turn once more
	dead, well, told := 0, 0, 0
	for end := time.Now().Add(patience); told < len(living) &&
		time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		well, told = 0, 0
		for i, c := range living {
			said := c.said(marks[i])
			if slices.Contains(said, "well") {
				well++
			}
			if slices.Contains(said, "well") || slices.Contains(said, "dead") {
				told++
			}
		}
	}
	for _, c := range living {
		require.NoError(t, c.stop())
	}
	var slowest time.Duration
	for _, c := range slices.Concat(living, killed) {
		alarms, took := c.end()
		dead, slowest = dead+alarms, max(slowest, took)
	}
	store, err := credential.OpenFile(credential.FileConfig{Path: path})
	require.NoError(t, err)
	entry, err := store.Load(t.Context(), "amazon/"+mall.Shop()+"/token")
	require.NoError(t, err)
	var kept struct {
		Refresh string `json:"refresh_token"`
	}
	require.NoError(t, json.Unmarshal(entry.Value, &kept))
	require.NotEqual(t, first, kept.Refresh, "the refresh token was rotated, or this test shows nothing")
	t.Logf("%d token requests, the slowest in %s, %d kills, %d times told dead", mall.Count("token"), slowest,
		len(killed), dead)
	if kept.Refresh != mall.RefreshToken() {
		t.Logf("a kill hit the moment between answer and save; a person has to authorise")
		for _, c := range living {
			require.NotContains(t, c.lines, "got "+mall.RefreshToken(), "who got it lives and has not stored it")
		}
		return
	}
	if slowest < 5*time.Second { // so long a refused process waits for a faster one
		require.Zero(t, dead, "false alarms")
	}
	require.Equal(t, len(living), well, "who works on at the end")
}
