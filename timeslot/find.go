package timeslot

// Found is a slot label that stood somewhere in free text. That it comes from a
// Found is itself worth keeping with the order: the mall had no field for it.
type Found struct {
	Text string // the label as it stood, for a Label's Text
	Line int    // the line it begins on, counted from 1
	Date Date   // the delivery date beside it; zero if none, Year 0 if unwritten
}

// Find looks for the slot label in a remark, a comment or an order form's answers.
func Find(text string) (Found, bool) {
	return Found{}, false
}
