package credentialtest_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/credential/credentialtest"
	"github.com/jpmall/jpmall/internal/suite"
	"github.com/jpmall/jpmall/yahoo"
)

func TestMemoryIsAStore(t *testing.T) {
	credentialtest.TestStore(t, func() (*credentialtest.Store, error) {
		return &credentialtest.Store{Store: new(credential.Memory)}, nil
	})
}

func TestFileIsAStore(t *testing.T) {
	credentialtest.TestStore(t, func() (*credentialtest.Store, error) {
		path := filepath.Join(t.TempDir(), "keys.json")
		open := func() (credential.Store, error) { return credential.OpenFile(credential.FileConfig{Path: path}) }
		store, err := open()
		return &credentialtest.Store{Store: store, Reopen: open, Beside: open}, err
	})
}

// paper is a writer that counts notices by a line that each has once, and that can be full.
type paper struct {
	mu   sync.Mutex
	line string
	n    int
	full bool
}

func (p *paper) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.full {
		return 0, io.ErrShortWrite
	}
	p.n += bytes.Count(b, []byte(p.line))
	return len(b), nil
}

func (p *paper) count() int { p.mu.Lock(); defer p.mu.Unlock(); return p.n }
func (p *paper) fill()      { p.mu.Lock(); defer p.mu.Unlock(); p.full = true }

func TestWritersAreNotifiers(t *testing.T) {
	credentialtest.TestNotifier(t, func() (*credentialtest.Notifier, error) {
		p := &paper{line: "\n\n"}
		return &credentialtest.Notifier{Notifier: credential.WriterNotifier(p, credential.English), Told: p.count,
			Fail: p.fill}, nil
	})
}

func TestLogsAreNotifiers(t *testing.T) {
	credentialtest.TestNotifier(t, func() (*credentialtest.Notifier, error) {
		p := &paper{line: "\n"}
		return &credentialtest.Notifier{Notifier: credential.LogNotifier(slog.New(slog.NewTextHandler(p, nil)),
			credential.Japanese), Told: p.count}, nil
	})
}

// TestNotifiersJoinErrors: when one of several fails, that is an error of all.
func TestNotifiersJoinErrors(t *testing.T) {
	credentialtest.TestNotifier(t, func() (*credentialtest.Notifier, error) {
		p := &paper{line: "\n\n"}
		var broken atomic.Bool
		second := credential.NotifierFunc(func(context.Context, credential.Notice) error {
			if broken.Load() {
				return errors.New("the chat is down")
			}
			return nil
		})
		return &credentialtest.Notifier{Notifier: credential.Notifiers{credential.WriterNotifier(p, credential.English),
			second},
			Told: p.count, Fail: func() { broken.Store(true) }}, nil
	})
}

func TestStaticIsASource(t *testing.T) {
	credentialtest.TestSource(t, func() (*credentialtest.Source[string], error) {
		return &credentialtest.Source[string]{Source: credential.Static("invented"), Want: "invented"}, nil
	})
}

// vault is a Store that can be broken, or be slow without an end.
type vault struct {
	credential.Memory
	broken, slow atomic.Bool
}

func (v *vault) Load(ctx context.Context, key string) (credential.Entry, error) {
	if v.broken.Load() {
		return credential.Entry{}, errors.New("no connection")
	}
	if v.slow.Load() {
		<-ctx.Done()
		return credential.Entry{}, ctx.Err()
	}
	return v.Memory.Load(ctx, key)
}

func TestKeysOfYahooAreASource(t *testing.T) {
	consented := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	credentialtest.TestSource(t, func() (*credentialtest.Source[yahoo.Keys], error) {
		v := new(vault)
		base := yahoo.Keys{ClientID: "dj0mihon", RefreshToken: credential.NewSecret("first")}
		keys, err := yahoo.NewKeyStore(v, "mihon-store", credential.Static(base))
		return &credentialtest.Source[yahoo.Keys]{
			Source: keys, Want: base,
			Change: func() (yahoo.Keys, error) {
				renewed := base
				renewed.RefreshToken, renewed.ConsentedAt = credential.NewSecret("second"), consented
				return renewed, keys.Consented(context.Background(),
					yahoo.Grant{RefreshToken: renewed.RefreshToken, ConsentedAt: consented})
			},
			Fail: func() { v.broken.Store(true) }, Block: func() { v.slow.Store(true) },
		}, err
	})
}

func TestKeysOfAmazonAreASource(t *testing.T) {
	authorized := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	credentialtest.TestSource(t, func() (*credentialtest.Source[amazon.Keys], error) {
		v := new(vault)
		base := amazon.Keys{ClientID: "amzn1.application-oa2-client.mihon", RefreshToken: credential.NewSecret("first")}
		keys, err := amazon.NewKeyStore(v, "A0MIHONSELLER0", credential.Static(base))
		return &credentialtest.Source[amazon.Keys]{
			Source: keys, Want: base,
			Change: func() (amazon.Keys, error) {
				renewed := base
				renewed.RefreshToken, renewed.AuthorizedAt = credential.NewSecret("second"), authorized
				return renewed, keys.Authorized(context.Background(),
					amazon.Grant{Shop: "A0MIHONSELLER0", RefreshToken: renewed.RefreshToken, AuthorizedAt: authorized})
			},
			Fail: func() { v.broken.Store(true) }, Block: func() { v.slow.Store(true) },
		}, err
	})
}

// TestSubjectsThatCannotBeTested fail, and are not taken for good ones.
func TestSubjectsThatCannotBeTested(t *testing.T) {
	r := suite.NewRecord()
	credentialtest.TestStore(r, func() (*credentialtest.Store, error) { return nil, errors.New("no database") })
	require.Equal(t, []string{""}, r.Failed())
	for name, test := range map[string]func(suite.Record){
		"no store": func(r suite.Record) {
			credentialtest.TestStore(r, func() (*credentialtest.Store, error) { return &credentialtest.Store{}, nil })
		},
		"no notifier": func(r suite.Record) {
			credentialtest.TestNotifier(r, func() (*credentialtest.Notifier, error) { return nil, nil })
		},
		"no source": func(r suite.Record) {
			credentialtest.TestSource(r, func() (*credentialtest.Source[int],
				error) {
				return &credentialtest.Source[int]{}, nil
			})
		},
	} {
		r := suite.NewRecord()
		test(r)
		require.Equal(t, []string{""}, r.Failed(), name)
		require.Empty(t, r.Ran(), name)
	}
}
