package walk

import (
	"iter"
	"time"
)

// Window is a half-open interval of time, From inclusive and To exclusive.
type Window struct {
	From time.Time
	To   time.Time
	Open bool // To is "now": the query has no end, and a mall may omit its upper bound
}

// jst is the offset of JST: grains of a day begin at midnight in Japan.
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

// Windows cuts [from, to) into windows of at most max, oldest first, without gap or overlap. Their
// edges are aligned to the mall's grain (a second, a day in JST), so the first may begin and the
// last may end up to one grain outside [from, to). A max of zero is no limit, and one below the
// grain is the grain; a grain of zero aligns nothing. The windows are generated lazily.
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

// Split cuts the window into at most n parts of about equal length, oldest first, at edges of the
// grain; n is at least two. It returns nil if the window is too small for two.
func (w Window) Split(n int, grain time.Duration) []Window {
	var parts []Window
	cut := func(at time.Time) {
		if w.From.Before(at) && at.Before(w.To) {
			parts = append(parts, Window{From: w.From, To: at})
			w.From = at
		}
	}
	from, part := w.From, w.To.Sub(w.From)/time.Duration(n)
	for i := range n - 1 {
		cut(floor(from.Add(time.Duration(i+1)*part), grain))
	}
	if len(parts) == 0 { // an odd number of grains, or an edge that is not aligned
		cut(ceil(w.From.Add(1), grain))
	}
	if len(parts) == 0 {
		return nil
	}
	return append(parts, w)
}

// Holds reports whether t lies in the window; an open window has no upper bound.
func (w Window) Holds(t time.Time) bool {
	return !t.Before(w.From) && (w.Open || t.Before(w.To))
}
