package fake

import (
	"bytes"
	"slices"
	"sync"
	"time"
)

const (
	keptRecords = 10_000
	keptBody    = 64 << 10
)

// Log keeps the last 10,000 requests and counts all. The zero Log is ready.
type Log struct {
	mu      sync.Mutex
	records []*Record
	counts  map[string]int
	total   int
}

func (l *Log) add(req *Request, fault string) *Record {
	if l == nil {
		return nil
	}
	rec := &Record{
		Time: time.Now(), Operation: req.Operation, Method: req.Method, Host: req.Host,
		Path:  req.URL.Path,
		Query: req.URL.Query(), Header: req.Header.Clone(), Fault: fault,
		Body: bytes.Clone(req.Payload[:min(len(req.Payload), keptBody)]),
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.counts == nil {
		l.counts = make(map[string]int)
	}
	l.counts[req.Operation]++
	l.total++
	if len(l.records) >= keptRecords {
		l.records = slices.Delete(l.records, 0, keptRecords/10)
	}
	l.records = append(l.records, rec)
	return rec
}

func (l *Log) answered(rec *Record, status int) {
	if l == nil || rec == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	rec.Status = status
}

// Calls returns the kept requests of an operation, or of all for "", in order of arrival. Query,
// Header and Body are shared with the log: read only.
func (l *Log) Calls(operation string) []Record {
	l.mu.Lock()
	defer l.mu.Unlock()
	var calls []Record
	for _, rec := range l.records {
		if operation == "" || rec.Operation == operation {
			calls = append(calls, *rec)
		}
	}
	return calls
}

// Count returns how many requests of an operation, or of all for "", arrived since the last Reset.
func (l *Log) Count(operation string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	if operation == "" {
		return l.total
	}
	return l.counts[operation]
}

// Reset removes all requests and counts.
func (l *Log) Reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.records, l.counts, l.total = nil, nil, 0
}
