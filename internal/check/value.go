package check

import (
	"strings"
	"time"
)

// Required reports an empty or blank text.
func (f Fields) Required(field, value string) {
	if strings.TrimFunc(value, invisible) == "" {
		f.Add(field, "is required")
	}
}

// Chars reports a text of more than most characters, counted as the malls' Java does: a character
// outside the basic plane (most emoji) is two. Other ways of counting never give more.
func (f Fields) Chars(field, value string, most int) {
	if n := charLength(value); n > most {
		f.Add(field, "%d characters, at most %d", n, most)
	}
}

func charLength(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// Bytes reports a text of more than most bytes in UTF-8. Most Japanese characters
// take three.
func (f Fields) Bytes(field, value string, most int) {
	if n := len(value); n > most {
		f.Add(field, "%d bytes in UTF-8, at most %d", n, most)
	}
}

// Range reports a number outside least to most, both included.
func (f Fields) Range(field string, value, least, most int64) {
	if value < least || value > most {
		f.Add(field, "%d, want %d to %d", value, least, most)
	}
}

// Batch reports a list that is empty or has more than most elements.
func (f Fields) Batch(list string, size, most int) {
	switch {
	case size == 0:
		f.Add(list, "is empty")
	case size > most:
		f.Add(list, "%d elements, at most %d in one call", size, most)
	}
}

// Unique reports every element that repeats an earlier one. Empty ones are left to
// [Fields.Required].
func (f Fields) Unique(list string, values []string) {
	first := make(map[string]int, len(values))
	for i, value := range values {
		if value == "" {
			continue
		}
		if at, ok := first[value]; ok {
			f.Item(list, i).Add("", "repeats %s[%d]", list, at)
			continue
		}
		first[value] = i
	}
}

// Date reports a text that is not a calendar day in the form 2006-01-02. Empty text is left to
// [Fields.Required].
func (f Fields) Date(field, value string) {
	if value == "" {
		return
	}
	if _, err := time.Parse(time.DateOnly, value); err != nil {
		f.Add(field, "is no date of the form YYYY-MM-DD")
	}
}

// Period reports a period without a beginning or end, one that ends before it begins, and one
// longer than most (0: no limit).
func (f Fields) Period(
	fromField string, from time.Time, toField string, to time.Time, most time.Duration,
) {
	if from.IsZero() {
		f.Add(fromField, "is required")
	}
	if to.IsZero() {
		f.Add(toField, "is required")
	}
	if from.IsZero() || to.IsZero() {
		return
	}
	switch length := to.Sub(from); {
	case length < 0:
		f.Add(toField, "is before %s", fromField)
	case most > 0 && length > most:
		f.Add(toField, "is %v after %s, at most %v", length, fromField, most)
	}
}
