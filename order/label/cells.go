package label

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// column is one column, or all columns that share a field's text.
type column struct {
	field    Field
	at       []int // indexes
	rooms    []room
	first    Column
	required bool
}

// groups combines the columns of a layout that share a text.
func groups(l Layout) []column {
	var all []column
	for i, c := range l.Columns {
		if c.Field == NoField && c.Value == "" {
			continue
		}
		r := room{width: c.Width, count: l.count(c), parts: c.Parts}
		if c.Field.over() {
			if n := slices.IndexFunc(all,
				func(g column) bool { return g.field == c.Field }); n >= 0 {
				all[n].at, all[n].rooms = append(all[n].at, i), append(all[n].rooms, r)
				continue
			}
		}
		all = append(all, column{field: c.Field, at: []int{i}, rooms: []room{r}, first: c,
			required: c.Required})
	}
	return all
}

// cells fills the row and returns name and contents as written.
func (d *draft) cells() (name, contents string) {
	clear(d.row)
	for _, c := range d.columns {
		if c.field.over() {
			d.text(c)
			switch c.field {
			case RecipientName:
				name = d.joined(c)
			case Contents:
				contents = d.joined(c)
			}
			continue
		}
		d.single(c)
	}
	return name, contents
}

func (d *draft) joined(c column) string {
	var b strings.Builder
	for _, i := range c.at {
		b.WriteString(d.row[i])
	}
	return b.String()
}

// boxKey writes the key of one box.
func (d *draft) boxKey(box int) {
	for _, c := range d.columns {
		if c.field == Key {
			d.row[c.at[0]] = d.known.Key + "-" + strconv.Itoa(box)
		}
	}
}

// single fills a column that shares no text.
func (d *draft) single(c column) {
	before := len(d.reasons)
	value := d.value(c)
	if c.first.Codes != nil && c.field != NoField {
		code, ok := c.first.Codes[value]
		if !ok && value != "" {
			d.reasons = append(d.reasons,
				Reason{Code: Invalid, Field: string(c.field), Value: value, Text: say(
					fmt.Sprintf("column %s of %s has no code for this value", c.first.Header,
						d.cfg.Layout.Title),
					fmt.Sprintf("%sの「%s」にこの値のコードがありません", d.cfg.Layout.Title, c.first.Header))})
			return
		}
		value = code
	}
	if value == "" {
		value = c.first.Value
	}
	if value == "" {
		if c.required && len(d.reasons) == before {
			d.missing(c)
		}
		return
	}
	d.put(c, value)
}

func (d *draft) missing(c column) {
	d.refuse(Missing, c.field, order.Text{
		EN: fmt.Sprintf("%s needs %s (%s), which is empty", d.cfg.Layout.Title, c.first.Header,
			c.field),
		JA: fmt.Sprintf("%sに必要な「%s」がありません", d.cfg.Layout.Title, c.first.Header)})
}

// put writes a value into one cell, or refuses it.
func (d *draft) put(c column, value string) {
	if first, _ := utf8.DecodeRuneInString(value); c.field != NoField && formula(first) {
		d.guarded(c.field)
		value = guard + value
	}
	if !d.printable(c.field, value) {
		return
	}
	if c.rooms[0].width > 0 && c.rooms[0].count.of(value,
		d.cfg.Layout.Encoding) > c.rooms[0].width {
		d.tooLong(c, value)
		return
	}
	d.row[c.at[0]] = value
}

func (d *draft) tooLong(c column, value string) {
	limit := 0
	for _, r := range c.rooms {
		limit += r.width
	}
	d.reasons = append(d.reasons, Reason{Code: TooLong, Field: string(c.field), Value: value,
		Limit: limit, Text: order.Text{
			EN: fmt.Sprintf(
				"the text is %d wide and does not fit into %d columns of together %d (%s from %s on) at places where it may be broken",
				c.rooms[0].count.of(value, d.cfg.Layout.Encoding), len(c.rooms), limit, c.field,
				c.first.Header),
			JA: fmt.Sprintf("「%s」（%d列・半角換算 %d まで）に区切りのよい位置で収まりません", c.first.Header, len(c.rooms),
				limit)}})
}

func (d *draft) printable(f Field, text string) bool {
	miss := lacking(d.cfg.Layout.Encoding, text)
	if len(miss) == 0 {
		return true
	}
	names := make([]string, len(miss))
	for i, r := range miss {
		names[i] = fmt.Sprintf("U+%04X", r)
		if r >= ' ' {
			names[i] = string(r) + " (" + names[i] + ")"
		}
	}
	list := strings.Join(names, ", ")
	d.reasons = append(d.reasons, Reason{Code: Unprintable, Field: string(f), Value: text,
		Text: say(
			fmt.Sprintf(
				"%s cannot be written in %s: Config.Replace can say what to print in its place",
				list, d.cfg.Layout.Encoding),
			fmt.Sprintf("印字できない文字があります: %s", list))})
	return false
}

// value returns the text of a field that is not shared by columns.
func (d *draft) value(c column) string {
	switch c.field {
	case Key:
		return d.known.Key
	case OrderNumber:
		return d.order.ID
	case ServiceCode:
		if d.amount.Known() && d.service.CODCode != "" {
			return d.service.CODCode
		}
		return d.service.Code
	case PaidBy:
		if d.amount.Known() {
			return "cod"
		}
		return "prepaid"
	case CoolCode:
		return d.plan.Cool
	case ShipDate:
		return formatDate(d.ship, c.first.Format)
	case DeliveryDate:
		return formatDate(d.deliver, c.first.Format)
	case SlotCode:
		return d.code.Text
	case SlotSeal:
		return d.seal()
	case SeinoWish, SeinoWishCode:
		return d.seino(c.field)
	case Boxes:
		if d.boxes > 1 || c.required {
			return strconv.Itoa(d.boxes)
		}
	case RecipientPostal:
		return d.postal(c, d.parcel.Recipient.Postal)
	case SenderPostal:
		return d.postal(c, d.sender().Postal)
	case RecipientPhone:
		return d.recipientPhone(c)
	case SenderPhone:
		return d.phone(c.field, d.sender().Phone)
	case Honorific:
		if d.plan.Honorific != "" {
			return d.plan.Honorific
		}
		if c.first.Codes != nil {
			return "様"
		}
	case Note:
		return d.tidied(c, d.plan.Note)
	case CODAmount:
		return yen(d.amount)
	case CODTax:
		if d.amount.Known() {
			return yen(d.tax)
		}
	case AccountCode:
		return d.cfg.Account.Code
	case AccountBranch:
		return d.cfg.Account.Branch
	case AccountFare:
		return d.cfg.Account.Fare
	case PieceSize:
		return d.plan.Size
	}
	return ""
}

// seal returns 佐川's 指定シール: the slot's, else the date's. Tool and paper hold only one of them.
func (d *draft) seal() string {
	switch {
	case d.code.Seal != "":
		return d.code.Seal
	case !d.deliver.IsZero():
		return timeslot.SagawaDateSeal
	}
	return ""
}

// seino returns 西濃's wish: month and day, or 0000 with a slot only, then the half of the day.
func (d *draft) seino(f Field) string {
	if d.deliver.IsZero() && !d.slot.Wanted() {
		return ""
	}
	if f == SeinoWishCode {
		return "02"
	}
	day, half := "0000", "0"
	if !d.deliver.IsZero() {
		day = fmt.Sprintf("%02d%02d", int(d.deliver.Month), d.deliver.Day)
	}
	switch d.slot {
	case timeslot.Morning:
		half = "1"
	case timeslot.Afternoon:
		half = "2"
	}
	return day + half
}

func formatDate(d order.Date, format string) string {
	if !d.Valid() {
		return ""
	}
	if format == "" {
		format = slashed
	}
	return d.Time().In(order.JST).Format(format)
}

func yen(m order.Money) string {
	n, ok := m.Yen()
	if !ok {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// postal returns 1000001, or 100-0001 where the column's format is "-".
func (d *draft) postal(c column, text string) string {
	digits := strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' || r == '〒' {
			return -1
		}
		return r
	}, halve(clean(text)))
	switch {
	case digits == "":
		return ""
	case len(digits) != 7 || strings.Trim(digits, "0123456789") != "" || digits == "0000000" ||
		digits == "9999999":
		d.reasons = append(d.reasons, Reason{Code: Invalid, Field: string(c.field), Value: text,
			Text: say(
				"this is no postal code of seven digits",
				"郵便番号が正しくありません")})
		return ""
	case c.first.Format == "-":
		return digits[:3] + "-" + digits[3:]
	}
	return digits
}

func (d *draft) recipientPhone(c column) string {
	to := d.parcel.Recipient
	for _, text := range []string{to.Phone, to.Phone2} {
		if clean(text) != "" {
			return d.phone(c.field, text)
		}
	}
	if d.cfg.Phone != "" {
		d.notes = append(d.notes, Reason{Code: NotePhone, Field: string(c.field),
			Text: say("the shop's telephone number is printed: the mall gives none",
				"お届け先の電話番号がないため、店舗指定の番号を出力します")})
	}
	return d.phone(c.field, d.cfg.Phone)
}

// phone returns a Japanese telephone number in digits, with the hyphens that it was received with.
func (d *draft) phone(f Field, text string) string {
	s := strings.ReplaceAll(halve(clean(text)), " ", "")
	if rest, ok := strings.CutPrefix(s, "+81"); ok {
		s = "0" + strings.TrimPrefix(strings.TrimPrefix(strings.TrimLeft(rest, "-"), "(0)"), "0")
	}
	if strings.ContainsAny(s, "()") {
		s = strings.ReplaceAll(strings.NewReplacer("(", "-", ")", "-").Replace(s), "--", "-")
	}
	s = strings.Trim(s, "-")
	digits := strings.ReplaceAll(s, "-", "")
	if s == "" {
		return ""
	}
	if strings.Trim(digits, "0123456789") != "" || len(digits) < 10 || len(digits) > 11 ||
		digits[0] != '0' {
		d.reasons = append(d.reasons, Reason{Code: Invalid, Field: string(f), Value: text,
			Text: say(
				"this is no telephone number of ten or eleven digits",
				"電話番号が正しくありません")})
		return ""
	}
	return s
}
