package timeslot

// Sureness is how reliable a fact about a carrier's slots and codes is. Carriers publish little:
// before relying on a code that is not Official, check it with one real import into the label
// software.
type Sureness uint8

// The levels, from the least reliable.
const (
	NotKnown     Sureness = iota
	Inferred              // D: follows from other facts; no source has it
	SingleSource          // C: one third-party source
	Agreed                // B: several third-party sources, or code in use, agree
	Official              // A: the carrier's or a vendor's own document
)

// String returns the letter A, B, C or D, or ? for [NotKnown].
func (s Sureness) String() string {
	if s > Official {
		return "?"
	}
	return "?DCBA"[s : s+1]
}
