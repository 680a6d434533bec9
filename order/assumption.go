package order

// Certainty is how certain a fact about a mall is.
type Certainty string

// The certainties, most certain first.
const (
	Reported Certainty = "reported" // users of the API say so, but no page of the mall does
	OneWord  Certainty = "single"   // a single source says so
	Inferred Certainty = "inferred" // no source says so; it follows from what sources say
	// no source says what holds; the code works either way, or stays on the safe side
	NotSaid Certainty = "open"
)

// Assumption is something that this SDK assumes about a mall without being certain.
type Assumption struct {
	ID     string // short; unique within the mall
	Taken  Text   // what is assumed
	Source Text   // where that comes from
	Sure   Certainty
	Code   []string // names in the mall's package that depend on it
	// with Config.Drift, the mall's client checks it against traffic and reports DriftConfirmed or
	// DriftContradicted
	Watched     bool
	Confirms    Text // the reply, header or error that would confirm it
	Contradicts Text // the one that would contradict it
}
