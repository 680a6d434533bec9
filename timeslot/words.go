package timeslot

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// The kinds of token in a label. Patterns are written in these letters, see patterns.go.
const (
	tokTime    = 't' // an hour marked as one: 14時, 14:00, 14時半, 正午
	tokNumber  = 'n' // one or two digits without a mark
	tokRange   = '-' // a dash, a wave, から
	tokUntil   = '<' // まで
	tokFrom    = '>' // 以降
	tokWord    = 'w' // 午前中, 午後, 夜間 …
	tokNone    = '0' // 指定なし …
	tokSplit   = '|' // brackets, slashes, stops: the parts between them are read separately
	tokHour    = 'h' // 時, only after a number
	tokMinute  = 'm' // 分, only after a minute
	tokHalf    = 'H' // 半, only after 時
	tokElapsed = 'd' // 時間: after a number a duration, else noise
	tokZone    = 'z' // 時間帯: after a number an hour mark, else noise
	tokAside   = 'a' // further instructions, or for when no one is in: in a part by itself
	tokIf      = 'i' // the beginning of a condition: 不在時は; no hours may follow
	tokNoise   = ' ' // means nothing for the slot
)

// part is a part of the day that a word names.
type part uint8

const (
	morning part = 1 << iota
	afternoon
	night
	// Words without fixed bounds name no slot of their own; clear hours beside them win.
	evening // 夕方
	dawn    // 朝
	midday  // 昼
	dark    // 夜 beside hours: less strict than 夜間
)

// word is one entry of the vocabulary.
type word struct {
	text  string // folded
	kind  byte
	part  part // for tokWord
	mer   bool // right before a number it says which half of the day: 午後2時
	after bool // directly after one too: 2pm
	dated bool // asks for a day as well, so that two bare numbers may be one
}

// vocabulary holds every word that a label may contain, by its first rune, sorted. Any other text
// makes the label unreadable: an unknown word may be 以外 or 不可.
var vocabulary = compileWords()

// plainWords are the words with no meaning beyond their kind, separated by spaces.
var plainWords = map[byte]string{
	tokNone: "無指定 未指定 不問 問わず 問わない 問いません 特になし 特に無し 特にありません なし 無し ナシ " +
		"終日 終日可 終日可能 終日ok 一日中 一日中可 終日在宅 " +
		"どの時間でも どの時間でも可 どの時間帯でも どの時間帯でも可 何時でも 何時でも可 何時でもよい 何時でも良い 何時でもok " +
		"いつでも いつでも可 いつでもよい いつでも良い いつでもいい いつでもOK いつでも構いません いつでも大丈夫 いつでも大丈夫です いつでもけっこうです いつでも結構です " +
		"おまかせ お任せ お任せします おまかせします お任せいたします フリ- 時間フリ- 時間問わず 時間は問わない 時間不問 " +
		"none nopreference unspecified notspecified sempreferência any anytime anytimeok notime noselection notselected",
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
	tokNoise: "指定 ご指定 希望 ご希望 お届け お届 届け 配達 配送 到着 着 受取 受け取り お受け取り 受取り 時刻 時間指定 " +
		"頃 ころ ごろ 位 くらい ぐらい の 間 内 帯 枠 便 必着 のみ に で を は です します " +
		"お願いします お願い致します お願いいたします お願い おねがいします 宜しくお願いします よろしくお願いします よろしくお願いいたします 宜しくお願い致します どうぞ お願いできますか " +
		"お願いできれば幸いです お願いできますと幸いです お願いできると助かります いただけると助かります 頂けると助かります いただけますと幸いです " +
		"頂けますと幸いです 届けていただけると助かります 届けて頂けると助かります お届けいただけると助かります お届けいただけますと幸いです だと助かります " +
		"だと嬉しいです だとうれしいです にしてください にして下さい 着で 着 可 可能 ok 大丈夫 大丈夫です " +
		"希望します 希望です 届けてください 届けて下さい お届けください お届け下さい 配達してください 配達して下さい ください 下さい " +
		"クール クール便 冷蔵 冷凍 常温 通常 宅配 宅配便 代引 代引き " +
		"最短 最短日 最短発送 今から在宅",
	tokIf: "不在時は 不在時 不在の場合は 不在の場合 不在の際は 不在の際 不在の時は 不在のときは 不在なら 不在でしたら 不在だったら 留守の場合は 留守の場合 留守の際は " +
		"留守の時は 留守なら 留守でしたら 留守時は 留守時 ご不在時",
	tokAside: "宅配ボックス 宅配box 宅配ボックス可 宅配ボックスok 宅配ボックス希望 宅配ボックス不可 宅配ボックス利用 置き配 置配 置き配可 置き配ok 置き配希望 置き配不可 置き配不要 " +
		"玄関前 玄関 玄関先 ドア前 ポスト 郵便受け メ-タ-ボックス ガスメ-タ- 車庫 物置 管理人 管理人室 管理室 フロント 受付 隣 家族 事務所 対面 手渡し 手渡し希望 " +
		"へ 入れて 置いて 預けて 投函 投函して 利用して 使って 鳴らして インタ-ホン チャイム 呼び鈴 インタ-フォン " +
		"連絡 連絡して 連絡希望 ご連絡 ご連絡ください 連絡ください 連絡下さい 電話 電話ください 電話下さい お電話 お電話ください お電話下さい 一報 ご一報 携帯 事前 " +
		"持ち帰り 持ち戻り 再配達 不在票 ありがとうございます 有難うございます お世話になります いつもありがとうございます",
}

// datedWords ask for a day and a time.
const datedWords = "日時指定 日時 希望日時 配送日時 配達日時 お届け日時"

// noneWords returns the negated wishes: 時間指定しない, 特に希望はありません, 日時指定は特になし.
func noneWords() []string {
	var words []string
	for _, wish := range strings.Fields("指定 希望 時間指定 時間帯指定 日時指定 日付指定 時間希望 希望時間 希望時間帯 指定時間 要望 こだわり") {
		for _, no := range strings.Fields(
			"なし 無し 無 ナシ しない しません せず いたしません 致しません 不要 不要です なしで なしです 無しで 無しです ない 無い ないです 無いです " +
				"ありません ございません") {
			for _, by := range []string{"", "は", "も", "を", "は特に", "特に"} {
				words = append(words, wish+by+no, "特に"+wish+by+no, "とくに"+wish+by+no, "ご"+wish+by+no)
			}
		}
	}
	return words
}

// dayWords are the words for parts of the day.
var dayWords = []word{
	{text: "午前中", part: morning},
	{text: "am中", part: morning},
	{text: "pm中", part: afternoon},
	{text: "午前", part: morning, mer: true},
	{text: "am", part: morning, mer: true, after: true},
	{text: "morning", part: morning},
	{text: "午後", part: afternoon, mer: true},
	{text: "午後中", part: afternoon},
	{text: "pm", part: afternoon, mer: true, after: true},
	{text: "afternoon", part: afternoon},
	{text: "夜間", part: night},
	{text: "夜", part: night, mer: true},
	{text: "晩", part: dark},
	{text: "深夜", part: dark},
	{text: "ディナ-", part: dark},
	{text: "ディナ-タイム", part: dark},
	{text: "night", part: night},
	{text: "夕方", part: evening, mer: true},
	{text: "夕", part: evening},
	{text: "evening", part: evening},
	{text: "夕刻", part: evening},
	{text: "夕食時", part: evening},
	{text: "朝", part: dawn, mer: true},
	{text: "早朝", part: dawn},
	{text: "朝一", part: dawn},
	{text: "朝イチ", part: dawn},
	{text: "モ-ニング", part: dawn},
	{text: "昼", part: midday},
	{text: "お昼", part: midday},
	{text: "昼間", part: midday},
	{text: "お昼間", part: midday},
	{text: "日中", part: midday},
	{text: "お昼頃", part: midday},
	{text: "ランチ", part: midday},
	{text: "ランチタイム", part: midday},
	{text: "noon", part: midday},
	{text: "lunch", part: midday},
	{text: "lunchtime", part: midday},
	{text: "daytime", part: midday},
}

// slot returns the slot of a word that is a slot by itself.
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
		if !known[w.text] {
			known[w.text] = true
			first, _ := utf8.DecodeRuneInString(w.text)
			table[first] = append(table[first], w)
		}
	}
	for kind, words := range plainWords {
		for text := range strings.FieldsSeq(words) {
			add(word{text: text, kind: kind})
		}
	}
	for _, text := range noneWords() {
		add(word{text: text, kind: tokNone})
	}
	for text := range strings.FieldsSeq(datedWords) {
		add(word{text: text, kind: tokNoise, dated: true})
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
			if !strings.ContainsAny(name, "0123456789") { // numbers in a label are hours
				add(word{text: name, kind: tokNoise})
			}
		}
	}
	for _, words := range table {
		slices.SortFunc(words, func(a, b word) int { return strings.Compare(a.text, b.text) })
	}
	return table
}

// wordAt finds the longest word at the beginning of a folded text.
func wordAt(text []byte) (word, bool) {
	first, _ := utf8.DecodeRune(text)
	words := vocabulary[first]
	text = text[:min(len(text), maxWord)]
	for len(words) > 0 {
		// The last word that is not behind the text is its longest beginning, or
		// shares with it all that a shorter one can share.
		low, high := 0, len(words)
		for low < high {
			if middle := (low + high) / 2; words[middle].text <= string(text) {
				low = middle + 1
			} else {
				high = middle
			}
		}
		if low == 0 {
			break
		}
		last := &words[low-1]
		shared := 0
		for shared < len(text) && shared < len(last.text) && text[shared] == last.text[shared] {
			shared++
		}
		if shared == len(last.text) {
			return *last, true
		}
		text, words = text[:shared], words[:low-1]
	}
	return word{}, false
}

// maxWord is longer than every word.
const maxWord = 96
