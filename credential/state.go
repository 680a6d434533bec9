package credential

import "fmt"

// State is the state of a credential. The zero State is Unknown; what is not known is never Valid.
type State uint8

// The states.
const (
	Unknown  State = iota // 不明: neither reported by the mall nor computable
	Valid                 // 有効
	Expiring              // まもなく期限切れ: at least one warning step is reached
	Expired               // 期限切れ
)

var stateNames = [...]string{"unknown", "valid", "expiring", "expired"}

// String returns the state as one English word.
func (s State) String() string {
	if int(s) < len(stateNames) {
		return stateNames[s]
	}
	return fmt.Sprintf("state %d", uint8(s))
}

// Text returns the state in both languages.
func (s State) Text() Text {
	switch s {
	case Valid:
		return say("有効", "valid")
	case Expiring:
		return say("まもなく期限切れ", "expiring")
	case Expired:
		return say("期限切れ", "expired")
	}
	return say("不明", "unknown")
}

// MarshalText returns what String returns.
func (s State) MarshalText() ([]byte, error) {
	if int(s) >= len(stateNames) {
		return nil, fmt.Errorf("credential: %s is not a state", s)
	}
	return []byte(s.String()), nil
}

// UnmarshalText parses what MarshalText returns; the empty text is Unknown.
func (s *State) UnmarshalText(text []byte) error {
	for i, name := range stateNames {
		if string(text) == name {
			*s = State(i)
			return nil
		}
	}
	if len(text) == 0 {
		*s = Unknown
		return nil
	}
	return fmt.Errorf("credential: not a state: want one of %v", stateNames)
}
