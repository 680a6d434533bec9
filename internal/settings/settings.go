// Package settings reads the named values of a shop for a mall's ParseConfig.
package settings

import (
	"errors"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// The names that are treated here.
const (
	mallName      = "mall"
	shopName      = "shop"
	baseURLName   = "base_url"
	redirectName  = "redirect_uri"
	tokenURLName  = "token_url"
	unlimitedName = "unlimited"
)

// Common returns the settings that every mall has, after its own.
func Common() []credential.Setting {
	return []credential.Setting{
		{Name: baseURLName, Kind: credential.SettingURL, Where: credential.Text{
			JA: "中継サーバーや模擬モールを使うときだけ：モールの代わりに呼び出すアドレス",
			EN: "only for a relay or a fake mall: the address called instead of the mall's"}},
		{Name: unlimitedName, Kind: credential.SettingYes, Where: credential.Text{
			JA: "模擬モールを使うときだけ：true なら呼び出し回数を制限しません",
			EN: "only for a fake mall: true turns the quotas off"}},
	}
}

// TokenURL returns the setting for the token endpoint of the malls that use tokens.
func TokenURL() credential.Setting {
	return credential.Setting{Name: tokenURLName, Kind: credential.SettingURL,
		Where: credential.Text{
			JA: "模擬モールを使うときだけ：トークンを取得するアドレス", EN: "only for a fake mall: its token endpoint"}}
}

// Values are the values of one shop. Err collects their errors; a wrong value is treated as
// absent.
type Values struct {
	mall   order.Mall
	shop   string
	known  []credential.Setting
	given  map[string]string
	dates  map[string]time.Time
	report check.Report
}

// Read checks all values. A blank value is missing: a form or a row of a table has a field for
// every name. With stored, values that a Store can hold may be missing.
func Read(
	mall order.Mall, known []credential.Setting, given map[string]string, stored bool,
) *Values {
	v := &Values{mall: mall, shop: strings.TrimSpace(given[shopName]), known: known,
		given: map[string]string{}, dates: map[string]time.Time{}}
	found := v.report.Fields()
	for _, name := range slices.Sorted(maps.Keys(given)) {
		value := strings.TrimSpace(given[name])
		switch {
		case name == mallName && value != "" && value != string(mall):
			found.Add(name, "these are the settings of %s", mall)
		case name != mallName && !slices.ContainsFunc(known,
			func(s credential.Setting) bool { return s.Name == name }):
			found.Add(name, "no setting of %s", mall)
		}
	}
	for _, s := range known {
		value := strings.TrimSpace(given[s.Name])
		switch {
		case value != "":
			v.take(s, value)
		case s.Required && (!s.Stored || !stored):
			v.Refuse(s.Name, "missing")
		}
	}
	if v.Yes(unlimitedName) && !local(v.given[baseURLName]) {
		found.Add(unlimitedName, "for a fake mall: base_url has to be on this machine")
	}
	return v
}

// take keeps a value, or refuses it.
func (v *Values) take(s credential.Setting, value string) {
	wrong := ""
	switch s.Kind {
	case credential.SettingDate:
		at, ok := date(value)
		if !ok {
			wrong = "neither a date such as 2026-11-23 nor an instant such as 2026-11-23T09:00:00+09:00"
		}
		v.dates[s.Name] = at
	case credential.SettingURL:
		if !address(value, s.Name == redirectName) {
			wrong = "not a URL of the form https://host/path"
		}
	case credential.SettingYes:
		if value != "true" && value != "false" {
			wrong = "neither true nor false"
		}
	}
	if wrong != "" {
		v.Refuse(s.Name, wrong)
		return
	}
	v.given[s.Name] = value
}

// Refuse adds what is wrong with a value, without the value.
func (v *Values) Refuse(name, wrong string) {
	for _, s := range v.known {
		if s.Name == name {
			v.report.Fields().Add(name, "%s (%s)", wrong, s.Where.EN)
		}
	}
	delete(v.given, name)
}

// Check refuses a value if check returns what is wrong with it. A missing one is not checked.
func (v *Values) Check(name string, check func(value string) error) {
	if value := v.given[name]; value != "" {
		if err := check(value); err != nil {
			v.Refuse(name, err.Error())
		}
	}
}

// Keys refuses values that cannot be a key, secret, token or identifier, and cleans the others.
func (v *Values) Keys(names ...string) {
	for _, name := range names {
		v.Check(name, func(value string) error {
			clean, err := check.Key("", value)
			v.given[name] = clean
			return err
		})
	}
}

// TokenURLs refuses the address of a token endpoint that has no path.
func (v *Values) TokenURLs() {
	v.Check(tokenURLName, func(value string) error {
		if u, err := url.Parse(value); err != nil || u.Path == "" {
			return errors.New("not the URL of a token endpoint")
		}
		return nil
	})
}

// address reports whether a value is the URL of a server or a page.
func address(value string, query bool) bool {
	u, err := url.Parse(value)
	return err == nil && u.Hostname() != "" && (u.Scheme == "https" || u.Scheme == "http") &&
		u.User == nil && u.Fragment == "" && (query || u.RawQuery == "" && !u.ForceQuery) &&
		!slices.Contains(strings.Split(u.Path, "/"), "..")
}

func date(value string) (time.Time, bool) {
	if t, err := time.ParseInLocation(time.DateOnly, value, order.JST); err == nil {
		return t, true
	}
	t, err := time.Parse(time.RFC3339, value)
	return t, err == nil
}

// local reports whether a URL points to this machine.
func local(base string) bool {
	u, err := url.Parse(base)
	return err == nil && transport.Loopback(u.Hostname())
}

// Text returns a value as given.
func (v *Values) Text(name string) string { return v.given[name] }

// Secret returns a value that must not be printed.
func (v *Values) Secret(name string) credential.Secret {
	return credential.NewSecret(v.given[name])
}

// Time returns a date, zero if absent.
func (v *Values) Time(name string) time.Time { return v.dates[name] }

// Yes reports whether a value is true.
func (v *Values) Yes(name string) bool { return v.given[name] == "true" }

// Limiters returns order.Unlimited for a fake mall without quotas, or nil for the mall's own.
func (v *Values) Limiters() order.Limiters {
	if v.Yes(unlimitedName) {
		return order.Unlimited
	}
	return nil
}

// Err returns everything that is wrong, by name and without values.
func (v *Values) Err() error {
	err := v.report.Err()
	if err == nil {
		return nil
	}
	return &order.Error{Class: order.ErrInvalid, Mall: v.mall, Shop: v.shop, Operation: "settings",
		Err: err}
}
