package webhook_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/credential/webhook"
)

// loud is a notice whose note would call everybody.
func loud() credential.Notice {
	n := demo
	n.Note = "<!channel> [toall] & co"
	n.Steps = []credential.Text{{JA: "鍵を作ります。", EN: "Make a key."}}
	return n
}

func TestForms(t *testing.T) {
	slack, err := webhook.Slack(credential.English)(loud())
	require.NoError(t, err)
	require.JSONEq(t,
		`{"text":"public key ends in 1 day\n  1. Make a key.\n  Note: &lt;!channel&gt; [toall] &amp; co\n"}`,
		string(slack))

	form, err := webhook.Chatwork(credential.Japanese)(loud())
	require.NoError(t, err)
	values, err := url.ParseQuery(string(form))
	require.NoError(t, err)
	require.Equal(t,
		url.Values{"body": {"[info][title]公開鍵の期限まであと1日です[/title]  1. 鍵を作ります。\n  メモ: <!channel> ［toall］ & co[/info]"}},
		values)

	teams, err := webhook.Teams(credential.English)(loud())
	require.NoError(t, err)
	require.JSONEq(t,
		`{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{
		"$schema":"http://adaptivecards.io/schemas/adaptive-card.json","type":"AdaptiveCard","version":"1.4","body":[
		{"type":"TextBlock","text":"public key ends in 1 day","wrap":true,"weight":"Bolder"},
		{"type":"TextBlock","text":"1. Make a key.","wrap":true},{"type":"TextBlock","text":"Note: <!channel> [toall] & co","wrap":true}]}}]}`, string(teams))
}

func TestFormsStaySmall(t *testing.T) {
	n := loud()
	n.Note = strings.Repeat("長いメモ<", 10_000)
	slack, err := webhook.Slack(credential.Japanese)(n)
	require.NoError(t, err)
	require.Less(t, len(slack), 40_000)
	require.True(t, json.Valid(slack))
	teams, err := webhook.Teams(credential.Japanese)(n)
	require.NoError(t, err)
	require.Less(t, len(teams), 28<<10)
	chatwork, err := webhook.Chatwork(credential.Japanese)(n)
	require.NoError(t, err)
	values, err := url.ParseQuery(string(chatwork))
	require.NoError(t, err)
	require.True(t, strings.HasSuffix(values.Get("body"), "…[/info]"))
}

func TestChatworkGetsAForm(t *testing.T) {
	var got *http.Request
	var body []byte
	client := &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		got = r
		body, _ = io.ReadAll(r.Body)
		return answer(200, nil), nil
	})}
	n, err := webhook.New(webhook.Config{URL: credential.NewSecret("https://api.chatwork.com/v2/rooms/1/messages"),
		HTTPClient:  client,
		Header:      map[string]credential.Secret{"x-chatworktoken": credential.NewSecret("mihon")},
		ContentType: webhook.FormEncoded,
		Encode:      webhook.Chatwork(credential.Japanese)})
	require.NoError(t, err)
	require.NoError(t, n.Notify(t.Context(), demo))
	require.Equal(t, "application/x-www-form-urlencoded", got.Header.Get("Content-Type"))
	require.Equal(t, "mihon", got.Header.Get("X-Chatworktoken"))
	require.True(t, strings.HasPrefix(string(body), "body="))
}
