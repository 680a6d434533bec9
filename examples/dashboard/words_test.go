package main

import (
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

var (
	// What the malls and their buyers say is data.
	dataPart = regexp.MustCompile(
		`(?s)<bdi[^>]*>.*?</bdi>|<code>.*?</code>|<a [^>]*hreflang[^>]*>.*?</a>|<script.*?</script>`)
	// The SDK's hints call screens and operations by the malls' names, which are marked; a mark
	// must not hide a sentence.
	markedPart = regexp.MustCompile(`<i lang="(?:ja|en)">(.*?)</i>`)
	sentence   = regexp.MustCompile(`(?:です|ます|ません|ください|でした)$|[a-z]+ [a-z]+ [a-z]+`)
	spokenAttr = regexp.MustCompile(`(?:aria-label|title|data-new|placeholder)="([^"]*)"`)
	tagPart    = regexp.MustCompile(`<[^>]*>`)
	wideMark   = regexp.MustCompile(`[、。「」（）：～]`)
	latinWord  = regexp.MustCompile(`\p{Latin}{3,}`)
)

// words are what a page says in its own voice and the SDK's.
func words(page string) string {
	var all []string
	page = markedPart.ReplaceAllStringFunc(dataPart.ReplaceAllString(page, " "), func(mark string) string {
		if name := markedPart.FindStringSubmatch(mark)[1]; sentence.MatchString(name) {
			return name
		}
		return " "
	})
	for _, m := range spokenAttr.FindAllStringSubmatch(page, -1) {
		all = append(all, m[1])
	}
	return strings.Join(append(all, tagPart.ReplaceAllString(page, " ")), " ")
}

// everyPage returns the pages of a shop in which everything has happened: read, dry, real, refused,
// unsettled, failed.
func (s *screen) everyPage(lang string) map[string]string {
	s.t.Helper()
	all := map[string]string{}
	for _, path := range []string{"/", "/orders", "/orders?slot=unread", "/orders?stage=shipped", "/slots", "/keys",
		"/support", "/actions"} {
		u, err := url.Parse(path)
		require.NoError(s.t, err)
		q := u.Query()
		q.Set("lang", lang)
		u.RawQuery = q.Encode()
		all[path] = s.get(u.String())
	}
	for _, f := range s.fakes {
		found, err := s.store.find(s.t.Context(), filter{Mall: order.Mall(f.settings["mall"])}, 5, 0)
		require.NoError(s.t, err)
		for _, o := range found {
			all[orderURL(o.Ref())] = s.get(orderURL(o.Ref()))
		}
	}
	acts, err := s.store.actions(s.t.Context(), "")
	require.NoError(s.t, err)
	for _, a := range acts {
		path := fmt.Sprint("/actions/", a.ID)
		all[path] = s.get(path)
	}
	all["ship"] = s.post("/actions", url.Values{"what": {"ship"}, "ref": s.someRefs()[:3]})
	all["labels dry"] = s.post("/actions", url.Values{"what": {"labels"}, "ref": s.someRefs()})
	all["labels"] = s.post("/actions", url.Values{"what": {"labels"}, "step": {"real"}, "ref": s.someRefs()})
	answer, err := s.client.Get(s.url + "/orders/rakuten/1/no-such-order")
	require.NoError(s.t, err)
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	require.NoError(s.t, err)
	all["failure"] = string(data)
	return all
}

// someRefs are orders of all malls, as a form names them.
func (s *screen) someRefs() (refs []string) {
	found, err := s.store.find(s.t.Context(), filter{}, 40, 0)
	require.NoError(s.t, err)
	for _, o := range found {
		refs = append(refs, view{}.Ref(o))
	}
	return refs
}

// happen makes a dry run of each kind, one for real, one whose answer is lost, a taught label, and
// a shop whose key has died.
func (s *screen) happen() {
	s.t.Helper()
	shipped := s.rakuten.AddOrder(rakutentest.Order{Progress: 300})
	lost := s.rakuten.AddOrder(rakutentest.Order{Progress: 300})
	for _, id := range []string{s.addPink("おひさま便"), s.addPink("ゆうゆう便")} {
		s.seen(order.AuPay, id, anything)
	}
	s.post("/slots", url.Values{"label": {"おひさま便"}, "mall": {"aupay"}, "shops": {"all"}, "methods": {"all"},
		"slot": {"am"}})
	s.post("/actions", url.Values{"what": {"confirm"}, "ref": s.someRefs()})
	step := regexp.MustCompile(`action="(/actions/\d+)"`)
	dry := func(id string) string {
		return step.FindStringSubmatch(s.post("/actions",
			shipForm(s.seen(order.Rakuten, id, anything), "000000000000")))[1]
	}
	s.post(dry(shipped), url.Values{"step": {"real"}})
	path := dry(lost)
	for _, operation := range []string{"updateOrderShipping", "updateOrderShippingAsync"} {
		require.NoError(s.t, s.rakuten.Inject(rakutentest.Fault{Kind: rakutentest.ReplyLost, Operation: operation}))
	}
	s.post(path, url.Values{"step": {"real"}})
	s.rakuten.ClearFaults()
	s.yahoo.ClearFaults()
}

func TestEachLanguageKeepsToItself(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.happen()
	for path, page := range s.everyPage("en") {
		assert.Empty(t, japanese.FindAllString(words(page), -1), "Japanese on the English page %s", path)
		assert.Empty(t, wideMark.FindAllString(words(page), -1), "Japanese punctuation on the English page %s", path)
	}
	names := strings.Fields(`jpmall Amazon Yahoo PAY CSV JSON`)
	for path, page := range s.everyPage("ja") {
		for _, sh := range s.shops {
			page = strings.ReplaceAll(page, sh.Shop(), "")
		}
		foreign := slices.DeleteFunc(latinWord.FindAllString(words(page), -1),
			func(w string) bool { return slices.Contains(names, w) })
		assert.Empty(t, foreign, "English on the Japanese page %s", path)
	}
}
