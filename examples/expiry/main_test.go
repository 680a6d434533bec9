package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

func expiry(t *testing.T, args ...string) (code int, stdout, stderr string, err error) {
	t.Helper()
	var out, progress strings.Builder
	code, err = run(t.Context(), args, &out, &progress)
	return code, out.String(), progress.String(), err
}

// config is a file with one au PAY Market shop whose key was issued so many days ago; negative
// leaves the day out.
func config(t *testing.T, days int, more string) string {
	t.Helper()
	issued := ""
	if days >= 0 {
		issued = fmt.Sprintf(`, "api_key_issued": %q`, time.Now().AddDate(0, 0, -days).Format(time.RFC3339))
	}
	file := filepath.Join(t.TempDir(), "shops.json")
	require.NoError(t, os.WriteFile(file, []byte(fmt.Sprintf(
		`{"shops": [{"mall": "aupay", "shop": "10000001", "api_key": "invented-aupay-api-key"%s%s}]}`, issued, more)),
		0o600))
	return file
}

func TestExitCodes(t *testing.T) {
	for name, test := range map[string]struct {
		days, code int
		says       []string
	}{
		"fine":     {10, 0, []string{"ok  ", "有効"}},
		"expiring": {85, 1, []string{"!   ", "あと5日", "Wow!manager", "1. "}},
		"over":     {91, 2, []string{"!!  ", "期限切れ", "新しいキーを発行"}},
		"unknown":  {-1, 2, []string{"??  ", "発行日をこのシステムに登録してください"}},
	} {
		t.Run(name, func(t *testing.T) {
			file := config(t, test.days, "")
			code, out, _, err := expiry(t, "-config", file)
			require.NoError(t, err)
			require.Equal(t, test.code, code)
			for _, want := range test.says {
				require.Contains(t, out, want)
			}
			code, out, _, err = expiry(t, "-config", file, "-quiet")
			require.NoError(t, err)
			require.Equal(t, test.code, code)
			require.Equal(t, test.code == 0, out == "", "cron mails only what needs a look")
			code, out, _, err = expiry(t, "-config", file, "-quiet", "-json")
			require.NoError(t, err)
			require.Equal(t, test.code, code)
			require.Equal(t, test.code == 0, out == "")
		})
	}
}

func TestBadUse(t *testing.T) {
	for _, args := range [][]string{{"shops.json"}, {"-lang", "fr"}, {"-config", "no-such-file.json"}, {"-nonsense"}} {
		code, _, stderr, err := expiry(t, args...)
		require.Equal(t, 2, code, args)
		require.True(t, err != nil || stderr != "", args)
	}
	code, _, _, err := expiry(t, "-h")
	require.NoError(t, err)
	require.Zero(t, code)
}

// The four fakes have keys of different ages; asked, they say the same as was computed.
func TestFakes(t *testing.T) {
	for _, args := range [][]string{{"-lang", "en"}, {"-lang", "en", "-ask"}} {
		code, out, _, err := expiry(t, args...)
		require.NoError(t, err)
		require.Equal(t, 1, code, out)
		require.Contains(t, out, "licenseKey ends in 6 days")
		require.Contains(t, out, "LWA client secret ends in 8 days")
		require.Equal(t, 6, strings.Count(out, "ok  "), out)
		require.NotContains(t, out, "mihon-refresh")
	}
}

// A mall that was asked and gave no sense leaves the state unknown, though the stored day says that
// all is well.
func TestAsked(t *testing.T) {
	mall, err := aupaytest.NewServer(aupaytest.Options{Orders: -1, APIKey: "another-key"})
	require.NoError(t, err)
	t.Cleanup(mall.Close)
	file := config(t, 10, fmt.Sprintf(`, "base_url": %q`, mall.URL))
	code, _, _, err := expiry(t, "-config", file)
	require.NoError(t, err)
	require.Zero(t, code)
	code, out, _, err := expiry(t, "-config", file, "-ask", "-lang", "en")
	require.NoError(t, err)
	require.Equal(t, 2, code)
	require.Contains(t, out, "??  ")
	require.Contains(t, out, "0002")
	require.Contains(t, out, "接続元IPアドレス", "the mall cannot be told apart, so all causes are named")

	code, out, _, err = expiry(t, "-config", file, "-ask", "-json")
	require.NoError(t, err)
	require.Equal(t, 2, code)
	var doc struct {
		ExitCode    int `json:"exit_code"`
		Credentials []struct {
			State, Error string
			End          time.Time
		}
	}
	require.NoError(t, json.Unmarshal([]byte(out), &doc))
	require.Equal(t, 2, doc.ExitCode)
	require.Contains(t, doc.Credentials[0].Error, "0002")
	require.False(t, doc.Credentials[0].End.IsZero())
}

func TestExitCode(t *testing.T) {
	state := func(states ...credential.State) (r credential.Report) {
		for _, s := range states {
			r.Assessments = append(r.Assessments, credential.Assessment{Expiry: credential.Expiry{State: s}})
		}
		return r
	}
	require.Equal(t, 2, exitCode(state()), "nothing to look at is not fine")
	require.Equal(t, 0, exitCode(state(credential.Valid, credential.Valid)))
	require.Equal(t, 1, exitCode(state(credential.Valid, credential.Expiring)))
	require.Equal(t, 2, exitCode(state(credential.Expiring, credential.Unknown)))
	require.Equal(t, 2, exitCode(state(credential.Expired, credential.Valid)))
	unasked := state(credential.Valid)
	unasked.Assessments[0].ProbeErr = errors.New("down")
	require.Equal(t, 2, exitCode(unasked))
}

func TestText(t *testing.T) {
	end := time.Date(2026, 12, 1, 23, 59, 59, 0, order.JST)
	report := credential.Report{Assessments: []credential.Assessment{
		{Record: credential.Record{Mall: "other", Shop: "mihon", Kind: "made-up", Name: "2"},
			Expiry: credential.Expiry{State: credential.Expiring, End: end, Days: 1}},
		{Record: credential.Record{Mall: order.Rakuten, Shop: "mihon", Kind: credential.KindServiceSecret},
			Rule:   credential.Rule{Name: credential.Text{JA: "秘密", EN: "secret"}},
			Expiry: credential.Expiry{State: credential.Valid, Never: true}},
	}}
	require.Equal(t, "!   2026-12-01 23:59  other    mihon  made-up 2: expiring, 1 day left\n"+
		"ok  ----------        rakuten  mihon  secret: valid\n", text(report, credential.English, false))
	require.Equal(t, "!   2026-12-01 23:59  other    mihon  made-up 2: まもなく期限切れ（あと1日）\n",
		text(report, credential.Japanese, true))
}
