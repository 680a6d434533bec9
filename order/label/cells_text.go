package label

import (
	"slices"
	"strings"

	"github.com/jpmall/jpmall/order"
)

// text fills the columns that share a field's text, at natural breaks.
func (d *draft) text(c column) {
	a, cost := d.source(c)
	if len(a.text) == 0 {
		if c.required {
			d.missing(c)
		}
		return
	}
	text := string(a.text)
	if !d.printable(c.field, text) {
		return
	}
	cells, ok := d.spread(c, a, cost)
	if !ok && d.cfg.Shorten != nil {
		cells, ok = d.shorter(c, text)
	}
	if !ok {
		d.tooLong(c, text)
		return
	}
	for i, cell := range cells {
		if strings.HasPrefix(cell, guard) && !strings.Contains(text, cell) {
			d.guarded(c.field)
		}
		d.row[c.at[i]] = cell
	}
}

func (d *draft) guarded(f Field) {
	d.notes = append(d.notes, Reason{Code: NoteFormula, Field: string(f), Text: say(
		"a spreadsheet would run this cell as a formula: "+guard+" was put in front",
		"表計算ソフトで数式とみなされるため、先頭に「"+guard+"」を付けました")})
}

// spread divides a text among the columns. Contents get a column each if possible.
func (d *draft) spread(c column, a *address, cost []int) ([]string, bool) {
	e := d.cfg.Layout.Encoding
	if cells, ok := a.items(c, e); ok {
		return cells, true
	}
	return a.lay(cost, c.rooms, e)
}

func (d *draft) shorter(c column, text string) ([]string, bool) {
	o := Overflow{ParcelRef: d.ref, Field: c.field, Text: text, Count: c.rooms[0].count}
	for _, r := range c.rooms {
		o.Widths = append(o.Widths, r.width)
	}
	short, ok := d.cfg.Shorten(o)
	if !ok {
		return nil, false
	}
	short = d.tidied(c, short)
	a := &address{text: []rune(short)}
	cost := wordBreaks(a.text, nil)
	if c.field == RecipientAddress || c.field == SenderAddress {
		a.split(0)
		cost = a.breaks()
	}
	if len(lacking(d.cfg.Layout.Encoding, short)) > 0 {
		return nil, false
	}
	cells, ok := a.lay(cost, c.rooms, d.cfg.Layout.Encoding)
	if ok {
		d.notes = append(d.notes, Reason{Code: NoteShortened, Field: string(c.field), Value: text,
			Text: say("the text was shortened as the shop's policy says", "店舗の設定により文字を短縮しました")})
	}
	return cells, ok
}

// source returns the text of a field, and where it may be broken.
func (d *draft) source(c column) (*address, []int) {
	tidy, joint := func(s string) string { return d.tidied(c, s) }, ' '
	if c.first.Wide {
		joint = '\u3000'
	}
	switch c.field {
	case RecipientAddress, SenderAddress:
		p := d.parcel.Recipient
		if c.field == SenderAddress {
			p = d.sender()
		}
		a := addressOf(p, tidy, joint)
		d.look(c.field, a)
		return &a, a.breaks()
	case RecipientCompany:
		return parts(tidy, joint, d.parcel.Recipient.Company, d.parcel.Recipient.Department)
	case RecipientName:
		to := d.parcel.Recipient
		if d.cfg.Layout.has(RecipientCompany) {
			to.Company, to.Department = "", ""
		}
		return parts(tidy, joint, to.Company, to.Department, nameOf(to))
	case SenderName:
		from := d.sender()
		return parts(tidy, joint, from.Company, from.Department, nameOf(from))
	case Handling:
		return parts(tidy, joint, d.plan.Handling...)
	}
	a, cost := parts(tidy, joint, d.contents()...)
	return a, cost
}

// look adds a note for an address whose parts are unknown.
func (d *draft) look(f Field, a address) {
	switch {
	case len(a.text) == 0 || a.prefecture > 0:
	case a.foreign():
		d.notes = append(d.notes, Reason{Code: NoteAddress, Field: string(f), Text: say(
			"the address is in Latin letters: look whether the label is right",
			"住所がローマ字表記です。送り状を確認してください")})
	default:
		d.notes = append(d.notes, Reason{Code: NoteAddress, Field: string(f), Text: say(
			"the address does not begin with a prefecture: look whether the label is right",
			"住所に都道府県がありません。送り状を確認してください")})
	}
}

func nameOf(p order.Party) string {
	if p.Name != "" {
		return p.Name
	}
	return strings.TrimSpace(p.Family + " " + p.Given)
}

// contents returns what the parcel holds, in words.
func (d *draft) contents() []string {
	var all []string
	switch {
	case len(d.plan.Contents) > 0:
		all = slices.Clone(d.plan.Contents)
	case d.cfg.Contents != "":
		all = []string{d.cfg.Contents}
	default:
		for _, l := range d.parcel.Lines {
			if !l.Cancelled {
				all = append(all, l.Name)
			}
		}
	}
	if d.cfg.KeyInContents && len(all) > 0 {
		all[len(all)-1] += " " + d.known.Key
	}
	return all
}

// parts joins texts with a space and allows a break before each.
func parts(tidy func(string) string, joint rune, texts ...string) (*address, []int) {
	a := &address{}
	for _, t := range texts {
		t = tidy(t)
		if t == "" {
			continue
		}
		if len(a.text) > 0 {
			a.text = append(a.text, joint)
			a.lines = append(a.lines, len(a.text))
		}
		a.text = append(a.text, []rune(t)...)
	}
	return a, wordBreaks(a.text, a.lines)
}

// items puts each part into a column of its own, if there are enough columns and each part fits.
func (a *address) items(c column, e Encoding) ([]string, bool) {
	if c.field != Contents && c.field != Handling && c.field != RecipientCompany ||
		len(a.lines)+1 > len(c.rooms) {
		return nil, false
	}
	cells := make([]string, len(c.rooms))
	from := 0
	for i := range len(a.lines) + 1 {
		to := len(a.text)
		if i < len(a.lines) {
			to = a.lines[i]
		}
		if !a.fits(from, to, false, c.rooms[i], e) {
			return nil, false
		}
		cells[i] = a.piece(from, to)
		from = to
	}
	return cells, true
}

// tidied prepares a text for a column: cleaned, replaced by the shop's table, in full width if the
// tool requires it.
func (d *draft) tidied(c column, s string) string {
	s = clean(s)
	if d.replace != nil && !plain(s) {
		if to := clean(d.replace.Replace(s)); to != s {
			d.notes = append(d.notes, Reason{Code: NoteReplaced, Field: string(c.field), Value: s,
				Text: say("characters were replaced as the shop's table says",
					"店舗の置換表により文字を置き換えました")})
			s = to
		}
	}
	if c.first.Wide {
		s = widen(s)
	}
	return s
}

// sender returns the sender: of Plan, else the buyer, the shop's, or the writer's.
func (d *draft) sender() order.Party {
	o := d.order
	if d.plan.Sender != nil {
		return *d.plan.Sender
	}
	if d.cfg.BuyerSends && elsewhere(o.Buyer, d.parcel.Recipient) {
		return o.Buyer
	}
	if p, ok := d.cfg.Shops[order.Ref{Mall: o.Mall, Shop: o.Shop}]; ok {
		return p
	}
	return d.cfg.Sender
}

// elsewhere reports whether the recipient is known to be someone other than the buyer.
func elsewhere(buyer, to order.Party) bool {
	name := func(p order.Party) string {
		return strings.ReplaceAll(halve(clean(nameOf(p))), " ", "")
	}
	return name(buyer) != "" && name(to) != "" && name(buyer) != name(to)
}
