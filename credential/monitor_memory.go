package credential

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"sync"
	"time"

	"github.com/jpmall/jpmall/order"
)

// told is what a Monitor remembers of one credential.
type told struct {
	// Record.Start; a renewal changes it
	Start time.Time `json:"start,omitzero"`
	// warning step -> the end of the notice
	Steps map[string]time.Time `json:"steps,omitempty"`
	// the day of the last EventExpired
	Expired order.Date `json:"expired_on,omitzero"`
	// the day of the last EventUnknown
	Unknown  order.Date  `json:"unknown_on,omitzero"`
	Observed Observation `json:"observed,omitzero"` // what the mall reported last
	Last     time.Time   `json:"last"`              // when any of it changed
}

// memoryFormat is the version of the stored form. What has not changed for forgetAfter is removed.
const (
	memoryFormat = 2
	forgetAfter  = 500 * day
)

// memoryShards is how many values the memory is spread over, so that none comes near MaxValue. It
// must never change: a credential's shard is computed from it.
const memoryShards = 16

// memoryDocument is a stored shard. Format 1 was the whole memory in one value.
type memoryDocument struct {
	Format      int             `json:"format"`
	Credentials map[string]told `json:"credentials"`
}

// memory is what was sent and observed, kept in a Store. Its methods are safe for concurrent use.
type memory struct {
	store Store
	name  string // of the monitor

	saving sync.Mutex // one save at a time, so that many notices share one

	mu     sync.Mutex
	shards [memoryShards]memoryShard
	old    string        // version of a memory of format 1 that was read and is not removed yet
	next   time.Time     // no save within a pass before
	pause  time.Duration // between two of them, growing while they fail
}

// memoryShard is one part of the memory.
type memoryShard struct {
	version string
	all     map[string]told
	dirty   map[string]bool // changed here and not saved yet
}

func shardOf(id string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id)) // it does not fail
	return int(h.Sum32() % memoryShards)
}

func (m *memory) key(shard int) string {
	return fmt.Sprintf("monitor-memory/%02d/%s", shard, m.name)
}

// oldKey is the key of format 1.
func (m *memory) oldKey() string {
	if m.name == "" {
		return "monitor"
	}
	return "monitor/" + m.name
}

// Saves within a pass are saveEvery apart, since each writes much. While they fail, that grows to
// saveRarely.
const (
	saveEvery  = time.Second
	saveRarely = 5 * time.Minute
)

// saveSoon saves unless that was tried a moment ago; the end of the pass saves the rest.
func (m *memory) saveSoon(ctx context.Context) error {
	m.mu.Lock()
	early := time.Now().Before(m.next)
	m.mu.Unlock()
	if early {
		return nil
	}
	begin := time.Now()
	err := m.save(ctx)
	m.mu.Lock()
	defer m.mu.Unlock()
	spaced := max(saveEvery, 10*time.Since(begin))
	if err != nil {
		spaced = min(max(spaced, 2*m.pause), saveRarely)
	}
	m.pause = spaced
	m.next = time.Now().Add(m.pause)
	return err
}

// load reads what the store remembers of the records; what is not saved yet is kept. After a
// failure the memory of this process is used.
func (m *memory) load(ctx context.Context, records []Record) error {
	var needed [memoryShards]bool
	for _, r := range records {
		needed[shardOf(r.ID())] = true
	}
	old, version, err := m.read(ctx, m.oldKey(), 1)
	if err != nil {
		return err
	}
	for id := range old {
		needed[shardOf(id)] = true
	}
	for shard, on := range needed {
		if !on {
			continue
		}
		if err := m.loadShard(ctx, shard); err != nil {
			return err
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.old = version
	for id, t := range old {
		s := &m.shards[shardOf(id)]
		if known, ok := s.all[id]; !ok || t.Last.After(known.Last) {
			s.set(id, t)
		}
	}
	return nil
}

// read returns the credentials under a key; none where nothing is stored.
func (m *memory) read(
	ctx context.Context, key string, format int,
) (all map[string]told, version string, err error) {
	entry, err := m.store.Load(ctx, key)
	if err != nil || entry.Version == "" {
		return nil, "", err
	}
	var doc memoryDocument
	if err := json.Unmarshal(entry.Value, &doc); err != nil || doc.Format < 1 {
		return nil, "", fmt.Errorf("%q in the store is not a monitor's memory: %w", key,
			order.ErrUndecodable)
	}
	if doc.Format != format {
		return nil, "", fmt.Errorf("%q in the store has format %d, this program knows %d: %w", key,
			doc.Format, format, order.ErrUndecodable)
	}
	return doc.Credentials, entry.Version, nil
}

func (m *memory) loadShard(ctx context.Context, shard int) error {
	all, version, err := m.read(ctx, m.key(shard), memoryFormat)
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	s := &m.shards[shard]
	if all == nil {
		all = make(map[string]told)
	}
	for id := range s.dirty {
		all[id] = s.all[id]
	}
	s.all, s.version = all, version
	return nil
}

// save writes what has changed, all shards at once, so that a store can write them together. Then a
// memory of format 1 that was read is removed.
func (m *memory) save(ctx context.Context) error {
	m.saving.Lock()
	defer m.saving.Unlock()
	var errs [memoryShards]error
	var all sync.WaitGroup
	for shard := range memoryShards {
		all.Go(func() { errs[shard] = m.saveShard(ctx, shard) })
	}
	all.Wait()
	for _, err := range errs {
		if err != nil { // one tells enough: they share a store
			return fmt.Errorf("credential: monitor: saving the notices sent: %w", err)
		}
	}
	m.mu.Lock()
	old := m.old
	m.mu.Unlock()
	if old == "" {
		return nil
	}
	if _, err := m.store.Save(ctx, m.oldKey(), nil, old); err != nil &&
		!errors.Is(err, order.ErrConflict) {
		return fmt.Errorf("credential: monitor: moving its memory to the present form: %w", err)
	}
	m.mu.Lock()
	m.old = ""
	m.mu.Unlock()
	return nil
}

// saveShard writes one shard. If another process saved in between, its changes are read first;
// where both changed a credential, this process wins.
func (m *memory) saveShard(ctx context.Context, shard int) error {
	s := &m.shards[shard]
	for try := 0; ; try++ {
		m.mu.Lock()
		if len(s.dirty) == 0 {
			m.mu.Unlock()
			return nil
		}
		now := time.Now()
		maps.DeleteFunc(s.all, func(_ string, t told) bool { return now.Sub(t.Last) > forgetAfter })
		value, err := json.Marshal(memoryDocument{memoryFormat, s.all})
		written, version := s.dirty, s.version
		s.dirty = nil
		m.mu.Unlock()
		if err == nil {
			version, err = m.store.Save(ctx, m.key(shard), value, version)
		}
		m.mu.Lock()
		if err == nil {
			s.version = version
		} else {
			maps.Copy(written, s.dirty)
			s.dirty = written
		}
		m.mu.Unlock()
		if err == nil {
			return nil
		}
		if errors.Is(err, order.ErrConflict) && try < updateTries {
			err = m.loadShard(ctx, shard)
		}
		if err != nil {
			return err
		}
	}
}

// set is called with the memory's lock held.
func (s *memoryShard) set(id string, t told) {
	if s.all == nil {
		s.all = make(map[string]told)
	}
	if s.dirty == nil {
		s.dirty = make(map[string]bool)
	}
	s.all[id], s.dirty[id] = t, true
}
