package order

// Certainty is how sure a fact about a mall is.
type Certainty string

// The certainties, the surest first.
const (
	Reported Certainty = "reported" // people who use the API say so, and no page of the mall does
	OneWord  Certainty = "single"   // one source alone says so
	Inferred Certainty = "inferred" // nobody says so; it follows from what is said
	NotSaid  Certainty = "open"     // nobody says what holds; the code works either way, or stays on the safe side
)

// Assumption is something that this SDK takes for true of a mall without knowing it for sure.
type Assumption struct {
	ID          string // short, of its mall alone
	Taken       Text   // what is taken for true
	Source      Text   // from where
	Sure        Certainty
	Code        []string // names in the mall's package that rest on it
	Confirms    Text     // the reply, header or error that would confirm it
	Contradicts Text     // and that would contradict it
}
