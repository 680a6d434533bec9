package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// needsLook reports whether a person should know.
func needsLook(a credential.Assessment) bool {
	return a.ProbeErr != nil || a.Expiry.State != credential.Valid
}

// mark is what the eye finds first.
func mark(a credential.Assessment) string {
	switch {
	case a.Expiry.State == credential.Expired:
		return "!!"
	case a.ProbeErr != nil || a.Expiry.State == credential.Unknown:
		return "??"
	case a.Expiry.State == credential.Expiring:
		return "! "
	}
	return "ok"
}

// text is the report for people: a line for each credential, and below what to do about those that
// need a look.
func text(report credential.Report, lang credential.Lang, quiet bool) string {
	var b strings.Builder
	for _, a := range report.Assessments {
		if quiet && !needsLook(a) {
			continue
		}
		name := a.Rule.Name.In(lang)
		if name == "" {
			name = string(a.Record.Kind)
		}
		if a.Record.Name != "" {
			name += " " + a.Record.Name
		}
		end := strings.Repeat("-", 10) + "      "
		if !a.Expiry.End.IsZero() {
			end = a.Expiry.End.In(order.JST).Format("2006-01-02 15:04")
		}
		fmt.Fprintf(&b, "%s  %s  %-8s %s  %s: %s%s\n", mark(a), end, a.Record.Mall, a.Record.Shop,
			name,
			a.Expiry.State.Text().In(lang), left(a.Expiry, lang))
	}
	for _, n := range report.Notices {
		b.WriteString("\n" + n.Text(lang))
	}
	return b.String()
}

// left says in days how long there is, where there is an end to come.
func left(x credential.Expiry, lang credential.Lang) string {
	switch {
	case x.End.IsZero() || x.State == credential.Expired:
		return ""
	case lang == credential.Japanese:
		return fmt.Sprintf("（あと%d日）", x.Days)
	case x.Days == 1:
		return ", 1 day left"
	}
	return fmt.Sprintf(", %d days left", x.Days)
}

// item is one credential in the JSON form. Its names stay.
type item struct {
	Mall  order.Mall      `json:"mall"`
	Shop  string          `json:"shop"`
	Kind  credential.Kind `json:"kind"`
	Name  string          `json:"name,omitempty"`
	Title credential.Text `json:"title"`
	credential.Expiry
	Error  string            `json:"error,omitempty"` // why the mall could not be asked
	Human  bool              `json:"human"`           // whether a person must act
	Where  credential.Text   `json:"where,omitzero"`
	URL    string            `json:"url,omitempty"`
	Steps  []credential.Text `json:"steps,omitempty"`
	Note   string            `json:"note,omitempty"`
	Unsure credential.Text   `json:"doubt,omitzero"`
}

// writeJSON writes the report for programs. With quiet and nothing to look at it writes nothing.
func writeJSON(out io.Writer, report credential.Report, now time.Time, quiet bool) error {
	doc := struct {
		At          time.Time `json:"at"`
		ExitCode    int       `json:"exit_code"`
		Credentials []item    `json:"credentials"`
	}{At: now.In(order.JST), ExitCode: exitCode(report)}
	for _, a := range report.Assessments {
		if quiet && !needsLook(a) {
			continue
		}
		i := item{Mall: a.Record.Mall, Shop: a.Record.Shop, Kind: a.Record.Kind,
			Name: a.Record.Name, Title: a.Rule.Name, Expiry: a.Expiry,
			Human: a.Rule.Renewal == credential.RenewedByPerson, Where: a.Rule.Where,
			URL: a.Rule.URL, Steps: a.Rule.Steps,
			Note: a.Record.Note, Unsure: a.Rule.Doubt}
		if a.ProbeErr != nil {
			i.Error = a.ProbeErr.Error()
		}
		doc.Credentials = append(doc.Credentials, i)
	}
	if quiet && len(doc.Credentials) == 0 {
		return nil
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(doc)
}
