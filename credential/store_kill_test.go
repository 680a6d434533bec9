package credential_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
)

// TestMain makes the test binary its own child process: with childPath set it only saves, until it
// is done or killed.
func TestMain(m *testing.M) {
	if path := os.Getenv(childPath); path != "" {
		if err := child(path, os.Getenv(childJob)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

const (
	childPath = "JPMALL_TEST_STORE"
	childJob  = "JPMALL_TEST_JOB"
)

// saved is a value that shows whether it is whole.
type saved struct {
	N       int    `json:"n"`
	Payload string `json:"payload"`
}

func payload(n int) string { return strings.Repeat(strconv.Itoa(n)+".", 3000) }

func child(path, job string) error {
	ctx := context.Background()
	f, err := credential.OpenFile(credential.FileConfig{Path: path})
	if err != nil {
		return err
	}
	if job == "count" {
		for range 20 {
			if err := credential.Update(ctx, f, "count", increment); err != nil {
				return err
			}
		}
		return nil
	}
	for {
		var n int
		err := credential.Update(ctx, f, "token", func(old []byte) ([]byte, error) {
			var v saved
			if old != nil {
				if err := json.Unmarshal(old, &v); err != nil {
					return nil, err
				}
			}
			n = v.N + 1
			return json.Marshal(saved{n, payload(n)})
		})
		if err != nil {
			return err
		}
		fmt.Println(n) // only now may the parent rely on it
	}
}

func command(t *testing.T, path, job string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	require.NoError(t, err)
	c := exec.CommandContext(t.Context(), exe)
	c.Env = append(os.Environ(), childPath+"="+path, childJob+"="+job)
	return c
}

func TestKilledWhileSaving(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	last, midway := 0, 0
	// Chance and the disk's speed decide which kill hits a save midway: as many as that takes.
	for round := 0; round < 40 || midway == 0 && round < 2000; round++ {
		c := command(t, path, "token")
		out, err := c.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, c.Start())
		lines := bufio.NewReader(out)
		_, err = lines.ReadString('\n') // it is at work
		require.NoError(t, err)
		time.Sleep(rand.N(8 * time.Millisecond))
		require.NoError(t, c.Process.Kill())
		rest, err := io.ReadAll(lines)
		require.NoError(t, err)
		require.Error(t, c.Wait())
		// The kill may have cut the last line; those before it are promises.
		if whole := strings.LastIndexByte(string(rest), '\n'); whole >= 0 {
			promised := strings.Fields(string(rest[:whole]))
			last, err = strconv.Atoi(promised[len(promised)-1])
			require.NoError(t, err)
		}
		f, err := credential.OpenFile(credential.FileConfig{Path: path})
		require.NoError(t, err, "round %d", round)
		e, err := f.Load(t.Context(), "token")
		require.NoError(t, err)
		var v saved
		require.NoError(t, json.Unmarshal(e.Value, &v))
		require.Equal(t, payload(v.N), v.Payload, "the value is whole")
		require.GreaterOrEqual(t, v.N, last, "what was acknowledged is there")
		last = v.N
		if _, err := os.Stat(path + ".tmp"); err == nil {
			midway++
		}
	}
	require.Positive(t, midway, "some kill must have hit a save midway, or this test shows nothing")
	f, err := credential.OpenFile(credential.FileConfig{Path: path})
	require.NoError(t, err)
	e, err := f.Load(t.Context(), "token")
	require.NoError(t, err)
	_, err = f.Save(t.Context(), "token", []byte(`0`), e.Version)
	require.NoError(t, err, "whatever the dead left behind does not hinder the living")
	_, err = os.Stat(path + ".tmp")
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestProcessesShareAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	var all sync.WaitGroup
	output := make([]string, 3)
	for i := range output {
		c := command(t, path, "count")
		all.Go(func() {
			if out, err := c.CombinedOutput(); err != nil {
				output[i] = err.Error() + ": " + string(out)
			}
		})
	}
	all.Wait()
	require.Equal(t, make([]string, 3), output)
	f, err := credential.OpenFile(credential.FileConfig{Path: path})
	require.NoError(t, err)
	e, err := f.Load(t.Context(), "count")
	require.NoError(t, err)
	require.Equal(t, "60", string(e.Value), "no process overwrote another's")
}
