package timeslot

// token is one token of a label.
type token struct {
	kind byte
	part part // of a tokWord
	hour reading
}

// reading is an hour as written.
type reading struct {
	hour, minute int
	mer          part // 午前, 午後 … directly before it; 0 if none
	after        bool // the mer follows it, as in English
	padded       bool // written with a leading zero: 05:00
	noon         bool // 正午, which is not affected by a 午前 or 午後 of its neighbour
	marked       bool // 時 or :00 marks it as an hour
	minutes      bool // the minutes were written
}

// maxTokens is the most tokens that a label has.
const maxTokens = 16

// tokens is the tokenised label. Noise is left out already.
type tokens struct {
	list  [maxTokens]token
	n     int
	dated bool // a word asked for the day as well
}

func (t *tokens) add(k token) bool {
	if last := t.last(); last != nil && last.kind == k.kind &&
		(k.kind == tokRange || k.kind == tokSplit || k.kind == tokAside) {
		return true // 14～～16 is 14～16
	}
	if t.n == maxTokens {
		return false
	}
	t.list[t.n] = k
	t.n++
	return true
}

func (t *tokens) last() *token {
	if t.n == 0 {
		return nil
	}
	return &t.list[t.n-1]
}

// scan splits a folded label into tokens. It returns false for text outside the vocabulary.
func (t *tokens) scan(text []byte) bool {
	var mer part // a 午後 for the number directly after it
	for i := 0; i < len(text); {
		if isDigit(rune(text[i])) {
			hour, n := scanHour(text[i:])
			if n == 0 {
				return false
			}
			i += n
			kind := byte(tokNumber)
			if hour.marked {
				kind = tokTime
			}
			hour.mer, mer = mer, 0
			if !t.add(token{kind: kind, hour: hour}) {
				return false
			}
			continue
		}
		w, ok := wordAt(text[i:])
		if !ok {
			return false
		}
		i += len(w.text)
		if w.kind == tokWord {
			digitNext := i < len(text) && isDigit(rune(text[i]))
			if w.mer && digitNext {
				mer = w.part
				continue
			}
			if last := t.last(); w.after && last != nil && last.hour.takesMer(last.kind) {
				last.hour.mer, last.hour.after = w.part, true
				continue
			}
		}
		if !t.addWord(w) {
			return false
		}
	}
	return true
}

// takesMer reports whether a following PM belongs to the token.
func (r reading) takesMer(kind byte) bool {
	return (kind == tokTime || kind == tokNumber) && r.mer == 0 && !r.noon
}

func (t *tokens) addWord(w word) bool {
	t.dated = t.dated || w.dated
	switch w.kind {
	case tokNoise, tokZone, tokElapsed:
		return true
	case tokHour, tokMinute, tokHalf:
		return false // they follow numbers only, where scanHour reads them
	case tokTime:
		return t.add(token{kind: tokTime, hour: reading{hour: 12, noon: true, marked: true}})
	}
	return t.add(token{kind: w.kind, part: w.part})
}

// scanHour reads a number and the marks after it: 14, 14時, 14:00, 14時30分, 14時半. n is its length in
// bytes, 0 if it cannot be an hour.
func scanHour(text []byte) (r reading, n int) {
	value, n := scanDigits(text)
	if n == 0 || n > 2 {
		return r, 0
	}
	r.hour, r.padded = value, n == 2 && text[0] == '0'
	if n < len(text) && text[n] == ':' {
		minute, digits := scanDigits(text[n+1:])
		if digits == 0 {
			return r, n // "14:" is a number before a colon
		}
		if digits != 2 {
			return r, 0
		}
		r.minute, r.marked, r.minutes = minute, true, true
		n += 1 + digits
		hour := kindLen(text[n:], tokHour)
		if hour > 0 && minute%30 != 0 {
			return r, 0 // 20:20時-21時 is a code and a label
		}
		return r, n + hour
	}
	w, _ := wordAt(text[n:])
	switch w.kind {
	case tokElapsed: // 16時間 is a duration
		return r, 0
	case tokZone:
		r.marked = true
		return r, n + len(w.text)
	case tokHour:
	default:
		return r, n
	}
	r.marked = true
	n += len(w.text)
	if half := kindLen(text[n:], tokHalf); half > 0 {
		r.minute = 30
		return r, n + half
	}
	if minute, digits := scanDigits(text[n:]); digits > 0 {
		mark := kindLen(text[n+digits:], tokMinute)
		if digits > 2 || digits == 1 && mark == 0 {
			return r, 0
		}
		r.minute, r.minutes = minute, true
		n += digits + mark
	}
	return r, n
}

// kindLen is the length of the word at the beginning of text if it is of that kind.
func kindLen(text []byte, kind byte) int {
	if w, ok := wordAt(text); ok && w.kind == kind {
		return len(w.text)
	}
	return 0
}

// scanDigits reads at most nine digits, enough to detect a number too long for an hour or a date.
func scanDigits(text []byte) (value, n int) {
	for n < len(text) && n < 9 && isDigit(rune(text[n])) {
		value = value*10 + int(text[n]-'0')
		n++
	}
	return value, n
}
