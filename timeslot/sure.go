package timeslot

// Sureness says how well a fact about a carrier's slots and codes is known. Carriers
// publish little of it; check a code that is not Official with one real import into
// the label software.
type Sureness uint8

// From not known at all to the carrier's own word.
const (
	NotKnown     Sureness = iota
	Inferred              // D: follows from other facts, seen nowhere
	SingleSource          // C: one third-party source
	Agreed                // B: several third-party sources or running code agree
	Official              // A: the carrier's or a vendor's own document
)

// String is the letter used in carriers' tables: A, B, C, D, or ? for NotKnown.
func (s Sureness) String() string {
	if s > Official {
		return "?"
	}
	return "?DCBA"[s : s+1]
}
