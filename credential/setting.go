package credential

// Setting is one named value of a shop's configuration: a form field, a table column, a line of a
// file. The Settings function of a mall's package lists them; its ParseConfig builds a Config from
// their values.
type Setting struct {
	Name     string
	Kind     SettingKind
	Required bool
	// may be missing although Required, where a Store holds the result of a consent
	Stored bool
	Where  Text // what it is for, and the screen that shows it
}

// SettingKind is the form of a value. Every value is a text.
type SettingKind string

// The kinds.
const (
	SettingText   SettingKind = "text"
	SettingSecret SettingKind = "secret" // held in a Secret
	// 2026-11-23, which begins at midnight in Japan, or an RFC 3339 instant
	SettingDate SettingKind = "date"
	SettingURL  SettingKind = "url" // https://host/path, or http
	SettingYes  SettingKind = "yes" // true or false
)
