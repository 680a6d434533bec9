package timeslot

import "strings"

// Carrier is a delivery company (配送会社), or one of its services where slots depend on the service:
// Yamato offers them for 宅急便 but not for ネコポス. The type is open: any other text is a Carrier that
// has that text as its name. The zero Carrier means that none is known.
//
// The methods take any name that [ParseCarrier] knows (ヤマト運輸) for the carrier; to compare Carriers
// with ==, use [ParseCarrier] first.
//
// Each mall's package maps the mall's own carrier codes to Carriers.
type Carrier string

// Companies, as the malls' carrier lists name them.
const (
	Yamato              Carrier = "yamato" // with 宅急便 and 宅急便コンパクト
	Sagawa              Carrier = "sagawa" // with 飛脚宅配便
	JapanPost           Carrier = "japan-post"
	Seino               Carrier = "seino"
	SeinoSuperExpress   Carrier = "seino-super-express"
	Fukuyama            Carrier = "fukuyama"
	Meitetsu            Carrier = "meitetsu"
	MeitetsuNX          Carrier = "meitetsu-nx"
	Tonami              Carrier = "tonami"
	Daiichi             Carrier = "daiichi"
	Niigata             Carrier = "niigata"
	Chuetsu             Carrier = "chuetsu"
	Okayama             Carrier = "okayama"
	Kurume              Carrier = "kurume"
	Sanyo               Carrier = "sanyo"
	NXTransport         Carrier = "nx-transport"
	Nittsu              Carrier = "nittsu"
	EcoHai              Carrier = "ecohai"
	JPLogistics         Carrier = "jp-logistics"
	JPExpress           Carrier = "jp-express"
	RakutenExpress      Carrier = "rakuten-express"
	MagicalMove         Carrier = "magical-move"
	AskulLogist         Carrier = "askul-logist"
	SGHGlobal           Carrier = "sgh-global"
	EMS                 Carrier = "ems"
	DHL                 Carrier = "dhl"
	FedEx               Carrier = "fedex"
	UPS                 Carrier = "ups"
	TNT                 Carrier = "tnt"
	OCS                 Carrier = "ocs"
	USPS                Carrier = "usps"
	SFExpress           Carrier = "sf-express"
	Aramex              Carrier = "aramex"
	SelfDelivery        Carrier = "self-delivery"
	StorePickup         Carrier = "store-pickup"
	OtherCarrier        Carrier = "other" // the malls' その他, without a name
	RakutenPostShipment Carrier = "japan-post-rakuten"
)

// Services whose slots differ from those of their company's parcels.
const (
	YamatoTimeService Carrier = "yamato-time-service"    // タイムサービス: until 10:00 or 17:00
	Nekopos           Carrier = "nekopos"                // no slots
	KuronekoYuPacket  Carrier = "kuroneko-yu-packet"     // no slots
	KuronekoDM        Carrier = "kuroneko-dm"            // no slots
	YuPacket          Carrier = "yu-packet"              // no slots
	ClickPost         Carrier = "click-post"             // no slots
	YuMail            Carrier = "yu-mail"                // no slots
	HikyakuMail       Carrier = "hikyaku-mail"           // no slots
	TimedMail         Carrier = "japan-post-timed-mail"  // 配達時間帯指定郵便, letters
	YuPackSmartphone  Carrier = "yu-pack-smartphone-app" // ゆうパックスマホ割
	KonekoBin         Carrier = "koneko-bin"             // こねこ便420: no slots
	KuronekoYuMail    Carrier = "kuroneko-yu-mail"       // クロネコゆうメール: no slots
	YuPacketPost      Carrier = "yu-packet-post"         // no slots
	YuPacketPlus      Carrier = "yu-packet-plus"         // no slots
	LetterPackLight   Carrier = "letter-pack-light"      // no slots
	LetterPackPlus    Carrier = "letter-pack-plus"       // no slots
	SmartLetter       Carrier = "smart-letter"           // no slots
	StandardMail      Carrier = "standard-mail"          // 定形郵便: no slots
	NonStandardMail   Carrier = "non-standard-mail"      // 定形外郵便: no slots
	OrdinaryMail      Carrier = "ordinary-mail"          // 普通郵便, any size: no slots
	SimpleRegistered  Carrier = "simple-registered-mail" // 簡易書留: no slots
	SpecifiedRecord   Carrier = "specified-record-mail"  // 特定記録郵便: no slots
)

// row finds the row of a carrier's text form. The table is short enough for a linear search.
func (c Carrier) row() (carrierFact, bool) {
	for i := range carriers {
		if carriers[i].id == c {
			return carriers[i], true
		}
	}
	return carrierFact{}, false
}

// fact finds the row of a known carrier, also by a name that people write: Carrier("ヤマト運輸").
func (c Carrier) fact() (carrierFact, bool) {
	if f, ok := c.row(); ok {
		return f, true
	}
	if id, ok := LookupCarrier(string(c)); ok {
		return id.row()
	}
	return carrierFact{}, false
}

// canonical returns the constant that c stands for, or c itself.
func (c Carrier) canonical() Carrier {
	if f, ok := c.fact(); ok {
		return f.id
	}
	return c
}

// Known reports whether c is one of the package's carriers, by its text form or by any name that
// [ParseCarrier] knows.
func (c Carrier) Known() bool {
	_, ok := c.fact()
	return ok
}

// Name returns the Japanese name, or the text itself if c is unknown.
func (c Carrier) Name() string {
	if f, ok := c.fact(); ok {
		return f.ja
	}
	return string(c)
}

// EnglishName returns the English name, or the text itself if c is unknown.
func (c Carrier) EnglishName() string {
	if f, ok := c.fact(); ok {
		return f.en
	}
	return string(c)
}

// Company returns the company that runs the service c, or c itself: its constant, where c is a name
// of it (ヤマト運輸).
func (c Carrier) Company() Carrier {
	if f, ok := c.fact(); ok && f.company != "" {
		return f.company
	}
	return c.canonical()
}

// NoSlots reports whether c is known to offer no delivery slots, such as ネコポス and クリックポスト. False
// does not mean that it offers any.
func (c Carrier) NoSlots() bool {
	f, _ := c.fact()
	return f.noSlots
}

// Software returns the label software that is usual for c. It is empty where none is known, and
// for Sagawa, whose two contracts have different codes: choose one of the EHiden constants.
func (c Carrier) Software() Software {
	f, _ := c.fact()
	return f.software
}

// Carriers returns the known carriers, companies first.
func Carriers() []Carrier {
	list := make([]Carrier, len(carriers))
	for i := range carriers {
		list[i] = carriers[i].id
	}
	return list
}

// ParseCarrier returns the carrier that a name stands for: its text form, its Japanese or English
// name, or another common name (クロネコヤマト, 佐川, ゆうパック). Width, spacing and 株式会社 do not matter, but
// the name must be the whole text. Any other text, trimmed of spaces, is returned as an unknown
// Carrier.
func ParseCarrier(name string) Carrier {
	if c, ok := LookupCarrier(name); ok {
		return c
	}
	return Carrier(strings.TrimSpace(name))
}

// LookupCarrier is like [ParseCarrier] but finds known carriers only; ok is false for any other
// text.
func LookupCarrier(name string) (c Carrier, ok bool) {
	if f, ok := Carrier(name).row(); ok {
		return f.id, true
	}
	if len(name) > maxCarrierName {
		return "", false
	}
	var buf [foldBuffer]byte
	key := appendFold(buf[:0], name)
	if c, ok = carrierNames[string(key)]; ok {
		return c, true
	}
	c, ok = carrierNames[companyName(string(key))]
	return c, ok
}

// maxCarrierName is the longest carrier name in bytes.
const maxCarrierName = 256

// carrierNames holds every name of every carrier, folded.
var carrierNames = compileNames()

func compileNames() map[string]Carrier {
	names := make(map[string]Carrier)
	for _, f := range carriers {
		for _, list := range [][]string{{string(f.id), f.ja, f.en}, f.aliases, f.short} {
			for _, name := range list {
				key := fold(name)
				if _, taken := names[key]; !taken {
					names[key] = f.id
				}
				names[companyName(key)] = names[key]
			}
		}
	}
	return names
}

// affixes mark a name as a company's. They are folded.
var affixes = [...]string{"株式会社", "(株)", "㈱", "有限会社", "(有)", "㈲", "合同会社", "co.,ltd.", "co.,ltd",
	"co.ltd.", "inc.", "inc", "corporation"}

// companyName returns a folded name without a leading or trailing 株式会社 or the like.
func companyName(key string) string {
	for _, a := range affixes {
		if rest, ok := strings.CutPrefix(key, a); ok && rest != "" {
			return rest
		}
		if rest, ok := strings.CutSuffix(key, a); ok && rest != "" {
			return rest
		}
	}
	return key
}
