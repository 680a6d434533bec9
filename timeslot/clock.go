package timeslot

import "fmt"

// Clock is a time of day in Japan, in minutes after midnight: 0 is 0:00 and 1440 is 24:00, the end
// of the day.
type Clock int

// endOfDay is 24:00.
const endOfDay Clock = 24 * 60

// At returns hour:minute as a Clock, up to 24:00. A time that does not exist gives a Clock that is
// not Valid.
func At(hour, minute int) Clock {
	c := Clock(hour*60 + minute)
	if hour < 0 || hour > 24 || minute < 0 || minute > 59 || c > endOfDay {
		return -1
	}
	return c
}

// Valid reports whether c lies between 0:00 and 24:00, inclusive.
func (c Clock) Valid() bool { return c >= 0 && c <= endOfDay }

// String formats c as `09:00`.
func (c Clock) String() string {
	if !c.Valid() {
		return fmt.Sprintf("Clock(%d)", int(c))
	}
	h, m := c/60, c%60
	return string([]byte{'0' + byte(h/10), '0' + byte(h%10), ':', '0' + byte(m/10),
		'0' + byte(m%10)})
}

// parseClock reads exactly HH:MM.
func parseClock(s string) (Clock, bool) {
	if len(s) != len("14:00") || s[2] != ':' {
		return 0, false
	}
	for _, i := range [...]int{0, 1, 3, 4} {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
	}
	c := At(int(s[0]-'0')*10+int(s[1]-'0'), int(s[3]-'0')*10+int(s[4]-'0'))
	return c, c.Valid()
}
