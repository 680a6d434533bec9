package main

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
)

// maxInput bounds what is read: an order export of a year is far smaller.
const maxInput = 256 << 20

// readAll reads the input as UTF-8: a byte order mark is dropped, and what is not UTF-8 is taken
// for Shift_JIS.
func readAll(in io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(in, maxInput+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxInput {
		return nil, errors.New("the input is larger than 256 MiB")
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(data) {
		return japanese.ShiftJIS.NewDecoder().Bytes(data)
	}
	return data, nil
}

// eachLine gives each line without its end.
func eachLine(in io.Reader, read func(string)) error {
	data, err := readAll(in)
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		read(lines.Text())
	}
	return lines.Err()
}

// eachCell gives each cell of one column, named by its title or its number from 1.
func eachCell(in io.Reader, column string, read func(string)) error {
	data, err := readAll(in)
	if err != nil {
		return err
	}
	rows := csv.NewReader(bytes.NewReader(data))
	rows.FieldsPerRecord = -1
	head, err := rows.Read()
	if err != nil {
		return fmt.Errorf("first line: %w", err)
	}
	at := slices.IndexFunc(head, func(title string) bool {
		return strings.TrimSpace(title) == column
	})
	if n, err := strconv.Atoi(column); at < 0 && err == nil && n >= 1 && n <= len(head) {
		at = n - 1
	}
	if at < 0 {
		return fmt.Errorf("there is no column %q; the first line has %s", column,
			strings.Join(head, ", "))
	}
	for {
		row, err := rows.Read()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case at >= len(row):
			line, _ := rows.FieldPos(0)
			return fmt.Errorf("line %d has %d columns, want at least %d", line, len(row), at+1)
		}
		read(row[at])
	}
}
