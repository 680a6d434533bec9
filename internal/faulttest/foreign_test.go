package faulttest_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// TestNoAnswerIsNoAnswer lets every read of every mall meet every kind of answer that is none: it
// is an error, never "nothing there", of a class that does not send a person to the wrong place,
// that names the shop and the operation, and with nothing secret or personal in it. A third of the
// cases is tried unless -full asks for all. What the mall itself answers to a question for
// something that is not there stays what it is.
func TestNoAnswerIsNoAnswer(t *testing.T) {
	t.Parallel()
	for i, name := range []order.Mall{order.Rakuten, order.Yahoo, order.Amazon, order.AuPay} {
		t.Run(string(name), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { foreign(t, openMall(t, i, 41, 9)) })
		})
	}
}

func foreign(t *testing.T, m *mall) {
	p := newProxy(m, 1, 0)
	p.oneIn = 0
	source := m.source(t, p)
	it := prepare(t, source)
	personal := peopleOf(t, source)
	count := 0
	for _, row := range readings[m.name] { // first without a fault, so that there are answers to other questions
		err := row.do(t.Context(), source, it)
		require.True(t, err == nil || errors.Is(err, order.ErrNotFound), "%s: %v", row.name, err)
	}
	try := func(row reading, k kind, s order.Source, of func(*call) bool) {
		if k.name == endlessBody || !k.foreign {
			return
		}
		p.struck = map[string]int{}
		p.always(k, of)
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Minute)
		err := row.do(ctx, s, it)
		cancel()
		p.arm(false)
		// which is what a probe is for
		if p.struck[k.name] <= 0 || row.name == "Probe" && k.name == "key refused for once" {
			return // the kind does not fit the operation
		}
		count++
		p.judge(t, row.name+", "+k.name, k, err, personal)
	}
	for i, row := range readings[m.name] {
		for n, k := range kinds {
			if !*full && (i+n)%3 > 0 { // more than 35 kinds for each, all of them for all
				continue
			}
			try(row, k, source, func(c *call) bool { return !c.token && c.is(row.meant) })
		}
	}
	if m.name == order.Yahoo || m.name == order.Amazon {
		for n, k := range kinds {
			if !*full && n%3 > 0 && !strings.HasPrefix(k.name, "token") {
				continue
			}
			fresh := m.source(t, p)
			i := slices.IndexFunc(readings[m.name], func(row reading) bool { return row.name == "Order" })
			try(readings[m.name][i], k, fresh, func(c *call) bool { return c.token })
		}
	}
	t.Logf("%d operations, %d kinds, %d cases", len(readings[m.name]), len(kinds), count)

	none := time.Now().AddDate(0, 0, -29)
	for o, err := range source.Orders(t.Context(), order.Query{From: none, To: none.Add(48 * time.Hour)}) {
		require.Fail(t, "there are no orders that old", "%s %v", o.ID, err)
	}
	_, err := source.Order(t.Context(), unlike(it.order.ID[:len(it.order.ID)-1])+"9")
	require.ErrorIs(t, err, order.ErrNotFound, m.name)
}

// wrong are the classes that a failure before the mall cannot have: each sends somebody to look for
// what is not there.
var wrong = []order.Class{order.ErrNotFound, order.ErrConflict, order.ErrCredentialExpired, order.ErrInvalid,
	order.ErrUnauthorized, order.ErrForbidden}

func (p *proxy) judge(t *testing.T, what string, k kind, err error, personal []string) {
	t.Helper()
	if err == nil {
		t.Errorf("%s: no error", what)
		return
	}
	var e *order.Error
	if !errors.As(err, &e) {
		t.Errorf("%s: not an *order.Error: %v", what, err)
		return
	}
	if e.Mall != p.mall.name || e.Shop == "" || e.Operation == "" {
		t.Errorf("%s: does not say where it happened: %v", what, err)
	}
	if e.Class == 0 {
		t.Errorf("%s: has no class: %v", what, err)
	}
	if k.gateway && slices.Contains(wrong, e.Class) && !strings.HasPrefix(k.name, "30") {
		t.Errorf("%s: class %v: %v", what, e.Class, err)
	}
	if e.RetryAfter > 24*time.Hour {
		t.Errorf("%s: waits %s", what, e.RetryAfter)
	}
	for _, text := range texts(err) {
		for _, word := range append(personal, shown) {
			if strings.Contains(text, word) {
				t.Errorf("%s: personal data %q in %q", what, word, text)
			}
		}
		for secret := range p.secrets {
			if len(secret) >= 8 && strings.Contains(text, secret) {
				t.Errorf("%s: a secret in %q", what, text)
			}
		}
	}
}

// texts are all that can be printed of an error and of what it comes from.
func texts(err error) (all []string) {
	if err == nil {
		return nil
	}
	all = append(all, err.Error(), fmt.Sprintf("%+v", err))
	switch u := err.(type) {
	case interface{ Unwrap() error }:
		all = append(all, texts(u.Unwrap())...)
	case interface{ Unwrap() []error }:
		for _, e := range u.Unwrap() {
			all = append(all, texts(e)...)
		}
	}
	return all
}

// peopleOf are the names, addresses and numbers in a shop's orders.
func peopleOf(t *testing.T, s order.Source) (words []string) {
	for o, err := range s.Orders(t.Context(), order.Query{From: time.Now().AddDate(0, 0, -15)}) {
		require.NoError(t, err)
		people := []order.Party{o.Buyer}
		for _, parcel := range o.Parcels {
			people = append(people, parcel.Recipient)
		}
		for _, who := range people {
			words = append(words, append(who.Address, who.Name, who.Kana, who.Phone, who.Email)...)
		}
	}
	words = slices.DeleteFunc(words, func(w string) bool { return len(w) < 6 })
	slices.Sort(words)
	return slices.Compact(words)
}
