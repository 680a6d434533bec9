package timeslot

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// The kinds of token that a label is made of. Patterns are written in these
// letters, see patterns.go.
const (
	tokTime    = 't' // an hour marked as one: 14時, 14:00, 14時半, 正午
	tokNumber  = 'n' // one or two digits without a mark
	tokRange   = '-' // a dash, a wave, から
	tokUntil   = '<' // まで
	tokFrom    = '>' // 以降
	tokWord    = 'w' // 午前中, 午後, 夜間 …
	tokNone    = '0' // 指定なし …
	tokSplit   = '|' // brackets, slashes, stops: what they part is read apart
	tokHour    = 'h' // 時, only behind a number
	tokMinute  = 'm' // 分, only behind a minute
	tokHalf    = 'H' // 半, only behind 時
	tokElapsed = 'd' // 時間: behind a number a duration, noise elsewhere
	tokZone    = 'z' // 時間帯: behind a number an hour mark, noise elsewhere
	tokNoise   = ' ' // means nothing for the slot
)

// part is a part of the day that a word names.
type part uint8

const (
	morning part = 1 << iota
	afternoon
	night
	evening // 夕方 names no slot of its own
	dawn    // 朝 neither
)

// word is one entry of the vocabulary.
type word struct {
	text  string // folded
	kind  byte
	part  part // for tokWord
	mer   bool // right before a number it says which half of the day: 午後2時
	after bool // right behind one too: 2pm
}

// vocabulary holds every word that a label may contain, by its first rune, longest
// first. A text that is not in it makes the label unreadable: an unknown word may
// be 以外 or 不可.
var vocabulary = compileWords()

// plainWords are the words without a meaning of their own beyond their kind,
// separated by spaces.
var plainWords = map[byte]string{
	tokNone: "指定なし 指定無し 指定無 指定ナシ 指定しない 指定しません 指定せず 指定はなし 無指定 未指定 指定不要 指定はありません 希望はありません 特に希望はありません " +
		"希望なし 希望無し 希望無 希望ナシ 希望しない 希望しません 特になし 特に無し 特に希望なし 特に指定なし なし 無し ナシ " +
		"いつでも いつでも可 いつでもよい いつでも良い いつでもいい いつでもOK 何時でも 何時でも可 何時でもよい 何時でも良い " +
		"おまかせ お任せ お任せします おまかせします 問わない 問わず " +
		"none nopreference unspecified notspecified sempreferência",
	tokRange:   "- から より カラ",
	tokTime:    "正午",
	tokUntil:   "まで 迄 までに 迄に 以前",
	tokFrom:    "以降 以後 以降に",
	tokHour:    "時",
	tokMinute:  "分",
	tokHalf:    "半",
	tokElapsed: "時間",
	tokZone:    "時間帯",
	tokSplit: "( ) [ ] { } < > 【 】 「 」 『 』 〔 〕 〈 〉 《 》 ｢ ｣ " +
		": = / \\ | ; , . 、 。 ・ ･ ! * # _ ※ ■ □ ● ○ ◎ ◆ ◇ ★ ☆ ▼ ▽ ▲ △ ▶ ► \" '",
	tokNoise: "指定 ご指定 希望 ご希望 お届け お届 届け 配達 配送 到着 着 受取 受け取り お受け取り 時刻 時間指定 日時指定 " +
		"頃 ころ ごろ 位 くらい ぐらい の 間 内 帯 枠 便 必着 のみ に で を は です します " +
		"お願いします お願い致します お願いいたします お願い おねがいします 宜しくお願いします よろしくお願いします " +
		"希望します 希望です 届けてください 届けて下さい お届けください お届け下さい 配達してください 配達して下さい ください 下さい " +
		"クール クール便 冷蔵 冷凍 常温 通常 宅配 宅配便 代引 代引き " +
		"最短 最短日 最短発送 今から在宅",
}

// dayWords are the words for parts of the day.
var dayWords = []word{
	{text: "午前中", part: morning},
	{text: "午前", part: morning, mer: true},
	{text: "am", part: morning, mer: true, after: true},
	{text: "morning", part: morning},
	{text: "午後", part: afternoon, mer: true},
	{text: "午後中", part: afternoon},
	{text: "pm", part: afternoon, mer: true, after: true},
	{text: "afternoon", part: afternoon},
	{text: "夜間", part: night},
	{text: "夜", part: night, mer: true},
	{text: "night", part: night},
	{text: "夕方", part: evening, mer: true},
	{text: "夕", part: evening},
	{text: "evening", part: evening},
	{text: "朝", part: dawn, mer: true},
}

// slots gives the words that are a slot when they stand alone.
func (p part) slot() Slot {
	switch p {
	case morning:
		return Morning
	case afternoon:
		return Afternoon
	case night:
		return Night
	}
	return Unresolved
}

func compileWords() map[rune][]word {
	table := make(map[rune][]word)
	known := make(map[string]bool)
	add := func(w word) {
		w.text = string(appendFold(nil, w.text))
		if first, _ := utf8.DecodeRuneInString(w.text); !known[w.text] {
			known[w.text] = true
			table[first] = append(table[first], w)
		}
	}
	for kind, words := range plainWords {
		for text := range strings.FieldsSeq(words) {
			add(word{text: text, kind: kind})
		}
	}
	for _, w := range dayWords {
		w.kind = tokWord
		add(w)
	}
	// Carriers stand beside a slot to say whose it is: 14時〜16時(クロネコ). Which
	// carrier brings the parcel is not for the label to say.
	for _, c := range carriers {
		if c.id == OtherCarrier {
			continue
		}
		for _, name := range append([]string{c.ja}, c.aliases...) {
			add(word{text: name, kind: tokNoise})
		}
	}
	for _, words := range table {
		slices.SortFunc(words, func(a, b word) int { return len(b.text) - len(a.text) })
	}
	return table
}

// wordAt finds the longest word at the beginning of a folded text.
func wordAt(text []byte) (word, bool) {
	first, _ := utf8.DecodeRune(text)
	for _, w := range vocabulary[first] {
		if len(w.text) <= len(text) && string(text[:len(w.text)]) == w.text {
			return w, true
		}
	}
	return word{}, false
}
