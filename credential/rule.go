package credential

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jpmall/jpmall/order"
)

// Kind is a kind of credential at a mall. The constants are those of the built-in rules; any other
// non-empty text is allowed, for a rule that is added.
type Kind string

// The kinds of the four malls.
const (
	KindServiceSecret Kind = "service-secret" // Rakuten serviceSecret
	KindLicenseKey    Kind = "license-key"    // Rakuten licenseKey (ライセンスキー)
	// Yahoo!: how long the order APIs accept one consent
	KindOrderSession Kind = "order-session"
	KindRefreshToken Kind = "refresh-token" // Yahoo! and Amazon
	KindPublicKey    Kind = "public-key"    // Yahoo! public key (公開鍵)
	// Amazon: a seller's authorisation of a public application
	KindAuthorization Kind = "authorization"
	// Amazon: a seller's authorisation of its own private application
	KindSelfAuthorization Kind = "self-authorization"
	KindMarketplaceID     Kind = "marketplace-id" // Amazon
	KindClientSecret      Kind = "client-secret"  // Amazon LWA client secret
	// the previous Amazon LWA client secret, after a rotation
	KindPreviousClientSecret Kind = "previous-client-secret"
	KindAccessToken          Kind = "access-token" // Yahoo! and Amazon
	KindAPIKey               Kind = "api-key"      // au PAY Market API key
)

// Origin is the event from which a life is counted; [Record.Start] is its instant.
type Origin string

// The origins.
const (
	FromIssue    Origin = "issue"    // 発行
	FromConsent  Origin = "consent"  // 同意・認可
	FromRotation Origin = "rotation" // ローテーション
)

// Overlap is what happens to the old credential when a new one is issued.
type Overlap string

// The overlaps. The zero Overlap means that it is not known, or that sources contradict each other:
// the old one may or may not work.
const (
	OverlapUnknown Overlap = ""
	OverlapNone    Overlap = "none"    // the old one ends at once
	OverlapOwnEnd  Overlap = "own-end" // the old one is valid until its own end
	OverlapFixed   Overlap = "fixed"   // the old one is valid for Rule.OverlapFor
)

// Renewal is who renews a credential.
type Renewal string

// The renewals.
const (
	RenewedByPerson  Renewal = "person"  // someone must sign in and act
	RenewedByProgram Renewal = "program" // an API does it, once it is set up
	// the SDK's client does it: the Monitor sends no notice
	RenewedByClient Renewal = "client"
	RenewedByNobody Renewal = "nobody" // it never expires
)

// Certainty is how well a rule is known.
type Certainty string

// The certainties, lowest first. [Rule.Doubt] says what is not certain.
const (
	Unsure     Certainty = "unsure"     // no source covers this very case
	Reported   Certainty = "reported"   // several vendors or shops report it
	Measured   Certainty = "measured"   // seen in the mall's own replies
	Documented Certainty = "documented" // the mall documents it
)

// Rule is what is known of one kind of credential at one mall, as plain data.
type Rule struct {
	Mall order.Mall `json:"mall"`
	Kind Kind       `json:"kind"`
	Name Text       `json:"name"`

	Never bool `json:"never,omitempty"` // it never expires; Lifetimes is empty then
	// how long it lives; of several the earliest end applies
	Lifetimes []Lifetime `json:"lifetimes,omitempty"`
	From      Origin     `json:"from,omitempty"` // what the life is counted from

	// Extended are the lifetimes while Record.Extended is true; ExtendedWhile says when that is.
	// Empty where there are none.
	Extended      []Lifetime `json:"extended,omitempty"`
	ExtendedWhile Text       `json:"extended_while,omitzero"`

	Overlap    Overlap       `json:"overlap,omitempty"`
	OverlapFor time.Duration `json:"overlap_for,omitempty"` // with OverlapFixed
	// Overlap in words, with its exceptions
	OverlapNote Text `json:"overlap_note,omitzero"`
	// a new one may be refused for this long after Record.Start
	RefusedFor time.Duration `json:"refused_for,omitempty"`
	Renewal    Renewal       `json:"renewal"`        // who renews it
	Where      Text          `json:"where,omitzero"` // the screen, by the names on it
	// the page, where its address is known; "{shop}" is replaced by the shop
	URL   string `json:"url,omitempty"`
	Steps []Text `json:"steps,omitempty"` // what to do there, in order
	// what the mall sends before the end
	MallNotice Text `json:"mall_notice,omitzero"`
	FailsLike  Text `json:"fails_like,omitzero"` // how calls fail once it has expired

	// Warn are the warning steps: how long before the end a notice is sent, longest first. A step
	// that is not shorter than the life is left out, so that one rule serves a 12-hour and a 4-week
	// life.
	Warn []time.Duration `json:"warn,omitempty"`

	Sure    Certainty `json:"sure"`
	Doubt   Text      `json:"doubt,omitzero"` // what is not certain
	Sources []string  `json:"sources,omitempty"`
}

// Validate returns an error that names everything wrong with the rule.
func (r Rule) Validate() error {
	var errs []error
	check := func(bad bool, format string, args ...any) {
		if bad {
			errs = append(errs, fmt.Errorf("credential: rule %s/%s: %s", r.Mall, r.Kind,
				fmt.Sprintf(format, args...)))
		}
	}
	check(r.Mall == "", "Mall is empty")
	check(r.Kind == "", "Kind is empty")
	check(r.Name.JA == "" || r.Name.EN == "", "Name is needed in Japanese and in English")
	check(r.Never == (len(r.Lifetimes) > 0), "either Never or at least one of Lifetimes")
	check(r.Never && len(r.Extended) > 0, "Extended lifetimes of something that never ends")
	for i, l := range r.Lifetimes {
		if err := l.validate(); err != nil {
			check(true, "Lifetimes[%d]: %v", i, err)
		}
	}
	for i, l := range r.Extended {
		if err := l.validate(); err != nil {
			check(true, "Extended[%d]: %v", i, err)
		}
	}
	check(len(r.Extended) > 0 && r.ExtendedWhile.IsZero(),
		"ExtendedWhile does not say when Extended holds")
	check(!r.Never && !slices.Contains([]Origin{FromIssue, FromConsent, FromRotation}, r.From),
		"From is %q, not one of issue, consent and rotation", r.From)
	check(!slices.Contains([]Overlap{OverlapUnknown, OverlapNone, OverlapOwnEnd, OverlapFixed},
		r.Overlap), "Overlap %q is not known", r.Overlap)
	check((r.Overlap == OverlapFixed) != (r.OverlapFor > 0),
		"OverlapFor goes with OverlapFixed and is positive")
	check(r.RefusedFor < 0, "RefusedFor is negative")
	check(!slices.Contains([]Renewal{RenewedByPerson, RenewedByProgram, RenewedByClient,
		RenewedByNobody}, r.Renewal),
		"Renewal is %q, not one of person, program, client and nobody", r.Renewal)
	check(r.Renewal == RenewedByPerson && r.Where.IsZero(),
		"Where is empty: it must say where to go")
	check(r.Renewal == RenewedByPerson && len(r.Steps) == 0,
		"Steps are empty: they must say what to do")
	check(r.Renewal == RenewedByPerson && !r.Never && len(r.Warn) == 0,
		"Warn is empty: there would be no notice before the expiry")
	for i, w := range r.Warn {
		check(w <= 0 || i > 0 && w >= r.Warn[i-1],
			"Warn must be positive, longest first, each once")
	}
	check(!slices.Contains([]Certainty{Unsure, Reported, Measured, Documented}, r.Sure),
		"Sure is %q, not one of unsure, reported, measured and documented", r.Sure)
	return errors.Join(errs...)
}

// clone returns a copy that shares nothing with r.
func (r Rule) clone() Rule {
	r.Lifetimes = slices.Clone(r.Lifetimes)
	r.Extended = slices.Clone(r.Extended)
	r.Steps = slices.Clone(r.Steps)
	r.Warn = slices.Clone(r.Warn)
	r.Sources = slices.Clone(r.Sources)
	return r
}
