package order

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/jpmall/jpmall/internal/atomicfile"
)

// compact rewrites the log with its live rows only.
func (s *shopFile) compact() error {
	file, err := openPlain(s.path+logEnding, os.O_RDONLY)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // it was only read
	last, n := map[string]int{}, 0
	if _, err := readLog(file, s.end.good, func(c FeedChange) error {
		last[c.Key] = n
		n++
		return nil
	}); err != nil {
		return err
	}
	return s.replace(s.end.version, func(do func(FeedChange) error) error {
		n := 0
		_, err := readLog(file, s.end.good, func(c FeedChange) error {
			live := last[c.Key] == n && c.Value != nil
			n++
			if !live {
				return nil
			}
			return do(c)
		})
		return err
	})
}

// replace puts a new log in place, whose snapshot holds the rows.
func (s *shopFile) replace(version int64, rows func(do func(FeedChange) error) error) error {
	size := int64(0)
	info, err := atomicfile.ReplaceWith(s.path+logEnding, func(file *os.File) (err error) {
		size, err = writeSnapshot(file, version, rows)
		return err
	})
	if info != nil { // it is in place, whatever came after that
		s.end = logEnd{version: version, snapshot: size, good: size}
	}
	if err != nil {
		return err
	}
	// it is in the log now
	if err := os.Remove(s.path + oldEnding); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// writeSnapshot writes a whole log to an empty file. Its length is not known before, so the head
// comes last.
func writeSnapshot(
	file *os.File, version int64, rows func(do func(FeedChange) error) error,
) (size int64, err error) {
	if _, err := file.Seek(int64(logHead), io.SeekStart); err != nil {
		return 0, err
	}
	out := bufio.NewWriterSize(file, 1<<16)
	record := newRecord()
	flush := func() error {
		if len(record) == recordHead {
			return nil
		}
		n, err := out.Write(sealRecord(record))
		size += int64(n)
		record = record[:recordHead]
		return err
	}
	err = rows(func(c FeedChange) error {
		if c.Value == nil {
			return nil
		}
		record = appendChange(record, c)
		if len(record) < maxRecord {
			return nil
		}
		return flush()
	})
	if err = errors.Join(err, flush(), out.Flush()); err != nil {
		return 0, err
	}
	_, err = file.WriteAt(logHeader(size, version), 0)
	return int64(logHead) + size, err
}

var errNoFile = errors.New("not a plain file")

// openPlain opens an existing regular file. A link, pipe or device could lead elsewhere or never
// answer.
func openPlain(path string, flag int) (*os.File, error) {
	before, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !before.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is %w", path, errNoFile)
	}
	file, err := os.OpenFile(path, flag, 0)
	if err != nil {
		return nil, err
	}
	after, err := file.Stat()
	if err == nil && !os.SameFile(before, after) {
		err = fmt.Errorf("%s is %w: it was exchanged while it was opened", path, errNoFile)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}
