package transport

import (
	"container/list"
	"context"
)

type writingKey struct{}

// Writing marks the calls of a write, what it reads before and after among them: in the queue of a quota they go before the reads of
// everybody else. Calls that are no reads by their operation are marked by themselves.
func Writing(ctx context.Context) context.Context {
	if IsWriting(ctx) {
		return ctx
	}
	return context.WithValue(ctx, writingKey{}, true)
}

// IsWriting tells whether a call belongs to a write. A limiter of the caller's finds it in the context of Wait.
func IsWriting(ctx context.Context) bool { return ctx.Value(writingKey{}) != nil }

// writesInRow is after how many writes a read that waits is served, so that a long batch of writes does not stop a feed.
const writesInRow = 4

// queue are those who wait for a token of one bucket: a first-come line of writes and one of reads. The bucket's lock guards it.
type queue struct {
	writes, reads list.List // of *waiter
	row           int       // writes served since the last read, while reads waited
}

// waiter is one who waits.
type waiter struct {
	line  *list.List
	place *list.Element
	look  chan struct{} // it may be the head now, or the rate has changed
}

func (q *queue) join(write bool) *waiter {
	w := &waiter{line: &q.reads, look: make(chan struct{}, 1)}
	if write {
		w.line = &q.writes
	}
	w.place = w.line.PushBack(w)
	return w
}

// head is who gets the next token.
func (q *queue) head() *waiter {
	first := q.writes.Front()
	if first == nil || q.row >= writesInRow && q.reads.Len() > 0 {
		first = q.reads.Front()
	}
	if first == nil {
		return nil
	}
	return first.Value.(*waiter)
}

// serve lets the head go with a token.
func (q *queue) serve(w *waiter) {
	if w.line == &q.writes && q.reads.Len() > 0 {
		q.row++
	} else {
		q.row = 0
	}
	q.leave(w)
}

// leave takes one out of the queue, and calls who is the head now.
func (q *queue) leave(w *waiter) {
	w.line.Remove(w.place)
	q.call()
}

// call makes the head look again.
func (q *queue) call() {
	if w := q.head(); w != nil {
		select {
		case w.look <- struct{}{}:
		default:
		}
	}
}
