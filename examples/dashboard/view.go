package main

import (
	"fmt"
	"html/template"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jpmall/jpmall/order"
)

// What the templates call. Words stand where they are shown, in both languages.

// T is one of two texts.
func (v view) T(ja, en string) string { return order.Text{JA: ja, EN: en}.In(v.Lang) }

var (
	japanese = regexp.MustCompile(`[\p{Han}\p{Hiragana}\p{Katakana}ー々]+`)
	latin    = regexp.MustCompile(`\p{Latin}[\p{Latin}0-9 ._/!:-]*`)
)

// In is a text of the SDK. It names the malls' screens and operations as they are called; those of
// the other language are marked, so that a screen reader changes its voice.
func (v view) In(t order.Text) template.HTML {
	foreign, lang, missing := latin, order.English, t.JA == ""
	if v.Lang == order.English {
		foreign, lang, missing = japanese, order.Japanese, t.EN == ""
	}
	var out strings.Builder
	text, end := t.In(v.Lang), 0
	for _, at := range foreign.FindAllStringIndex(text, -1) {
		if missing {
			break // all of it is of the other language
		}
		out.WriteString(template.HTMLEscapeString(text[end:at[0]]))
		out.WriteString(`<i lang="` + string(lang) + `">` +
			template.HTMLEscapeString(text[at[0]:at[1]]) + `</i>`)
		end = at[1]
	}
	out.WriteString(template.HTMLEscapeString(text[end:]))
	return template.HTML(out.String()) // its parts were escaped
}

// Left is how long a key still lives.
func (v view) Left(days int) string {
	return v.T(fmt.Sprintf("あと%d日", days), fmt.Sprintf("%d days left", days))
}

// MallNamed is the name of a mall that a scope holds as text.
func (v view) MallNamed(m string) string { return order.Mall(m).In(v.Lang) }

// Other is the other language.
func (v view) Other() order.Lang {
	if v.Lang == order.English {
		return order.Japanese
	}
	return order.English
}

// OtherURL is this page in the other language.
func (v view) OtherURL() string {
	u, err := url.Parse(v.Path)
	if err != nil {
		return "/"
	}
	q := u.Query()
	q.Set("lang", string(v.Other()))
	u.RawQuery = q.Encode()
	return u.String()
}

// Personal is a text about a person, or so much of it that rows can be told apart.
func (v view) Personal(text string) string {
	if !v.Mask || text == "" {
		return text
	}
	first, _ := utf8.DecodeRuneInString(text)
	return string(first) + "＊＊＊"
}

// Hidden is a text about a person of which nothing is shown under the mask.
func (v view) Hidden(text string) string {
	if !v.Mask || text == "" {
		return text
	}
	return v.T("（非表示）", "(hidden)")
}

// Address is where a parcel goes.
func (v view) Address(p order.Party) string {
	if v.Mask {
		return p.Prefecture + "＊＊＊"
	}
	return strings.Join(strings.Fields(
		strings.Join(append([]string{p.Postal, p.Prefecture, p.City}, p.Address...), " ")), " ")
}

// Time is an instant in Japan.
func (v view) Time(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return t.In(order.JST).Format("2006-01-02 15:04")
}

// Before is the instant that lies so far back.
func (v view) Before(d time.Duration) string { return v.Time(v.Now.Add(-d)) }

// Age is how long ago something was.
func (v view) Age(t time.Time) string { return v.Span(v.Now.Sub(t)) }

// Span is a length of time in its biggest unit.
func (v view) Span(d time.Duration) string {
	switch {
	case d < time.Minute:
		return v.T(fmt.Sprintf("%d秒", int(d.Seconds())), fmt.Sprintf("%d s", int(d.Seconds())))
	case d < time.Hour:
		return v.T(fmt.Sprintf("%d分", int(d.Minutes())), fmt.Sprintf("%d min", int(d.Minutes())))
	case d < 48*time.Hour:
		return v.T(fmt.Sprintf("%d時間", int(d.Hours())), fmt.Sprintf("%d h", int(d.Hours())))
	}
	return v.T(fmt.Sprintf("%d日", int(d.Hours()/24)), fmt.Sprintf("%d days", int(d.Hours()/24)))
}

// Reasons are why a person must look at an order.
func (v view) Reasons(o order.Order) (all []string) {
	for _, why := range reasons(o) {
		all = append(all, why.In(v.Lang))
	}
	return all
}

// Label is what the rules are asked about.
func (v view) Label(o order.Order, d order.Delivery) string { return o.SlotLabel(d).Text }

// CannotKeep is why the carrier cannot keep a wish, or empty.
func (v view) CannotKeep(d order.Delivery) string {
	why, _ := cannotKeep(d)
	return why.In(v.Lang)
}

// Line is a line of a file.
func (v view) Line(n int) string { return v.T(fmt.Sprintf("%d行目", n), fmt.Sprintf("line %d", n)) }

// orderURL is the page of an order.
func orderURL(r order.Ref) string {
	return "/orders/" + url.PathEscape(string(r.Mall)) + "/" + url.PathEscape(r.Shop) + "/" +
		url.PathEscape(r.ID)
}

// URL is the page of an order.
func (v view) URL(o order.Order) string { return orderURL(o.Ref()) }

// ResultURL is the page of the order that a result is about.
func (v view) ResultURL(r order.Result) string {
	return orderURL(order.Ref{Mall: r.Mall, Shop: r.Shop, ID: r.Order})
}

// ReadyURL is the list of the orders that a load is of.
func (v view) ReadyURL(l load, until order.Date) string {
	carrier := string(l.Carrier)
	if carrier == "" {
		carrier = noCarrier
	}
	return "/orders?" + url.Values{
		"stage": {order.ReadyToShip.String()}, "carrier": {carrier}, "time": {l.Slot.String()},
		"soon": {until.String()},
	}.Encode()
}

// Ref names an order in a form; parseRef reads it.
func (v view) Ref(o order.Order) string {
	return strings.Join([]string{string(o.Mall), o.Shop, o.ID}, "/")
}

func parseRef(text string) (r order.Ref, ok bool) {
	parts := strings.SplitN(text, "/", 3)
	if len(parts) != 3 {
		return r, false
	}
	return order.Ref{Mall: order.Mall(parts[0]), Shop: parts[1], ID: parts[2]}, true
}
