package timeslot

// ambiguousBelow is the first hour that is unambiguous without 午前 or a leading zero: nothing is
// delivered at 2時, so 2時～4時 may mean the afternoon, and stays unread.
const ambiguousBelow = 6

// noClock is no time at all; Window, Until and From refuse it.
const noClock Clock = -1

// clocks returns the times of day that the reading may mean, at most two; the rest is noClock.
// There are two only for twelve o'clock with 午前 or 午後, which may be noon or midnight.
func (r reading) clocks() [2]Clock {
	at := At(r.hour, r.minute)
	if !plausibleMinute(r.minute) || at < 0 {
		return [2]Clock{noClock, noClock}
	}
	half := At(12, 0)
	switch r.mer {
	case 0:
		if r.hour > 0 && r.hour < ambiguousBelow && !r.padded {
			return [2]Clock{noClock, noClock}
		}
		return [2]Clock{at, noClock}
	case morning:
		switch {
		case r.hour < 12:
			return [2]Clock{at, noClock}
		case r.hour == 12:
			return [2]Clock{at - half, at}
		}
	case afternoon:
		switch {
		case r.hour == 12 && r.after: // 12pm is noon in English
			return [2]Clock{at, noClock}
		case r.hour == 12:
			return [2]Clock{at, valid(at + half)}
		case r.hour < 12:
			return [2]Clock{at + half, noClock}
		}
		return [2]Clock{at, noClock} // 午後14時
	case dawn:
		return [2]Clock{within(at, At(5, 0), half), noClock}
	case evening:
		return [2]Clock{within(at, At(13, 0), At(20, 0)), within(at+half, At(15, 0), At(20, 0))}
	case night:
		return [2]Clock{within(at, At(16, 0), endOfDay), within(at+half, At(17, 0), endOfDay)}
	}
	return [2]Clock{noClock, noClock}
}

// plausibleMinute excludes numbers that only resemble a time (希望1:14).
func plausibleMinute(m int) bool { return m%5 == 0 || m == 59 }

func valid(c Clock) Clock { return within(c, 0, endOfDay) }

func within(c, from, to Clock) Clock {
	if c < from || c > to {
		return noClock
	}
	return c
}
