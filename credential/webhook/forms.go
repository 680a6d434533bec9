package webhook

import (
	"encoding/json"
	"net/url"
	"strings"

	"github.com/jpmall/jpmall/credential"
)

// [FormEncoded] is the ContentType of a form, which Chatwork requires.
const FormEncoded = "application/x-www-form-urlencoded"

// The maximum characters of a text; a longer one is cut. Slack cuts or splits at about 4,000, Teams
// accepts 28 KB in all.
const (
	slackText    = 3500
	chatworkText = 20000
	teamsText    = 5000
)

// Slack returns a [Config.Encode] for Slack's incoming webhooks. It escapes &, < and >, so that no
// text in a notice mentions anyone.
//
// https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
func Slack(lang credential.Lang) func(credential.Notice) ([]byte, error) {
	return func(n credential.Notice) ([]byte, error) {
		text := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">",
			"&gt;").Replace(cut(n.Text(lang), slackText))
		return json.Marshal(map[string]string{"text": text})
	}
}

// Chatwork returns a [Config.Encode] for Chatwork's API. [Config.URL] is
// https://api.chatwork.com/v2/rooms/ROOM/messages, [Config.Header] holds the API token as
// x-chatworktoken, and [Config.ContentType] is [FormEncoded]. Brackets become full-width, since
// Chatwork interprets [toall] and the like.
//
// https://developer.chatwork.com/docs/endpoints
func Chatwork(lang credential.Lang) func(credential.Notice) ([]byte, error) {
	plain := strings.NewReplacer("[", "［", "]", "］")
	return func(n credential.Notice) ([]byte, error) {
		title, rest, _ := strings.Cut(cut(n.Text(lang), chatworkText), "\n")
		body := "[info][title]" + plain.Replace(title) + "[/title]" +
			plain.Replace(strings.TrimRight(rest, "\n")) + "[/info]"
		return []byte(url.Values{"body": {body}}.Encode()), nil
	}
}

// Teams returns a [Config.Encode] for a Teams workflow that starts when a Teams webhook request is
// received. The notice becomes an Adaptive Card.
//
// https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
func Teams(lang credential.Lang) func(credential.Notice) ([]byte, error) {
	type block struct {
		Type   string `json:"type"`
		Text   string `json:"text"`
		Wrap   bool   `json:"wrap"`
		Weight string `json:"weight,omitempty"`
	}
	type card struct {
		Schema  string  `json:"$schema"`
		Type    string  `json:"type"`
		Version string  `json:"version"`
		Body    []block `json:"body"`
	}
	type attachment struct {
		ContentType string `json:"contentType"`
		Content     card   `json:"content"`
	}
	type message struct {
		Type        string       `json:"type"`
		Attachments []attachment `json:"attachments"`
	}
	return func(n credential.Notice) ([]byte, error) {
		var body []block
		for line := range strings.Lines(cut(n.Text(lang), teamsText)) {
			// the text of a card has no line breaks
			if line = strings.TrimSpace(line); line != "" {
				body = append(body, block{Type: "TextBlock", Text: line, Wrap: true})
			}
		}
		if len(body) > 0 {
			body[0].Weight = "Bolder"
		}
		return json.Marshal(message{"message",
			[]attachment{{"application/vnd.microsoft.card.adaptive",
				card{"http://adaptivecards.io/schemas/adaptive-card.json", "AdaptiveCard", "1.4",
					body}}}})
	}
}

// cut leaves at most n characters of a text.
func cut(text string, n int) string {
	runes := 0
	for i := range text {
		if runes == n {
			return text[:i] + "…"
		}
		runes++
	}
	return text
}
