package amazon

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"mime"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// ReportReader reads a tab-separated report line by line. Columns are found by the names in the
// first line, because a seller's settings add and move columns. It is not safe for concurrent use.
type ReportReader struct {
	in      *bufio.Reader
	decode  func([]byte) (string, error)
	columns map[string]int
	names   []string
	line    int
	close   func() error
	fail    func(error) error // makes the error of a download that broke off
}

// Bounds of a report's line.
const (
	maxReportLine    = 1 << 20
	maxReportColumns = 500
)

// NewReportReader reads a report from r. The charset in contentType, that of the download, selects
// UTF-8 or Shift_JIS. Without one, the first line that is not ASCII decides: UTF-8 if it is valid
// as such, else Shift_JIS.
func NewReportReader(r io.Reader, contentType string) (*ReportReader, error) {
	return newReportReader(r, contentType, nil)
}

func newReportReader(
	r io.Reader, contentType string, fail func(error) error,
) (*ReportReader, error) {
	out := &ReportReader{in: bufio.NewReaderSize(r, 64<<10), fail: fail}
	_, params, _ := mime.ParseMediaType(contentType) // an unreadable type says nothing
	switch charset := strings.ToLower(params["charset"]); charset {
	case "shift_jis", "shift-jis", "sjis", "windows-31j", "cp932", "ms932":
		out.decode = shiftJIS
	case "", "utf-8", "utf8", "us-ascii", "iso-8859-1":
		// servers send iso-8859-1 by default
		out.decode = out.guess
	default:
		return nil, fmt.Errorf("amazon: report in charset %q, want UTF-8 or Shift_JIS", charset)
	}
	header, err := out.next()
	if errors.Is(err, io.EOF) {
		return out, nil // an empty file has no rows
	}
	if err != nil {
		return nil, err
	}
	out.names = strings.Split(strings.TrimPrefix(header, "\uFEFF"), "\t")
	if len(out.names) > maxReportColumns {
		return nil, fmt.Errorf("amazon: report with %d columns, at most %d", len(out.names),
			maxReportColumns)
	}
	out.columns = make(map[string]int, len(out.names))
	for i, name := range out.names {
		name = strings.ToLower(strings.Trim(name, " \""))
		out.names[i] = name
		if _, twice := out.columns[name]; !twice {
			out.columns[name] = i
		}
	}
	return out, nil
}

func shiftJIS(line []byte) (string, error) {
	text, err := japanese.ShiftJIS.NewDecoder().Bytes(line)
	return string(text), err
}

// guess chooses the charset at the first line that is not ASCII.
func (r *ReportReader) guess(line []byte) (string, error) {
	ascii := true
	for _, b := range line {
		ascii = ascii && b < utf8.RuneSelf
	}
	switch {
	case ascii:
	case utf8.Valid(line):
		r.decode = func(line []byte) (string,
			error) {
			return strings.ToValidUTF8(string(line), "\uFFFD"), nil
		}
	default:
		r.decode = shiftJIS
		return shiftJIS(line)
	}
	return string(line), nil
}

// next reads one line, decoded, without its end.
func (r *ReportReader) next() (string, error) {
	var line []byte
	for {
		part, err := r.in.ReadSlice('\n')
		line = append(line, part...)
		if len(line) > maxReportLine {
			return "", fmt.Errorf("amazon: line %d of the report is longer than %d bytes", r.line+1,
				maxReportLine)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && (len(line) == 0 || !errors.Is(err, io.EOF)) {
			if r.fail != nil && !errors.Is(err, io.EOF) {
				err = r.fail(err)
			}
			return "", err
		}
		r.line++
		for len(line) > 0 && (line[len(line)-1] == '\n' || line[len(line)-1] == '\r') {
			line = line[:len(line)-1]
		}
		return r.decode(line)
	}
}

// Columns returns the names of the columns, in lower case and in the order of the file.
func (r *ReportReader) Columns() []string { return r.names }

// Rows returns the remaining rows. Empty lines are left out. An error is the last element.
func (r *ReportReader) Rows() iter.Seq2[ReportRow, error] {
	return func(yield func(ReportRow, error) bool) {
		if r.in == nil {
			return
		}
		for {
			line, err := r.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(ReportRow{}, err)
				return
			}
			if line == "" {
				continue
			}
			if !yield(ReportRow{r.columns, strings.Split(line, "\t"), r.line}, nil) {
				return
			}
		}
	}
}

// Close ends the download.
func (r *ReportReader) Close() error {
	if r.close == nil {
		return nil
	}
	return r.close()
}

// ReportRow is one line of a report.
type ReportRow struct {
	columns map[string]int
	cells   []string
	Line    int // in the file, from 1
}

// Get returns the value of a column by its name ("order-id", in any case), or "" when the report
// has no such column.
func (r ReportRow) Get(column string) string {
	v, _ := r.Lookup(column)
	return v
}

// Lookup is like Get; ok reports whether the report has the column.
func (r ReportRow) Lookup(column string) (value string, ok bool) {
	i, ok := r.columns[column]
	if !ok {
		i, ok = r.columns[strings.ToLower(column)] // verge-of-lateShipment
	}
	if !ok || i >= len(r.cells) {
		return "", ok
	}
	return r.cells[i], true
}

// Time parses a column as an instant, in JST; ok is false when the column is missing, empty or not
// a time. A time without a zone is in GMT, as in reports for Japan.
func (r ReportRow) Time(column string) (t time.Time, ok bool) {
	text := strings.TrimSpace(r.Get(column))
	if len(text) >= len("2006-01-02T15:04:05") {
		if plain, err := time.Parse("2006-01-02T15:04:05",
			strings.Replace(text, " ", "T", 1)); err == nil {
			return plain.In(order.JST), true
		}
	}
	v, err := wire.ParseTime(text)
	if err != nil {
		return time.Time{}, false
	}
	return v.In(order.JST), true
}

// Scheduled returns the scheduled delivery (お届け日時指定便) of a row of [ActionableOrders]: day and slot,
// in JST. Without one the slot is [timeslot.NoPreference]; a window that is not a slot of one day
// is [timeslot.Unresolved].
func (r ReportRow) Scheduled() (day order.Date, slot timeslot.Slot) {
	const start, end = "scheduled-delivery-start-date", "scheduled-delivery-end-date"
	if r.Get(start) == "" && r.Get(end) == "" {
		return order.Date{}, timeslot.NoPreference
	}
	from, fromOK := r.Time(start)
	to, toOK := r.Time(end)
	if fromOK != (r.Get(start) != "") || toOK != (r.Get(end) != "") {
		return order.DateOf(from), timeslot.Unresolved
	}
	day, _, slot, _ = slotBetween(from, to)
	return day, slot
}
