package amazontest

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"hash/fnv"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// snapshot is the list behind a page token.
type snapshot struct {
	filter string   // the parameters that must not change
	ids    []string // what remains
	bound  string   // createdBefore or lastUpdatedBefore of the first page
	ends   time.Time
}

var dataSets = []string{"BUYER", "RECIPIENT", "PROCEEDS", "EXPENSE", "PROMOTION", "CANCELLATION",
	"FULFILLMENT", "PACKAGES", "TAX", "PAYMENT", "FULFILLMENT_ORDERS"}

// split reads a list parameter: values separated by commas.
func split(q url.Values, name string) []string {
	if q.Get(name) == "" {
		return nil
	}
	return strings.Split(q.Get(name), ",")
}

func (m *Mall) includedData(q url.Values) ([]string, *fake.Reply) {
	data := split(q, "includedData")
	for _, d := range data {
		if !slices.Contains(dataSets, d) {
			r := m.invalid("includedData has an invalid value.")
			return nil, &r
		}
	}
	return data, nil
}

func (m *Mall) searchOrders(c *call) fake.Reply {
	q := c.URL.Query()
	data, refusal := m.includedData(q)
	if refusal != nil {
		return *refusal
	}
	size := 100
	if text := q.Get("maxResultsPerPage"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 100 {
			return m.invalid("maxResultsPerPage must be between 1 and 100.")
		}
		size = n
	}
	list, refusal := m.list(q)
	if refusal != nil {
		return *refusal
	}
	n := min(size, len(list.ids))
	page := make([]any, 0, n)
	for _, id := range list.ids[:n] {
		if o := m.orders[id]; o != nil {
			page = append(page, m.render(o.read(time.Now()), data))
		}
	}
	out := object{"orders": page}
	name := "createdBefore"
	if q.Get("lastUpdatedAfter") != "" {
		name = "lastUpdatedBefore"
	}
	out.text(name, list.bound)
	if rest := list.ids[n:]; len(rest) > 0 {
		list.ids = rest
		out["pagination"] = object{"nextToken": m.pageToken(list)}
	}
	return fake.JSON(http.StatusOK, out)
}

// pageToken makes a token with the characters that have to be escaped in a URL.
func (m *Mall) pageToken(list snapshot) string {
	m.serial++
	list.ends = time.Now().Add(m.options.PageTokenLife)
	token := base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "\xfb\xff\xfe%d page", m.serial))
	m.lists[token] = list
	return token
}

// list begins a list or continues one.
func (m *Mall) list(q url.Values) (snapshot, *fake.Reply) {
	refuse := func(message string) (snapshot, *fake.Reply) {
		r := m.invalid(message)
		return snapshot{}, &r
	}
	token := q.Get("paginationToken")
	key := fixed(q)
	if token != "" {
		list, ok := m.lists[token]
		switch {
		case !ok:
			return refuse("We could not decode your paginationToken.")
		case !time.Now().Before(list.ends):
			return refuse("The paginationToken has expired.")
		case list.filter != key:
			return refuse("The request parameters do not match the paginationToken.")
		}
		return list, nil
	}
	after, before, updated, message := period(q)
	if message != "" {
		return refuse(message)
	}
	list := snapshot{filter: key, bound: stamp(before)}
	times := &m.placed
	if updated {
		times = &m.updated
	}
	for id := range times.Between(after, before) {
		if m.matches(m.orders[id], q) {
			list.ids = append(list.ids, id)
		}
	}
	slices.SortFunc(list.ids, func(a, b string) int { // no order is promised, so there is none
		return cmp.Or(cmp.Compare(hash(a), hash(b)), cmp.Compare(a, b))
	})
	return list, nil
}

// fixed returns the parameters that must stay the same from page to page.
func fixed(q url.Values) string {
	q = url.Values(http.Header(q).Clone())
	for _, free := range []string{"paginationToken", "maxResultsPerPage", "includedData"} {
		q.Del(free)
	}
	return q.Encode()
}

func hash(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}

// period reads the window of a search. Both ends are inclusive. The upper one must lie two minutes
// in the past, which is also its default.
func period(q url.Values) (after, before time.Time, updated bool, message string) {
	created := q.Get("createdAfter") != "" || q.Get("createdBefore") != ""
	updated = q.Get("lastUpdatedAfter") != "" || q.Get("lastUpdatedBefore") != ""
	name := "created"
	if updated {
		name = "lastUpdated"
	}
	if created == updated || q.Get(name+"After") == "" {
		return after, before, updated,
			"Exactly one of createdAfter and lastUpdatedAfter must be specified."
	}
	after, err := time.Parse(time.RFC3339, q.Get(name+"After"))
	if err != nil {
		return after, before, updated, name + "After is not an ISO 8601 time."
	}
	latest := time.Now().Add(-2 * time.Minute)
	before = latest
	if text := q.Get(name + "Before"); text != "" {
		if before, err = time.Parse(time.RFC3339, text); err != nil {
			return after, before, updated, name + "Before is not an ISO 8601 time."
		}
		if before.After(latest) {
			return after, before, updated,
				name + "Before must be at least two minutes before the current time."
		}
		if before.Before(after) {
			return after, before, updated, name + "Before must not be before " + name + "After."
		}
	}
	return after, before, updated, ""
}

func (m *Mall) matches(o *Order, q url.Values) bool {
	within := func(name, value string) bool {
		wanted := split(q, name)
		return wanted == nil || slices.Contains(wanted, value)
	}
	marketplace := o.Marketplace
	if marketplace == "" {
		marketplace = m.options.Marketplace
	}
	return within("fulfillmentStatuses", o.Status) && within("marketplaceIds", marketplace) &&
		within("fulfilledBy", o.by())
}

func (m *Mall) getOrder(c *call) fake.Reply {
	data, refusal := m.includedData(c.URL.Query())
	if refusal != nil {
		return *refusal
	}
	o, refusal := m.find(c.vars[0])
	if refusal != nil {
		return *refusal
	}
	return fake.JSON(http.StatusOK, object{"order": m.render(o.read(time.Now()), data)})
}

// find returns an order, or the reply when there is none.
func (m *Mall) find(id string) (*Order, *fake.Reply) {
	parts := strings.Split(id, "-")
	if len(parts) != 3 || len(parts[0]) != 3 || len(parts[1]) != 7 || len(parts[2]) != 7 {
		r := m.invalid("OrderId: " + id + " is invalid, should be in 3-7-7 format.")
		return nil, &r
	}
	o, ok := m.orders[id]
	if !ok {
		r := m.notFound()
		return nil, &r
	}
	return o, nil
}
