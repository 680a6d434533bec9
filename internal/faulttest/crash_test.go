package faulttest_test

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"sync"

	"github.com/jpmall/jpmall/order"
)

// disk is what outlives the feed: its state, and the consumer's tables.
type disk struct {
	mu      sync.Mutex
	store   order.FeedStore
	events  map[order.Ref]order.Order // unique by mall, shop, id and revision
	current map[order.Ref]order.Order // without revision
	told    map[order.Ref]bool        // the feed said that it could not be read, and it has not been given since
	again   int                       // orders that came under a key that was there
}

func newDisk() *disk {
	return &disk{store: order.NewMemoryFeedStore(), events: map[order.Ref]order.Order{},
		current: map[order.Ref]order.Order{}, told: map[order.Ref]bool{}}
}

func name(r order.Ref) order.Ref { r.Revision = ""; return r }

func (d *disk) write(o order.Order) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, there := d.events[o.Ref()]; there {
		d.again++
	}
	d.events[o.Ref()] = o
	d.current[name(o.Ref())] = o
	delete(d.told, name(o.Ref()))
}

func (d *disk) missing(r order.Ref) { d.mu.Lock(); defer d.mu.Unlock(); d.told[name(r)] = true }

// now is what the consumer has of an order, and whether it was told to be unread since.
func (d *disk) now(r order.Ref) (o order.Order, there, told bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	o, there = d.current[name(r)]
	return o, there, d.told[name(r)]
}

// revisions counts the rows of each order.
func (d *disk) revisions() map[order.Ref]int {
	rows := map[order.Ref]int{}
	for r := range maps.Keys(d.events) {
		rows[name(r)]++
	}
	return rows
}

var errDead = errors.New("the process is dead")

// life is one run of a process on the disk. It dies at the fuse-th of the points where a process
// could die: before and after each write of the consumer and of the feed's store. What is dead has
// no effect.
type life struct {
	*disk
	mu   sync.Mutex
	fuse int // negative never dies
	dead bool
	kill context.CancelFunc
}

// point reports whether the process is still alive after it.
func (l *life) point() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fuse == 0 && !l.dead {
		l.die()
	}
	if l.fuse > 0 {
		l.fuse--
	}
	return !l.dead
}

func (l *life) die() {
	l.dead = true
	l.kill()
}

func (l *life) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.die()
}

func (l *life) handle(_ context.Context, o order.Order) error {
	if !l.point() {
		return errDead
	}
	l.write(o)
	if !l.point() {
		return errDead
	}
	return nil
}

func (l *life) Load(
	ctx context.Context, mall order.Mall, shop string, row func(order.FeedChange) error,
) (int64, error) {
	return l.store.Load(ctx, mall, shop, row)
}

func (l *life) Save(
	ctx context.Context, mall order.Mall, shop string, version int64, changes []order.FeedChange,
) error {
	if !l.point() {
		return errDead
	}
	if err := l.store.Save(ctx, mall, shop, version, changes); err != nil {
		return err
	}
	if !l.point() {
		return errDead
	}
	return nil
}

// text is an order's content for comparing.
func text(o order.Order) string {
	data, err := json.Marshal(o)
	if err != nil {
		return err.Error()
	}
	return string(data)
}
