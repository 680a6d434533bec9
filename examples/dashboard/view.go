package main

import (
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// What the templates call. Words stand where they are shown, in both languages.

// T is one of two texts.
func (v view) T(ja, en string) string { return order.Text{JA: ja, EN: en}.In(v.Lang) }

// In is a text of the SDK.
func (v view) In(t order.Text) string { return t.In(v.Lang) }

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
	return strings.Join(strings.Fields(strings.Join(append([]string{p.Postal, p.Prefecture, p.City}, p.Address...), " ")), " ")
}

// Time is an instant in Japan.
func (v view) Time(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return t.In(order.JST).Format("2006-01-02 15:04")
}

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

// Money is an amount, or that nobody knows it.
func (v view) Money(m order.Money) string {
	if !m.Known() {
		return v.T("未確定", "undetermined")
	}
	yen, ok := m.Yen()
	if !ok {
		return m.String()
	}
	sign, digits := "", fmt.Sprint(yen)
	if yen < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits + v.T("円", " yen")
}

// Status and Slot are in words.
func (v view) Status(s order.Status) string { return statusText(s).In(v.Lang) }
func (v view) Slot(s timeslot.Slot) string  { return slotText(s).In(v.Lang) }

// Carrier is a carrier's name.
func (v view) Carrier(c timeslot.Carrier) string { return v.T(c.Name(), c.EnglishName()) }

// Reasons are why a person must look at an order.
func (v view) Reasons(o order.Order) (all []string) {
	for _, why := range reasons(o) {
		all = append(all, why.In(v.Lang))
	}
	return all
}

// CannotKeep is why the carrier cannot keep a wish, or empty.
func (v view) CannotKeep(d order.Delivery) string {
	why, _ := cannotKeep(d)
	return why.In(v.Lang)
}

// Stage is the stage of a name in words.
func (v view) Stage(name string) string {
	for _, s := range stages() {
		if s.Name == name {
			return s.In(v.Lang)
		}
	}
	return v.Status(order.Unknown)
}

// Kind is what an amount is for, Bearer who pays it.
func (v view) Kind(k order.ComponentKind) string {
	text, ok := map[order.ComponentKind]order.Text{
		order.Goods: {JA: "商品", EN: "goods"}, order.Option: {JA: "オプション", EN: "option"}, order.Wrapping: {JA: "ラッピング", EN: "wrapping"},
		order.Shipping: {JA: "送料", EN: "shipping"}, order.CashFee: {JA: "代引手数料", EN: "cash fee"}, order.PaymentFee: {JA: "決済手数料", EN: "payment fee"},
		order.Coupon: {JA: "クーポン", EN: "coupon"}, order.Discount: {JA: "値引き", EN: "discount"}, order.PointsUsed: {JA: "ポイント利用", EN: "points"},
		order.GiftCard: {JA: "ギフトカード", EN: "gift card"}, order.ExcludedTax: {JA: "消費税", EN: "tax"}, order.OtherAmount: {JA: "その他", EN: "other"},
	}[k]
	if !ok {
		return string(k)
	}
	return text.In(v.Lang)
}

// Bearer is who pays an amount.
func (v view) Bearer(b order.Bearer) string {
	text, ok := map[order.Bearer]order.Text{
		order.PaidByShop: {JA: "店舗", EN: "shop"}, order.PaidByMall: {JA: "モール", EN: "mall"},
		order.PaidByMaker: {JA: "メーカー", EN: "maker"}, order.PaidByBuyer: {JA: "購入者", EN: "buyer"},
	}[b]
	if !ok {
		return string(b)
	}
	return text.In(v.Lang)
}

// Outcome is what became of an order in an action.
func (v view) Outcome(r order.Result) string {
	switch {
	case r.Outcome == order.Done && r.DryRun:
		return v.T("実行できます", "would be done")
	case r.Outcome == order.Done:
		return v.T("完了", "done")
	case r.Outcome == order.Refused:
		return v.T("できません", "refused")
	case r.Outcome == order.NotSent:
		return v.T("未送信", "not sent")
	}
	return v.T("結果不明", "not settled")
}

// orderURL is the page of an order.
func orderURL(r order.Ref) string {
	return "/orders/" + url.PathEscape(string(r.Mall)) + "/" + url.PathEscape(r.Shop) + "/" + url.PathEscape(r.ID)
}

// URL is the page of an order.
func (v view) URL(o order.Order) string { return orderURL(o.Ref()) }

// ResultURL is the page of the order that a result is about.
func (v view) ResultURL(r order.Result) string {
	return orderURL(order.Ref{Mall: r.Mall, Shop: r.Shop, ID: r.Order})
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
