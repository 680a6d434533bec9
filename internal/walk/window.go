package walk

import (
	"iter"
	"time"
)

// Window is a half-open stretch of time, From inclusive and To exclusive.
type Window struct {
	From time.Time
	To   time.Time
	Open bool // To is only "now": the query named no end, and a mall may leave its upper bound out
}

// jst is how far JST is ahead: grains of a day begin at midnight in Japan.
const jst = 9 * time.Hour

// floor aligns t down to the grain, counted from midnight in Japan.
func floor(t time.Time, grain time.Duration) time.Time {
	if grain <= 0 {
		return t
	}
	return t.Add(jst).Truncate(grain).Add(-jst)
}

func ceil(t time.Time, grain time.Duration) time.Time {
	if down := floor(t, grain); down.Before(t) {
		return down.Add(grain)
	}
	return t
}

// Windows cuts [from, to) into slices of at most max, oldest first, without gap or overlap. Their edges are aligned to the
// grain in which the mall can ask (a second, a day in JST), so the first may begin and the last may end up to one grain outside
// [from, to). A max of zero is no limit, one below the grain counts as the grain; a grain of zero aligns nothing. The slices
// are made as they are asked for.
func Windows(from, to time.Time, max, grain time.Duration) iter.Seq[Window] {
	return func(yield func(Window) bool) {
		if !from.Before(to) {
			return
		}
		end := ceil(to, grain)
		if grain > 0 && max > 0 {
			max -= max % grain
			if max < grain {
				max = grain
			}
		}
		for at := floor(from, grain); at.Before(end); {
			next := end
			if max > 0 {
				if step := at.Add(max); step.Before(end) {
					next = step
				}
			}
			if !yield(Window{From: at, To: next}) {
				return
			}
			at = next
		}
	}
}

// Halve cuts the window in two at an edge of the grain. It is false when the window is too small for that.
func (w Window) Halve(grain time.Duration) (earlier, later Window, ok bool) {
	middle := floor(w.From.Add(w.To.Sub(w.From)/2), grain)
	if !w.From.Before(middle) {
		middle = ceil(w.From.Add(1), grain) // an odd number of grains, or an edge that is not aligned
	}
	if !w.From.Before(middle) || !middle.Before(w.To) {
		return Window{}, Window{}, false
	}
	return Window{From: w.From, To: middle}, Window{From: middle, To: w.To, Open: w.Open}, true
}

// Holds tells whether t lies in the window; an open window has no upper bound.
func (w Window) Holds(t time.Time) bool {
	return !t.Before(w.From) && (w.Open || t.Before(w.To))
}
