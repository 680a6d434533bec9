package main

import (
	"context"
	_ "embed"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

//go:embed testdata/axe.min.js
var axe string // axe-core 4.14.1; its licence stands beside it

type (
	step = chromedp.Action[chromedp.Void]
	css  = chromedp.CSS
	path = chromedp.Search // XPath
)

// tab is one of a real browser, Chromium as the distribution packages it.
type tab struct {
	t   *testing.T
	ctx context.Context
}

func browser(t *testing.T) tab {
	t.Helper()
	opts := append(chromedp.DefaultExecAllocatorOptions[:], // headless and with an empty profile of its own
		chromedp.ExecPath("/usr/bin/chromium"), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WindowSize(1280, 900),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, stop := chromedp.NewExecAllocator(t.Context(), opts...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	require.NoError(t, chromedp.Do(ctx), "apt-get install chromium")
	return tab{t, ctx}
}

// another is a new tab of the same browser.
func (b tab) another(t *testing.T) tab {
	t.Helper()
	ctx, stop := chromedp.NewContext(b.ctx)
	t.Cleanup(stop)
	require.NoError(t, chromedp.Do(ctx))
	return tab{t, ctx}
}

// in is the same tab in a subtest.
func (b tab) in(t *testing.T) tab { return tab{t, b.ctx} }

func (b tab) do(steps ...step) {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	require.NoError(b.t, chromedp.Do(ctx, steps...))
}

// ask returns what an action finds.
func ask[T any](b tab, a chromedp.Action[T]) T {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	found, err := chromedp.Run(ctx, a)
	require.NoError(b.t, err)
	return found
}

// hostile are names that would do harm where a page is careless.
func hostile() []string {
	return []string{
		`<script>document.title='harmed'</script>`, `"><img src=x onerror=document.title='harmed'>`,
		`' onmouseover='document.title=1`,
		"\u202e逆さ\u2066名前", strings.Repeat("長", 200), `{{.Token}}`, `javascript:document.title='harmed'`,
	}
}

func TestBrowser(t *testing.T) {
	t.Parallel()
	s := start(t)
	all := browser(t)
	tick := func(id string) css { return css(`input[value="rakuten/` + s.rakuten.Shop() + `/` + id + `"]`) }

	t.Run("pictures", func(t *testing.T) { s.pictures(t, all.another(t)) }) // of a shop that no test has harmed yet

	t.Run("an order arrives and appears", func(t *testing.T) {
		b := all.in(t)
		b.do(chromedp.Navigate(s.url+"/orders"), chromedp.WaitVisible(css(`#list`)))
		id := s.rakuten.AddOrder(rakutentest.Order{Progress: 300})
		b.do(chromedp.WaitVisible(tick(id)), chromedp.WaitVisible(path(`//p[@id="news" and contains(., "新しい受注")]`)))
	})

	t.Run("ticks outlive what arrives", func(t *testing.T) {
		b := all.in(t)
		box := css(`#list tbody tr:nth-child(3) input`)
		value := ask(b, chromedp.Value(box))
		b.do(chromedp.Click(box))
		b.do(chromedp.WaitVisible(tick(s.rakuten.AddOrder(rakutentest.Order{Progress: 300}))))
		require.True(t, ask(b, chromedp.Evaluate[bool](`document.querySelector('input[value="`+value+`"]').checked`)))
	})

	t.Run("a pink cell is taught and turns", func(t *testing.T) {
		b := all.in(t)
		id := s.addPink("おひさま便")
		row := `//tr[.//input[@value="aupay/` + s.aupay.Shop() + "/" + id + `"]]`
		s.seen(order.AuPay, id, anything)
		b.do(chromedp.Navigate(s.url+"/orders?mall=aupay"), chromedp.Click(path(row+`//div[@class="pink"]/a`)),
			chromedp.WaitVisible(css(`.rule.focus`)),
			chromedp.SetValue(css(`.rule.focus select[name=slot]`), "14:00-16:00"),
			chromedp.Click(css(`.rule.focus button`)), chromedp.WaitVisible(css(`#turned`)),
			chromedp.Navigate(s.url+"/orders?mall=aupay"))
		require.Contains(t, ask(b, chromedp.Text(path(row+`/td[@class="slots"]`))), "14:00～16:00")
	})

	t.Run("a dry run ships nothing, a real run ships", func(t *testing.T) {
		b := all.in(t)
		o := s.ready()
		shipped := func() int {
			got, _ := s.rakuten.Order(o.ID)
			return len(got.Parcels[0].Shipments)
		}
		b.do(chromedp.Navigate(s.url+"/orders?q="+o.ID), chromedp.Click(css(`input[name=ref]`)),
			chromedp.Click(css(`button[value=ship]`)),
			chromedp.SendKeys(css(`input[name=number]`), "000000000000"),
			chromedp.Click(css(`button[value=ship]`)), chromedp.WaitVisible(css(`button[value=real]`)))
		require.Zero(t, shipped())
		b.do(chromedp.Click(css(`button[value=real]`)),
			chromedp.WaitVisible(path(`//strong[@id="step" and contains(., "実行済み")]`)))
		require.Equal(t, 1, shipped())
	})

	t.Run("a key near its end is on top", func(t *testing.T) {
		b := all.in(t)
		b.do(chromedp.Navigate(s.url + "/keys"))
		require.Contains(t, ask(b, chromedp.Text(css(`#all-keys > li:first-child h2`))), "楽天市場",
			"its key ends in six days")
		require.Equal(t, "state-expiring", ask(b,
			chromedp.JavascriptAttribute[string](css(`#all-keys > li:first-child`), "className")))
	})

	t.Run("hostile names do no harm", func(t *testing.T) {
		b := all.in(t)
		var ids []string
		for _, name := range hostile() {
			o, _ := s.aupay.Order(s.aupay.Numbers()[0])
			o.ID, o.Placed = "", time.Now()
			for _, field := range []string{"ordererName", "senderName", "userComment", "deliveryRequestTime"} {
				o.Elements[field] = name
			}
			ids = append(ids, s.aupay.AddOrder(o))
		}
		look := func(page string) {
			b.do(chromedp.Navigate(s.url+page), chromedp.WaitVisible(css(`main`)))
			require.NotContains(t, ask(b, chromedp.Title()), "harmed")
			require.False(t, ask(b, chromedp.Evaluate[bool](`document.documentElement.scrollWidth > innerWidth`)),
				"%s is no wider than its window", page)
		}
		for _, id := range ids {
			got := s.seen(order.AuPay, id, anything)
			look(orderURL(got.Ref()))
			look("/orders?q=" + got.ID)
			require.Equal(t, got.Buyer.Name, ask(b, chromedp.TextContent(css(`#list .name`))), "shown as it is")
		}
		look("/slots") // with all names on it
		look("/?lang=ja")
	})

	t.Run("axe finds nothing serious", func(t *testing.T) {
		b := all.in(t)
		for _, page := range []string{"/", "/orders?slot=unread", orderURL(s.ready().Ref()), "/slots", "/keys",
			"/support", "/actions", "/actions/1"} {
			b.do(chromedp.Navigate(s.url+page), chromedp.WaitVisible(css(`main`)),
				chromedp.Evaluate[chromedp.Void](axe))
			found := ask(b, chromedp.Evaluate[[][]string](
				`axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations
				.filter(v => v.impact === "serious" || v.impact === "critical").map(v => [v.id, v.help, v.nodes[0].html]))`, chromedp.EvalAwaitPromise))
			require.Empty(t, found, page)
		}
	})

	t.Run("by keyboard", func(t *testing.T) {
		b := all.in(t)
		b.do(chromedp.Navigate(s.url+"/orders"), chromedp.WaitVisible(css(`main`)), chromedp.KeyEvent("\t"))
		require.Equal(t, "skip", ask(b, chromedp.Evaluate[string](`document.activeElement.className`)),
			"the first stop leads past the menu")
		b.do(chromedp.Focus(css(`#list tbody input`)), chromedp.KeyEvent(" "),
			chromedp.WaitVisible(css(`#list tbody input:checked`)),
			chromedp.Focus(css(`button[value=confirm]`)), chromedp.KeyEvent("\r"), chromedp.WaitVisible(css(`#step`)))
	})

	t.Run("on a phone", func(t *testing.T) {
		b := all.in(t)
		b.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile))
		for _, page := range []string{"/", "/orders", "/keys", "/support", "/slots"} {
			b.do(chromedp.Navigate(s.url+page), chromedp.WaitVisible(css(`main`)))
			require.False(t, ask(b, chromedp.Evaluate[bool](`document.documentElement.scrollWidth > 390`)), page)
		}
	})

	t.Run("numbers from a file", func(t *testing.T) {
		b := all.another(t)
		o := s.ready()
		file := filepath.Join(t.TempDir(), "back.csv")
		require.NoError(t, os.WriteFile(file,
			[]byte((&screen{app: s.app, t: t, client: s.client}).printed(o, "900000000012")), 0o600))
		dry := []step{
			chromedp.Navigate(s.url + "/actions"), chromedp.SetUploadFiles(css(`input[type=file]`), []string{file}),
			chromedp.Click(css(`button[value=ship]`)),
		}
		b.do(append(dry, chromedp.WaitVisible(css(`button[value=real]`)))...)
		b.do(chromedp.Click(css(`button[value=real]`)),
			chromedp.WaitVisible(path(`//strong[@id="step" and contains(., "実行済み")]`)))
		got, _ := s.rakuten.Order(o.ID)
		require.Equal(t, "900000000012", got.Parcels[0].Shipments[0].Number)
		b.do(append(dry, chromedp.WaitVisible(path(`//td[contains(., "対象がありません")]`)))...)
	})

	t.Run("without script all can be read", func(t *testing.T) {
		b := all.another(t)
		b.do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
			_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled,
				emulation.SetScriptExecutionDisabledParams{Value: true})
			return err
		}))
		o := s.ready()
		for page, want := range map[string]string{
			"/": "いま止まっているもの", "/orders": o.ID, orderURL(o.Ref()): "請求額", "/keys": "あと", "/support": "対応表", "/slots": "読み取れない表記", "/actions": "発送報告",
		} {
			b.do(chromedp.Navigate(s.url + page))
			require.Contains(t, ask(b, chromedp.Text(css(`main`))), want, page)
		}
		b.do(chromedp.Navigate(s.url+"/orders"), chromedp.SetValue(css(`select[name=mall]`), "amazon"),
			chromedp.Click(css(`.filter button`)),
			chromedp.WaitReady(path(`//select[@name="mall"]/option[@value="amazon" and @selected]`)))
		require.NotContains(t, ask(b, chromedp.Text(css(`#list`))), o.ID, "filters are links and forms")
	})

	t.Run("printed it is a list and nothing else", func(t *testing.T) {
		b := all.another(t)
		b.do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
			_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
			return err
		}), chromedp.EmulateViewport(720, 1000), chromedp.Navigate(s.url+"/orders"))
		hidden := func(what string) bool {
			return ask(b, chromedp.Evaluate[bool](`[...document.querySelectorAll("`+what+
				`")].every(e => e.offsetParent === null)`))
		}
		for _, what := range []string{"header", "nav", "form.filter", ".actions", "#list input", "#list th:first-child",
			".paging", "#news"} {
			require.True(t, hidden(what), what)
		}
		require.False(t, hidden("#list tbody a"))
		require.Equal(t, "table-row", ask(b, chromedp.Evaluate[string](
			`getComputedStyle(document.querySelector("#list tbody tr")).display`)))
		require.False(t, ask(b, chromedp.Evaluate[bool](`document.documentElement.scrollWidth > 720`)),
			"all columns are on the paper")
	})
}
