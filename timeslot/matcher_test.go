package timeslot_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/timeslot"
)

// answers is a Matcher that counts how often it is asked.
type answers struct {
	match timeslot.Match
	ok    bool
	asked *int
}

func (a answers) Match(timeslot.Label) (timeslot.Match, bool) {
	*a.asked++
	return a.match, a.ok
}

func TestAZeroSlotIsNoMatch(t *testing.T) {
	asked := 0
	for _, m := range []timeslot.Matcher{
		nil,
		timeslot.Func(nil),
		timeslot.Func(func(string) (timeslot.Slot, bool) { return timeslot.Unresolved, true }),
		timeslot.Func(func(string) (timeslot.Slot, bool) { return 12345, true }),
		timeslot.Func(func(string) (timeslot.Slot, bool) { return timeslot.Morning, false }),
		answers{timeslot.Match{Matcher: "careless"}, true, &asked},
		timeslot.Chain(),
		timeslot.Chain(nil, answers{timeslot.Match{Rule: "careless"}, true, &asked}),
		timeslot.Scope{}.Only(answers{timeslot.Match{}, true, &asked}),
		timeslot.Cache(answers{timeslot.Match{Rule: "careless"}, true, &asked}, 1),
		(*timeslot.Table)(nil),
	} {
		match, ok := timeslot.Read(m, timeslot.Label{Text: "おひさま便"})
		require.False(t, ok)
		require.Zero(t, match)
		match, ok = timeslot.Read(timeslot.Chain(m, timeslot.Reader{}), timeslot.Label{Text: "午前中"})
		require.True(t, ok)
		require.Equal(t, "reader", match.Matcher, "the next matcher is asked")
	}
	require.Positive(t, asked)
}

func TestChainAndScope(t *testing.T) {
	night := timeslot.Func(func(text string) (timeslot.Slot, bool) { return timeslot.Night, text == "ほし便" })
	scope := timeslot.Scope{Mall: "rakuten", Shop: "example-shop", Method: "宅配便"}
	m := timeslot.Chain(scope.Only(night), timeslot.Reader{})
	inside := timeslot.Label{Text: "ほし便", Mall: "rakuten", Shop: "example-shop", Method: "宅配便"}
	match, ok := timeslot.Read(m, inside)
	require.True(t, ok)
	require.Equal(t, timeslot.Match{Slot: timeslot.Night, Matcher: "func"}, match)
	for _, change := range []func(*timeslot.Label){
		func(l *timeslot.Label) { l.Mall = "yahoo" }, func(l *timeslot.Label) { l.Shop = "" },
		func(l *timeslot.Label) { l.Method = "メール便" },
	} {
		outside := inside
		change(&outside)
		_, ok = timeslot.Read(m, outside)
		require.False(t, ok)
		outside.Text = "午前中"
		match, ok = timeslot.Read(m, outside)
		require.True(t, ok)
		require.Equal(t, "reader", match.Matcher)
	}
}

func TestCacheRemembersFailuresToo(t *testing.T) {
	asked := 0
	m := timeslot.Cache(answers{timeslot.Match{}, false, &asked}, 2)
	for range 3 {
		_, ok := timeslot.Read(m, timeslot.Label{Text: "おひさま便"})
		require.False(t, ok)
	}
	require.Equal(t, 1, asked)
	// Labels that differ in their shop are different labels.
	timeslot.Read(m, timeslot.Label{Text: "おひさま便", Shop: "example-shop"})
	require.Equal(t, 2, asked)
	// Long text is not remembered at all, wherever it stands.
	long := strings.Repeat("あ", 60)
	for _, c := range []struct {
		label timeslot.Label
		asked int
	}{
		{timeslot.Label{Text: long, Shop: "example-shop"}, 1},
		{timeslot.Label{Text: long, Mall: long}, 2},
		{timeslot.Label{Text: long, Shop: long}, 2},
		{timeslot.Label{Text: long, Method: long}, 2},
		{timeslot.Label{Text: long + long}, 2},
	} {
		asked = 0
		timeslot.Read(m, c.label)
		timeslot.Read(m, c.label)
		require.Equal(t, c.asked, asked, "%+v", c.label)
	}
}

// As many labels as the size says are remembered, and when another one comes one of them goes.
func TestCacheIsBounded(t *testing.T) {
	for size, room := range map[int]int{1: 1, 2: 2, 500: 500, 0: 1024, -1: 1024} {
		asked := 0
		m := timeslot.Cache(answers{timeslot.Match{}, false, &asked}, size)
		ask := func(from, to int) int {
			asked = 0
			for i := from; i < to; i++ {
				timeslot.Read(m, timeslot.Label{Text: fmt.Sprint(i)})
			}
			return asked
		}
		require.Equal(t, room, ask(0, room))
		require.Zero(t, ask(0, room), "all are remembered")
		require.Equal(t, 1, ask(room, room+1))
		require.Zero(t, ask(room, room+1))
		if room > 100 {
			require.Less(t, ask(0, 10), 5, "nearly all still are")
		}
		require.Positive(t, ask(0, room+1), "but not all")
	}
}

func TestConcurrentUse(t *testing.T) {
	var c timeslot.Collector
	m := timeslot.Chain(timeslot.Cache(timeslot.Reader{}, 8), &c)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 200 {
				hour := 8 + i%12
				match, ok := timeslot.Read(m, timeslot.Label{Text: fmt.Sprintf("%d時～%d時", hour, hour+2)})
				if !ok || match.Slot.String() != fmt.Sprintf("%02d:00-%02d:00", hour, hour+2) {
					t.Errorf("hour %d gives %s", hour, match.Slot)
				}
				timeslot.Read(m, timeslot.Label{Text: "おひさま便"})
				c.Labels()
			}
		})
	}
	wg.Wait()
	require.Equal(t, []timeslot.Unread{{Label: timeslot.Label{Text: "おひさま便"}, Count: 1600}}, c.Labels())
}

func TestCollector(t *testing.T) {
	c := timeslot.Collector{MaxLabels: 2, MaxOrders: 2}
	c.Add(timeslot.Label{}, "order-1")
	c.Add(timeslot.Label{Text: "ほし便"}, "order-1")
	for _, order := range []string{"order-2", "order-2", "order-3", "order-4", ""} {
		c.Add(timeslot.Label{Text: "おひさま便"}, order)
	}
	require.Equal(t, []timeslot.Unread{
		{Label: timeslot.Label{Text: "おひさま便"}, Count: 5, Orders: []string{"order-2", "order-3"}},
		{Label: timeslot.Label{Text: "ほし便"}, Count: 1, Orders: []string{"order-1"}},
	}, c.Labels())
	require.Zero(t, c.Dropped())
	c.Add(timeslot.Label{Text: "つき便"}, "order-5")
	require.Len(t, c.Labels(), 2)
	require.Equal(t, 1, c.Dropped())
}
