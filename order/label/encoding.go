package label

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
)

// Encoding is the character encoding of a file.
type Encoding string

// The encodings. CP932 is the Shift_JIS of Windows, which all label software reads. It has 髙, 﨑, ①
// and ㈱ but not 𠮷 or emoji.
const (
	CP932   Encoding = "cp932"
	UTF8    Encoding = "utf-8"
	UTF8BOM Encoding = "utf-8-bom" // with a byte order mark
)

func (e Encoding) known() bool { return e == CP932 || e == UTF8 || e == UTF8BOM }

// has reports whether a character is printable and in the encoding.
func (e Encoding) has(r rune) bool {
	switch {
	case r < ' ' || r == 0x7f || r == utf8.RuneError:
		return false
	case r <= '~':
		return true
	case e != CP932:
		return !(r >= 0x80 && r < 0xa0)
	case r > 0xffff:
		return false
	}
	return cp932Set()[r>>6]&(1<<(r&63)) != 0
}

// cp932Set has one bit for each character of the basic plane that is in CP932.
var cp932Set = sync.OnceValue(func() *[1024]uint64 {
	var set [1024]uint64
	enc := japanese.ShiftJIS.NewEncoder()
	for r := rune(0xa0); r <= 0xffff; r++ {
		if r >= 0xd800 && r < 0xf900 { // surrogates and user-defined characters
			continue
		}
		if _, err := enc.String(string(r)); err == nil {
			set[r>>6] |= 1 << (r & 63)
		}
	}
	return &set
})

// append appends text to dst. The encoding must have all its characters.
func (e Encoding) append(dst []byte, text string) ([]byte, error) {
	if e != CP932 {
		return append(dst, text...), nil
	}
	if plain(text) {
		return append(dst, text...), nil
	}
	encoded, err := japanese.ShiftJIS.NewEncoder().String(text)
	if err != nil {
		return dst, fmt.Errorf("label: text that CP932 cannot hold: %w", err)
	}
	return append(dst, encoded...), nil
}

var utf8Mark = []byte("\xef\xbb\xbf")

// errEncoding means that a file is in none of the encodings of label software.
var errEncoding = errors.New("label: the file is neither UTF-8 nor Shift_JIS (CP932): " +
	"export it again from the label software, and do not open it with other programs")

// decode reads a whole file: UTF-8 with or without byte order mark, or CP932. UTF-8 is tried first:
// Japanese in CP932 is never valid UTF-8.
func decode(data []byte) (string, error) {
	if rest, marked := bytes.CutPrefix(data, utf8Mark); marked || utf8.Valid(data) {
		if !utf8.Valid(rest) {
			return "", errEncoding
		}
		return string(rest), nil
	}
	text, err := japanese.ShiftJIS.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return "", errEncoding
	}
	return string(text), nil
}

// Count is how a label software measures a text against a column's width.
type Count string

// The ways to count. In CP932, Cells and Bytes are the same.
const (
	Cells      Count = "cells"      // half-width 1, full-width 2 (半角, 全角)
	Characters Count = "characters" // each character 1
	Bytes      Count = "bytes"      // bytes in the file's encoding
)

func (c Count) known() bool { return c == Cells || c == Characters || c == Bytes }

// of returns the width of text.
func (c Count) of(text string, e Encoding) int {
	switch {
	case c == Characters:
		return utf8.RuneCountInString(text)
	case c == Bytes && e != CP932:
		return len(text)
	}
	n := 0
	for _, r := range text {
		n += cells(r)
	}
	return n
}

func (c Count) rune(r rune, e Encoding) int {
	switch {
	case c == Characters:
		return 1
	case c == Bytes && e != CP932:
		return utf8.RuneLen(r)
	}
	return cells(r)
}

// cells returns 1 for a character that is half-width in CP932, else 2.
func cells(r rune) int {
	if r < 0x80 || r >= 0xff61 && r <= 0xff9f {
		return 1
	}
	return 2
}

// halve turns full-width digits, letters and signs into ASCII, and every dash into '-'.
func halve(s string) string {
	if plain(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '\uff01' && r <= '\uff5e':
			r -= 0xfee0
		case r == '\u3000':
			r = ' '
		}
		if strings.ContainsRune("ー―‐ｰ", r) || dashed[r] == '\uff0d' {
			return '-'
		}
		return r
	}, s)
}
