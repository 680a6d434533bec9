package cassette

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"sync"
	"unicode"
)

// kind is the kind of runes in a run.
type kind uint8

const (
	other  kind = iota // punctuation and blanks, which stay
	digits             // in fields
	spoken             // digits in free text: no hour and no day comes of them
	lower
	upper
	wideDigits
	wideLower
	wideUpper
	hiragana
	katakana
	halfKatakana
	kanji
	foreign // letters of other scripts
	symbol  // pictures and the like
)

// alphabets are the runes of invented texts. None of them begins or ends a word by which a slot is
// read.
var alphabets = map[kind][]rune{
	digits: []rune("0123456789"), spoken: []rune("56789"), wideDigits: []rune("５６７８９"),
	lower: []rune("bcdfghjkqrstvwxz"), upper: []rune("BCDFGHJKQRSTVWXZ"),
	wideLower: []rune("ｂｃｄｆｇｊｋｑｒｓｔｖｗｘｚ"),
	wideUpper: []rune("ＢＣＤＦＧＪＫＱＲＳＴＶＷＸＺ"), hiragana: []rune("ぬねむめゆるれろ"),
	katakana:     []rune("ヌネムメユルレロ"),
	halfKatakana: []rune("ﾇﾈﾑﾒﾕﾙﾚﾛ"), kanji: []rune("松竹梅桜菊蘭萩桐楓柳杉檜桃栗柿梨椿藤葵蓮菫樫楠榎槙椎柚杏桂楢欅榊"),
	foreign: []rune("жзклмнпст"), symbol: []rune("〓◇"),
}

func kindOf(r rune) kind {
	switch {
	case r >= '0' && r <= '9':
		return digits
	case r >= 'a' && r <= 'z':
		return lower
	case r >= 'A' && r <= 'Z':
		return upper
	case r < 0x80:
		return other
	case r >= '０' && r <= '９':
		return wideDigits
	case r >= 'ａ' && r <= 'ｚ':
		return wideLower
	case r >= 'Ａ' && r <= 'Ｚ':
		return wideUpper
	case r == 'ー' || r == '・' || r == 'ｰ' || r == '･':
		return other
	case r >= 0xff66 && r <= 0xff9f:
		return halfKatakana
	case unicode.Is(unicode.Hiragana, r):
		return hiragana
	case unicode.Is(unicode.Katakana, r):
		return katakana
	case unicode.Is(unicode.Han, r):
		return kanji
	case unicode.IsLetter(r), unicode.IsMark(r):
		return foreign
	case unicode.IsPunct(r), unicode.IsSpace(r), unicode.Is(unicode.Sm, r),
		r == unicode.ReplacementChar:
		return other
	}
	return symbol
}

// names invents texts: the same for the same run, and different ones for different runs as long as
// there are any left.
type names struct {
	key []byte

	mu    sync.Mutex
	given map[string]string // by kind and run
	taken map[string]bool   // kind and invented text
}

func newNames() (*names, error) {
	n := &names{key: make([]byte, 32), given: map[string]string{}, taken: map[string]bool{}}
	_, err := rand.Read(n.key)
	return n, err
}

// tries bounds the search for a text that is not taken; short runs have few.
const tries = 200

func (n *names) word(k kind, run string) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	key := string(rune(k)) + run
	if known, ok := n.given[key]; ok {
		return known
	}
	var made string
	for try := range tries {
		made = n.make(k, run, try)
		if !n.taken[string(rune(k))+made] {
			break
		}
	}
	n.given[key], n.taken[string(rune(k))+made] = made, true
	return made
}

// make replaces every rune by one of the same kind. Leading zeros of a number stay.
func (n *names) make(k kind, run string, try int) string {
	letters := alphabets[k]
	var block [sha256.Size]byte
	used, blocks := len(block), uint64(0)
	next := func() int {
		if used == len(block) {
			mac := hmac.New(sha256.New, n.key)
			var head [17]byte
			head[0] = byte(k)
			binary.BigEndian.PutUint64(head[1:], uint64(try))
			binary.BigEndian.PutUint64(head[9:], blocks)
			mac.Write(head[:])
			mac.Write([]byte(run))
			copy(block[:], mac.Sum(nil))
			used, blocks = 0, blocks+1
		}
		used++
		return int(block[used-1])
	}
	out := make([]rune, 0, len(run))
	leading := k == digits
	for _, r := range run {
		if leading && r == '0' {
			out = append(out, r)
			continue
		}
		from := letters
		if leading {
			from, leading = letters[1:], false
		}
		i := next() % len(from)
		// of nine digits, eight may be taken and the last be its own
		if from[i] == r && try < tries/2 {
			i = (i + 1) % len(from)
		}
		out = append(out, from[i])
	}
	return string(out)
}
