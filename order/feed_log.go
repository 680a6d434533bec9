package order

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

// The file of one shop is a log. It begins with
//
//	magic, length of the snapshot (8 bytes), version of the snapshot (8 bytes),
//	checksum of these (4 bytes)
//
// followed by records: first those of the snapshot, written and put in place as a whole, then one
// for each Save, appended. A record is
//
//	length of the body, checksum of the body, checksum of the eight bytes before
//	(4 bytes each), body
//
// and a body is changes: key length, key, value length + 1 or zero for a removal, value. Lengths in
// a body are uvarints. All else is big-endian, checksums are CRC-32C. The log's version is the
// snapshot's and one for each record after it.
const (
	logMagic   = "jpmall feed log 2\n"
	logHead    = len(logMagic) + 8 + 8 + 4
	recordHead = 12
	maxRecord  = 1 << 20 // from which on a snapshot begins another record
	maxSave    = 1 << 30
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func checksum(b []byte) uint32 { return crc32.Checksum(b, castagnoli) }

// errDamaged marks a log in a state that no crash can leave.
var errDamaged = errors.New("damaged")

func logHeader(snapshot, version int64) []byte {
	b := append(make([]byte, 0, logHead), logMagic...)
	b = binary.BigEndian.AppendUint64(b, uint64(snapshot))
	b = binary.BigEndian.AppendUint64(b, uint64(version))
	return binary.BigEndian.AppendUint32(b, checksum(b))
}

// appendChange adds a change to a record's body.
func appendChange(b []byte, c FeedChange) []byte {
	b = binary.AppendUvarint(b, uint64(len(c.Key)))
	b = append(b, c.Key...)
	if c.Value == nil {
		return append(b, 0)
	}
	b = binary.AppendUvarint(b, uint64(len(c.Value))+1)
	return append(b, c.Value...)
}

// newRecord returns an empty record with room for its head. Append changes to it, then call
// sealRecord.
func newRecord() []byte { return make([]byte, recordHead, 4096) }

func sealRecord(b []byte) []byte {
	binary.BigEndian.PutUint32(b, uint32(len(b)-recordHead))
	binary.BigEndian.PutUint32(b[4:], checksum(b[recordHead:]))
	binary.BigEndian.PutUint32(b[8:], checksum(b[:8]))
	return b
}

// bodyLength reads a record's head; ok is false if it is not one.
func bodyLength(head []byte) (n int64, ok bool) {
	n = int64(binary.BigEndian.Uint32(head))
	return n, binary.BigEndian.Uint32(head[8:]) == checksum(head[:8])
}

// eachChange takes a record's body apart. The change's value is a piece of body.
func eachChange(body []byte, do func(FeedChange) error) error {
	piece := func(n uint64, used int) ([]byte, error) {
		if used <= 0 || n > uint64(len(body)-used) {
			return nil, fmt.Errorf("%w: a record's content ends early", errDamaged)
		}
		got := body[used : used+int(n)]
		body = body[used+int(n):]
		return got, nil
	}
	for len(body) > 0 {
		n, used := binary.Uvarint(body)
		key, err := piece(n, used)
		if err != nil {
			return err
		}
		c := FeedChange{Key: string(key)}
		if n, used = binary.Uvarint(body); n == 0 && used > 0 {
			body = body[used:]
		} else if c.Value, err = piece(n-1, used); err != nil {
			return err
		}
		if err := do(c); err != nil {
			return err
		}
	}
	return nil
}

// logEnd is where a log that was read ends.
type logEnd struct {
	version  int64
	snapshot int64 // length of the head and the snapshot
	good     int64 // beyond it there is only a write that was cut off
}

// readLog passes the changes of a log of size bytes to do, oldest first. An incomplete record at
// the end is left by a crash; it was never reported as saved and is left out. Any other incomplete
// part is errDamaged.
func readLog(r io.ReaderAt, size int64, do func(FeedChange) error) (end logEnd, err error) {
	head := make([]byte, logHead)
	if _, err := r.ReadAt(head, 0); err != nil {
		if errors.Is(err, io.EOF) {
			return end, fmt.Errorf("%w: it has %d bytes, less than its head", errDamaged, size)
		}
		return end, err
	}
	sum := len(head) - 4
	if string(head[:len(logMagic)]) != logMagic ||
		binary.BigEndian.Uint32(head[sum:]) != checksum(head[:sum]) {
		return end, fmt.Errorf("%w: it does not begin as a feed's log", errDamaged)
	}
	end.snapshot = int64(logHead) + int64(binary.BigEndian.Uint64(head[len(logMagic):]))
	end.version = int64(binary.BigEndian.Uint64(head[len(logMagic)+8:]))
	end.good = int64(logHead)
	if end.snapshot < int64(logHead) || end.snapshot > size {
		return end, fmt.Errorf("%w: it has %d bytes, less than the %d of its snapshot", errDamaged,
			size, end.snapshot)
	}
	in := bufio.NewReaderSize(io.NewSectionReader(r, end.good, size-end.good), 1<<16)
	var body []byte
	for end.good < size {
		body, err = readRecord(in, size-end.good, body)
		switch {
		case errors.Is(err, errTorn) && end.good < end.snapshot:
			return end, fmt.Errorf("%w: the snapshot's record at byte %d is not whole", errDamaged,
				end.good)
		case errors.Is(err, errTorn):
			return end, nothingBehind(r, end.good, size)
		case err != nil:
			return end, err
		}
		if err := eachChange(body, do); err != nil {
			return end, err
		}
		if end.good >= end.snapshot {
			end.version++
		}
		end.good += int64(recordHead + len(body))
	}
	return end, nil
}

var errTorn = errors.New("the record is not whole")

// readRecord reads one record's body into room, of which at most left bytes are there.
func readRecord(in io.Reader, left int64, room []byte) ([]byte, error) {
	var head [recordHead]byte
	if left < recordHead {
		return room, errTorn
	}
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return room, err
	}
	n, ok := bodyLength(head[:])
	if !ok || n > left-recordHead {
		return room, errTorn
	}
	if int64(cap(room)) < n {
		room = make([]byte, n)
	}
	room = room[:n]
	if _, err := io.ReadFull(in, room); err != nil {
		return room, err
	}
	if checksum(room) != binary.BigEndian.Uint32(head[4:]) {
		return room, errTorn
	}
	return room, nil
}

// nothingBehind looks for a whole record behind a broken one. Only the last write can be cut off,
// so a record behind it means that what was saved has been damaged since.
func nothingBehind(r io.ReaderAt, at, size int64) error {
	rest := make([]byte, size-at)
	if _, err := r.ReadAt(rest, at); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	for i := 1; i+recordHead <= len(rest); i++ {
		n, ok := bodyLength(rest[i : i+recordHead])
		if !ok || n > int64(len(rest)-i-recordHead) {
			continue
		}
		body := rest[i+recordHead : i+recordHead+int(n)]
		if checksum(body) == binary.BigEndian.Uint32(rest[i+4:]) {
			return fmt.Errorf(
				"%w: the record at byte %d cannot be read, but the one at byte %d can", errDamaged,
				at, at+int64(i))
		}
	}
	return nil
}
