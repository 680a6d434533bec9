package timeslot

import "strings"

// Carrier is a delivery company (配送会社), or one of its services where the service
// decides about slots (ネコポス knows none, although Yamato's 宅急便 does). It is an
// open type: a text that is none of the constants is a legal carrier that keeps its
// text as its name. The zero Carrier means that none is known.
//
// A mall's own carrier codes are mapped to Carriers by that mall's package.
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
	OtherCarrier        Carrier = "other" // the malls' その他, when no name came with it
	RakutenPostShipment Carrier = "japan-post-rakuten"
)

// Services that differ from their company's parcels in what they know of slots.
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
	OrdinaryMail      Carrier = "ordinary-mail"          // 普通郵便, of whichever size: no slots
	SimpleRegistered  Carrier = "simple-registered-mail" // 簡易書留: no slots
	SpecifiedRecord   Carrier = "specified-record-mail"  // 特定記録郵便: no slots
)

// fact finds the row of a known carrier. The table is short; a walk is quick enough.
func (c Carrier) fact() (carrierFact, bool) {
	for i := range carriers {
		if carriers[i].id == c {
			return carriers[i], true
		}
	}
	return carrierFact{}, false
}

// Known reports whether c is one of the package's carriers.
func (c Carrier) Known() bool {
	_, ok := c.fact()
	return ok
}

// Name is the Japanese name; an unknown carrier's is its own text.
func (c Carrier) Name() string {
	if f, ok := c.fact(); ok {
		return f.ja
	}
	return string(c)
}

// EnglishName is the English name; an unknown carrier's is its own text.
func (c Carrier) EnglishName() string {
	if f, ok := c.fact(); ok {
		return f.en
	}
	return string(c)
}

// Company is the company that runs the service c, or c itself.
func (c Carrier) Company() Carrier {
	if f, ok := c.fact(); ok && f.company != "" {
		return f.company
	}
	return c
}

// NoSlots reports whether c is known to offer no delivery slots at all, as ネコポス
// and クリックポスト do. False does not say that it offers any.
func (c Carrier) NoSlots() bool {
	f, _ := c.fact()
	return f.noSlots
}

// Software is the label software whose codes c's shippers use, where the package
// knows one. It is empty for Sagawa, whose two contracts have different codes
// (choose one of the EHiden constants), and for carriers whose software is unknown.
func (c Carrier) Software() Software {
	f, _ := c.fact()
	return f.software
}

// Carriers lists the known carriers, companies first.
func Carriers() []Carrier {
	list := make([]Carrier, len(carriers))
	for i := range carriers {
		list[i] = carriers[i].id
	}
	return list
}

// ParseCarrier finds the carrier of a name: its text form, its Japanese or English
// name or another name in use (クロネコヤマト, 佐川, ゆうパック), whatever the width and
// spacing, with or without 株式会社. Nothing is searched inside a longer text. Any
// other text, trimmed of spaces, is returned as an unknown Carrier.
func ParseCarrier(name string) Carrier {
	if c, ok := LookupCarrier(name); ok {
		return c
	}
	return Carrier(strings.TrimSpace(name))
}

// LookupCarrier is ParseCarrier for whoever asks whether a text is the name of a known
// carrier at all: ok is false for any other text.
func LookupCarrier(name string) (c Carrier, ok bool) {
	if c := Carrier(name); c.Known() {
		return c, true
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

// maxCarrierName is the longest text in bytes that may be a carrier's name.
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

// affixes say of a name that it is a company's; they are folded.
var affixes = [...]string{"株式会社", "(株)", "㈱", "有限会社", "(有)", "㈲", "合同会社", "co.,ltd.", "co.,ltd", "co.ltd.", "inc.", "inc", "corporation"}

// companyName is a folded name without 株式会社 and the like before or behind it.
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
