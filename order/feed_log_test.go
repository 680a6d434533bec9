package order_test

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// The log as its description says, written here anew.
func sum(b []byte) []byte {
	return binary.BigEndian.AppendUint32(nil, crc32.Checksum(b, crc32.MakeTable(crc32.Castagnoli)))
}

func head(snapshot, version uint64) []byte {
	b := binary.BigEndian.AppendUint64([]byte("jpmall feed log 2\n"), snapshot)
	b = binary.BigEndian.AppendUint64(b, version)
	return append(b, sum(b)...)
}

func record(body string) []byte {
	b := append(binary.BigEndian.AppendUint32(nil, uint32(len(body))), sum([]byte(body))...)
	return append(append(b, sum(b)...), body...)
}

// TestFileFeedStoreRefusesWhatNobodyWrote: a file whose checksums are right and whose content is
// not is told as damaged, and read no further.
func TestFileFeedStoreRefusesWhatNobodyWrote(t *testing.T) {
	good := record("\x01a\x02x")
	log := func(b ...[]byte) (all []byte) {
		for _, piece := range b {
			all = append(all, piece...)
		}
		return all
	}
	for name, c := range map[string]struct {
		file []byte
		want string // of the error; empty for none
	}{
		"good":                        {log(head(uint64(len(good)), 7), good), ""},
		"a snapshot of nothing":       {head(0, 7), ""},
		"less than a head":            {head(0, 7)[:37], "it has 37 bytes, less than its head"},
		"another file":                {[]byte("a file of somebody else, which is long enough"), "does not begin as a feed's log"},
		"shorter than its snapshot":   {log(head(uint64(len(good))+1, 7), good), "it has 54 bytes, less than the 55 of its snapshot"},
		"all of a snapshot missing":   {head(16, 7), "less than the 54 of its snapshot"},
		"a negative snapshot":         {log(head(1<<64-1, 7), good), "less than the 37 of its snapshot"},
		"a snapshot ends in between":  {log(head(uint64(len(good))+12, 7), good, good[:12]), "record at byte 54 is not whole"},
		"nothing behind a broken one": {log(head(0, 7), []byte("garbage garbage"), record("")[:11]), ""},
		"a Save behind a broken one": {log(head(0, 7), []byte("garbage garbage"), record("")),
			"the record at byte 38 cannot be read, but the one at byte 53 can"},
		"no key length":             {log(head(0, 7), record("\x80")), "content ends early"},
		"a key of too few bytes":    {log(head(0, 7), record("\x02a")), "content ends early"},
		"a key of one byte too few": {log(head(0, 7), record("\x03ab")), "content ends early"},
		"a key of all bytes":        {log(head(0, 7), record("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01a")), "content ends early"},
		"no value length":           {log(head(0, 7), record("\x01a")), "content ends early"},
		"half a value length":       {log(head(0, 7), record("\x01a\x80")), "content ends early"},
		"a value of too few bytes":  {log(head(0, 7), record("\x01a\x03x")), "content ends early"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			require.NoError(t, os.WriteFile(filepath.Join(folder, "example,a.log"), c.file, 0o600))
			_, version, err := table(openFolder(t, folder), "example", "a")
			if c.want == "" {
				require.NoError(t, err)
				require.Equal(t, int64(7), version)
				return
			}
			require.ErrorContains(t, err, "is damaged")
			require.ErrorContains(t, err, c.want)
		})
	}
}

// TestFileFeedStoreNamesTheRecord: of a record that was damaged, while whole ones follow; also when
// the last one is cut off as well.
func TestFileFeedStoreNamesTheRecord(t *testing.T) {
	file := head(0, 0)
	var at []int
	for i := range 4 {
		at = append(at, len(file))
		file = append(file, record(fmt.Sprintf("\x03o:%d\x02x", i))...)
	}
	file[at[1]+14] ^= 1
	for length := len(file); length > at[1]; length-- {
		folder := t.TempDir()
		path := filepath.Join(folder, "example,a.log")
		require.NoError(t, os.WriteFile(path, file[:length], 0o600))
		_, version, err := table(openFolder(t, folder), "example", "a")
		if length >= at[3] {
			require.ErrorContains(t, err, fmt.Sprintf(
				"the record at byte %d cannot be read, but the one at byte %d can", at[1], at[2]))
			continue
		}
		require.NoError(t, err, "nothing whole follows")
		require.Equal(t, int64(1), version)
	}
}
