package cassette

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/jpmall/jpmall/order"
)

// Version is the version of the file format.
const Version = 1

type first struct {
	Cassette int `json:"cassette"`
}

// Exchange is one request and its reply, as recorded.
type Exchange struct {
	Mall    order.Mall `json:"mall"`
	Shop    string     `json:"shop,omitempty"` // replaced like every other text
	Method  string     `json:"method"`
	Path    string     `json:"path"` // the mall's own path, without that of a relay
	Query   string     `json:"query,omitempty"`
	Request Message    `json:"request,omitzero"`
	Status  int        `json:"status,omitempty"` // HTTP status; 0 when there was no reply
	Reply   Message    `json:"reply,omitzero"`
}

// Message is the request or the reply of an Exchange.
type Message struct {
	Header  map[string]string `json:"header,omitempty"`
	Body    string            `json:"body,omitempty"`
	Cut     bool              `json:"cut,omitempty"`     // the body ended early
	Omitted string            `json:"omitted,omitempty"` // why there is no body
}

// maxLine bounds one line of a file.
const maxLine = 128 << 20

// Load reads the recording in a file.
func Load(name string) (*Tape, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	t, err := Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return t, nil
}

// Read reads a recording to its end. The error names a line that cannot be read.
func Read(r io.Reader) (*Tape, error) {
	in := bufio.NewScanner(r)
	in.Buffer(nil, maxLine)
	t := &Tape{}
	for n := 1; in.Scan(); n++ {
		line := bytes.TrimSpace(in.Bytes())
		if n == 1 {
			var f first
			if err := json.Unmarshal(line, &f); err != nil || f.Cassette == 0 {
				return nil,
					errors.New(`cassette: not a recording: the first line is not {"cassette":1}`)
			}
			if f.Cassette != Version {
				return nil, fmt.Errorf("cassette: version %d of the format is not known, only %d",
					f.Cassette, Version)
			}
			continue
		}
		if len(line) == 0 {
			continue
		}
		var x Exchange
		if err := json.Unmarshal(line, &x); err != nil {
			return nil, fmt.Errorf("cassette: line %d: %w", n, err)
		}
		if x.Mall == "" || x.Method == "" || x.Path == "" {
			return nil, fmt.Errorf("cassette: line %d: mall, method or path is missing", n)
		}
		t.all = append(t.all, x)
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("cassette: %w", err)
	}
	t.used = make([]bool, len(t.all))
	return t, nil
}
