package wire

import (
	"bytes"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
)

// charset strips a byte order mark and converts the document to UTF-8 if its XML declaration names
// one of the Japanese character sets. No order API is known to send them, but other interfaces of
// the malls do.
func (d *xmlDecoder) charset() error {
	d.data = bytes.TrimPrefix(d.data, []byte("\uFEFF"))
	if bytes.HasPrefix(d.data, []byte("\xFE\xFF")) || bytes.HasPrefix(d.data, []byte("\xFF\xFE")) {
		return d.fail(0, ErrCharset, "UTF-16")
	}
	var from encoding.Encoding
	switch strings.ToLower(declared(d.data)) {
	case "", "utf-8", "utf8", "us-ascii":
		return nil
	case "shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "cp932", "ms932":
		from = japanese.ShiftJIS
	case "euc-jp", "x-euc-jp":
		from = japanese.EUCJP
	default:
		// Whatever it claims to be, ASCII reads the same.
		for i, c := range d.data {
			if c >= 0x80 {
				return d.fail(i, ErrCharset, "")
			}
		}
		return nil
	}
	converted, err := from.NewDecoder().Bytes(d.data)
	if err != nil {
		return d.fail(0, ErrCharset, "cannot be converted to UTF-8")
	}
	d.data = converted
	return nil
}

// declared returns the encoding that the XML declaration names.
func declared(data []byte) string {
	data = bytes.TrimLeft(data, " \t\r\n")
	if !bytes.HasPrefix(data, []byte("<?xml")) {
		return ""
	}
	end := bytes.Index(data, []byte("?>"))
	if end < 0 {
		return ""
	}
	_, value, ok := strings.Cut(string(data[:end]), "encoding")
	if !ok {
		return ""
	}
	value = strings.TrimLeft(value, " \t\r\n=")
	if value == "" || value[0] != '"' && value[0] != '\'' {
		return ""
	}
	name, _, _ := strings.Cut(value[1:], value[:1])
	return name
}

// looksLikeHTML recognises the beginning of an HTML page.
func looksLikeHTML(data []byte) bool {
	for _, start := range [...]string{"<!doctype html", "<html", "<head", "<body"} {
		if len(data) >= len(start) && strings.EqualFold(string(data[:len(start)]), start) {
			return len(data) == len(start) || !nameByte(data[len(start)])
		}
	}
	return false
}
