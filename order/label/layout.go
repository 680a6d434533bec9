package label

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/jpmall/jpmall/timeslot"
)

// Layout is the file format of one label software (送り状発行ソフト): its columns and what applies to all
// of them. It is plain data: change a copy of a built-in one, write your own in Go or JSON
// ([ParseLayout]), or derive one from a header row ([FromSample]).
type Layout struct {
	Name     string           `json:"name"`  // prefix of file names
	Title    string           `json:"title"` // 送り状発行ソフトの名前
	Carrier  timeslot.Carrier `json:"carrier"`
	Encoding Encoding         `json:"encoding"`
	LineEnd  string           `json:"line_end,omitempty"` // empty is CR LF
	// the first row holds the column headers
	Header bool `json:"header"`
	// how widths are counted, unless the column says
	Count   Count `json:"count"`
	MaxRows int   `json:"max_rows,omitempty"`
	// how many days ahead the shipping date may be; 0 is no limit
	ShipDays int `json:"ship_days,omitempty"`
	// how many days after shipping the delivery date may be; 0 is no limit
	DeliverDays int  `json:"deliver_days,omitempty"`
	RowPerBox   bool `json:"row_per_box,omitempty"` // a row for each box
	// one row for all boxes, but a tracking number for each
	NumberEach bool `json:"number_each,omitempty"`
	// the first is the default
	Services []Service `json:"services"`
	Columns  []Column  `json:"columns"`
}

// Service is a service of the carrier (送り状種類) as the label software defines it.
type Service struct {
	Name     string `json:"name"`           // for Plan.Service, such as "standard"
	Title    string `json:"title"`          // 宅急便
	Code     string `json:"code,omitempty"` // for column ServiceCode
	CODCode  string `json:"cod_code,omitempty"`
	COD      bool   `json:"cod,omitempty"`       // can collect cash (代金引換)
	MaxCOD   int64  `json:"max_cod,omitempty"`   // yen; 0 is no limit
	MaxBoxes int    `json:"max_boxes,omitempty"` // per label; 0 is one
	BoxesCOD bool   `json:"boxes_cod,omitempty"` // several boxes may have cash on delivery
	NoWish   bool   `json:"no_wish,omitempty"`   // has neither delivery date nor slot
	Cool     bool   `json:"cool,omitempty"`      // can be chilled or frozen
	// the slot codes; empty if the service has no slots
	Slots timeslot.Software `json:"slots,omitempty"`
	// if it differs from the layout's, as for ネコポス
	Carrier timeslot.Carrier `json:"carrier,omitempty"`
}

// Column is one column of a layout.
type Column struct {
	Header string `json:"header,omitempty"`
	Field  Field  `json:"field,omitempty"` // what is written; if empty, Value
	// written if the field is empty, and always without a field
	Value    string `json:"value,omitempty"`
	Width    int    `json:"width,omitempty"` // 0 is no limit
	Count    Count  `json:"count,omitempty"` // empty is the layout's
	Required bool   `json:"required,omitempty"`
	// written in full-width characters, as the tool requires
	Wide bool `json:"wide,omitempty"`
	// dates: a layout of time.Format; postal codes: "-" for 100-0001, else 1000001
	Format string `json:"format,omitempty"`
	// the tool's codes by value; a value without a code is refused
	Codes map[string]string `json:"codes,omitempty"`
	// of an address that the tool splits itself: widths of prefecture, municipality, rest
	Parts []int `json:"parts,omitempty"`
}

// Field is what goes into a column. The set is closed; see Fields. Several columns with the same
// field share its text, broken at natural places, if the field is marked "shared".
type Field string

// The fields.
const (
	NoField          Field = ""
	Key              Field = "key"             // お客様管理番号: the label's key, see KeyStore
	OrderNumber      Field = "order.id"        // the mall's order number
	ServiceCode      Field = "service"         // 送り状種類: Service.Code or CODCode
	PaidBy           Field = "paid_by"         // 元払 or 代引: "prepaid" or "cod", through Codes
	CoolCode         Field = "cool"            // クール区分: Cool's values, through Codes
	ShipDate         Field = "ship_date"       // 出荷予定日
	DeliveryDate     Field = "delivery_date"   // お届け予定日
	SlotCode         Field = "slot"            // 配達時間帯: the code of timeslot
	SlotSeal         Field = "slot.seal"       // 佐川's 指定シール: of the slot, else of the date
	SeinoWish        Field = "seino.wish"      // 西濃: MMDD and 0, 1 (午前) or 2 (午後)
	SeinoWishCode    Field = "seino.wish_code" // 西濃: 02 if there is a wish
	Boxes            Field = "boxes"           // 個数, 発行枚数
	RecipientPostal  Field = "recipient.postal"
	RecipientPhone   Field = "recipient.phone"
	RecipientAddress Field = "recipient.address" // shared; prefecture to building
	// shared; company and department. Without such a column, they precede the name
	RecipientCompany Field = "recipient.company"
	RecipientName    Field = "recipient.name" // shared
	// 敬称: Plan.Honorific. If that is empty: 様 in a column with Codes, else empty
	Honorific     Field = "honorific"
	SenderPostal  Field = "sender.postal" // ご依頼主
	SenderPhone   Field = "sender.phone"
	SenderAddress Field = "sender.address" // shared
	SenderName    Field = "sender.name"    // shared
	Contents      Field = "contents"       // shared; 品名, 内容品
	Handling      Field = "handling"       // shared; 荷扱い
	Note          Field = "note"           // 記事
	CODAmount     Field = "cod.amount"     // 代引金額, tax included, yen
	CODTax        Field = "cod.tax"        // 内消費税額等, yen
	AccountCode   Field = "account.code"   // 請求先顧客コード, お客様コード, 荷送人コード: Config.Account
	AccountBranch Field = "account.branch" // 請求先分類コード
	AccountFare   Field = "account.fare"   // 運賃管理番号
	PieceSize     Field = "size"           // 荷物サイズ: Plan.Size
)

// Fields returns all fields.
func Fields() []Field {
	return []Field{
		Key, OrderNumber, ServiceCode, PaidBy, CoolCode, ShipDate, DeliveryDate, SlotCode, SlotSeal,
		SeinoWish, SeinoWishCode, Boxes,
		RecipientPostal, RecipientPhone, RecipientAddress, RecipientCompany, RecipientName,
		Honorific, SenderPostal, SenderPhone,
		SenderAddress, SenderName, Contents, Handling, Note, CODAmount, CODTax, AccountCode,
		AccountBranch, AccountFare, PieceSize,
	}
}

// over reports whether several columns may share the field's text.
func (f Field) over() bool {
	switch f {
	case RecipientAddress, RecipientCompany, RecipientName, SenderAddress, SenderName, Contents,
		Handling:
		return true
	}
	return false
}

// has reports whether a column carries one of the fields.
func (l Layout) has(fields ...Field) bool {
	return slices.ContainsFunc(l.Columns,
		func(c Column) bool { return slices.Contains(fields, c.Field) })
}

// Lacks returns the fields that a label may need and the layout cannot carry. Wishes for them are
// refused.
func (l Layout) Lacks() []Field {
	var all []Field
	add := func(f Field, carried bool) {
		if !carried {
			all = append(all, f)
		}
	}
	some := func(can func(Service) bool) bool { return slices.ContainsFunc(l.Services, can) }
	wish := some(func(s Service) bool { return !s.NoWish })
	add(Key, l.has(Key))
	add(DeliveryDate, wish && l.has(DeliveryDate, SeinoWish))
	add(SlotCode, wish && l.has(SlotCode, SeinoWish))
	add(CODAmount, l.has(CODAmount) && some(func(s Service) bool { return s.COD }))
	add(CoolCode, l.has(CoolCode) && some(func(s Service) bool { return s.Cool }))
	add(Boxes, l.RowPerBox || l.has(Boxes))
	add(RecipientPhone, l.has(RecipientPhone))
	add(SenderName, l.has(SenderName))
	return all
}

// headers returns the column headers.
func (l Layout) headers() []string {
	all := make([]string, len(l.Columns))
	for i, c := range l.Columns {
		all[i] = c.Header
	}
	return all
}

// clone returns a copy that shares no services or columns with l.
func (l Layout) clone() Layout {
	l.Services, l.Columns = slices.Clone(l.Services), slices.Clone(l.Columns)
	return l
}

// With returns a copy of the layout in which the column with that header holds a fixed text, for
// what depends on the shop or its contract, such as 荷姿 or 保険金額. An unknown header is an error.
func (l Layout) With(header, value string) (Layout, error) {
	l = l.clone()
	for i := range l.Columns {
		if sameHeader(l.Columns[i].Header, header) {
			l.Columns[i].Field, l.Columns[i].Value = NoField, value
			return l, l.Check()
		}
	}
	return l, fmt.Errorf("label: layout %s has no column %s", l.Name, header)
}

// Check returns everything that is wrong with a layout, as one joined error.
func (l Layout) Check() error {
	var found []error
	bad := func(format string, args ...any) {
		found = append(found, fmt.Errorf("label: layout %q: "+format,
			append([]any{l.Name}, args...)...))
	}
	if l.Name == "" {
		bad("name is empty")
	}
	if !l.Encoding.known() {
		bad("encoding must be cp932, utf-8 or utf-8-bom, got %q", l.Encoding)
	}
	if !l.Count.known() {
		bad("count must be cells, characters or bytes, got %q", l.Count)
	}
	if l.LineEnd != "" && l.LineEnd != "\r\n" && l.LineEnd != "\n" {
		bad("line_end %q is neither CR LF nor LF", l.LineEnd)
	}
	if len(l.Columns) == 0 {
		bad("no columns")
	}
	if len(l.Services) == 0 {
		bad("no services; one is needed, if only with a name")
	}
	names := map[string]bool{}
	for _, s := range l.Services {
		if s.Name == "" || names[s.Name] {
			bad("service %q: its name is empty or there twice", s.Name)
		}
		names[s.Name] = true
		if s.Slots != "" && !s.Slots.Known() {
			bad("service %s: timeslot has no table %q", s.Name, s.Slots)
		}
	}
	fields := Fields()
	once := map[Field]bool{}
	for i, c := range l.Columns {
		at := fmt.Sprintf("column %d %s", i+1, c.Header)
		if c.Field != NoField && !slices.Contains(fields, c.Field) {
			bad("%s: no such field: %q", at, c.Field)
		}
		if c.Count != "" && !c.Count.known() {
			bad("%s: count must be cells, characters or bytes, got %q", at, c.Count)
		}
		if c.Width < 0 {
			bad("%s: width is negative", at)
		}
		if c.Field != NoField && !c.Field.over() && once[c.Field] && c.Field != Key &&
			c.Field != Contents {
			bad("%s: field %s is in another column, too", at, c.Field)
		}
		once[c.Field] = true
		if c.Field == Key && c.Width > 0 && c.Width < keyLength+2 {
			bad("%s: a key with a box number needs %d characters, the column holds %d", at,
				keyLength+2, c.Width)
		}
		if len(c.Parts) != 0 && len(c.Parts) != 3 {
			bad("%s: parts wants the widths of prefecture, municipality and rest", at)
		}
		if miss := lacking(l.Encoding, c.Value+c.Header); len(miss) > 0 {
			bad("%s: the encoding lacks %q", at, string(miss))
		}
		if n := l.count(c).of(c.Value, l.Encoding); c.Width > 0 && n > c.Width {
			bad("%s: value %q is %d wide, the column %d", at, c.Value, n, c.Width)
		}
	}
	return errors.Join(found...)
}

func (l Layout) count(c Column) Count {
	if c.Count != "" {
		return c.Count
	}
	return l.Count
}

// service returns a service by name; the empty name means the first.
func (l Layout) service(name string) (Service, bool) {
	if name == "" && len(l.Services) > 0 {
		return l.Services[0], true
	}
	for _, s := range l.Services {
		if s.Name == name {
			return s, true
		}
	}
	return Service{}, false
}

// ParseLayout reads a layout from JSON, as json.Marshal writes it. Unknown field names are an
// error, and so is whatever Check finds.
func ParseLayout(data []byte) (Layout, error) {
	var l Layout
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&l); err != nil {
		return Layout{}, fmt.Errorf("label: layout: %w", err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return Layout{}, errors.New("label: layout: something follows after the closing brace")
	}
	return l, l.Check()
}

// Layouts returns the built-in layouts.
func Layouts() []Layout {
	return []Layout{
		B2(), B2Old(), EHiden3(timeslot.EHiden3Six), YuPri(), YuPriFilter(), ClickPost(),
		KangarooMagic2(), KangarooMagic2NoCOD(),
	}
}
