package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

//go:embed testdata/axe.min.js
var axe string // axe-core 4.14.1; its licence stands beside it

var screenshots = flag.String("screenshots", "", "write pictures of the main pages into this `folder`")

// browser opens a tab of a real one, Chromium as the distribution packages it.
func browser(t *testing.T) context.Context {
	t.Helper()
	opts := append(chromedp.DefaultExecAllocatorOptions[:], // headless and with an empty profile of its own
		chromedp.ExecPath("/usr/bin/chromium"), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.WindowSize(1280, 900),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("lang", "ja"))
	ctx, stop := chromedp.NewExecAllocator(t.Context(), opts...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, time.Minute)
	t.Cleanup(stop)
	return ctx
}

func run1(t *testing.T, ctx context.Context, actions ...chromedp.Action) {
	t.Helper()
	require.NoError(t, chromedp.Run(ctx, actions...))
}

// hostile are names that would do harm where a page is careless.
func hostile() []string {
	return []string{
		`<script>document.title='harmed'</script>`, `"><img src=x onerror=document.title='harmed'>`, `' onmouseover='document.title=1`,
		"\u202e逆さ\u2066名前", strings.Repeat("長", 200), `{{.Token}}`, `javascript:document.title='harmed'`,
	}
}

func TestBrowser(t *testing.T) {
	s := start(t)
	ctx := browser(t)

	t.Run("an order arrives and appears", func(t *testing.T) {
		run1(t, ctx, chromedp.Navigate(s.url+"/orders"), chromedp.WaitVisible(`#list`))
		id := s.rakuten.AddOrder(rakutentest.Order{Progress: 300})
		run1(t, ctx, chromedp.WaitVisible(`input[value="rakuten/`+s.rakuten.Shop()+`/`+id+`"]`),
			chromedp.WaitVisible(`//p[@id="news" and contains(., "新しい受注")]`))
	})

	t.Run("ticks outlive what arrives", func(t *testing.T) {
		box := `#list tbody tr:nth-child(3) input`
		var value string
		run1(t, ctx, chromedp.Click(box), chromedp.Value(box, &value))
		id := s.rakuten.AddOrder(rakutentest.Order{Progress: 300})
		var ticked bool
		run1(t, ctx, chromedp.WaitVisible(`input[value="rakuten/`+s.rakuten.Shop()+`/`+id+`"]`),
			chromedp.Evaluate(`document.querySelector('input[value="`+value+`"]').checked`, &ticked))
		require.True(t, ticked)
	})

	t.Run("a pink cell is taught and turns", func(t *testing.T) {
		id := s.addPink("おひさま便")
		ref := "aupay/" + s.aupay.Shop() + "/" + id
		row := `//tr[.//input[@value="` + ref + `"]]`
		s.seen(order.AuPay, id, anything)
		run1(t, ctx, chromedp.Navigate(s.url+"/orders?mall=aupay"),
			chromedp.WaitVisible(row+`//div[@class="pink"]`), chromedp.Click(row+`//div[@class="pink"]/a`),
			chromedp.WaitVisible(`.rule.focus`), chromedp.SetValue(`.rule.focus select[name=slot]`, "14:00-16:00"),
			chromedp.Click(`.rule.focus button`), chromedp.WaitVisible(`#turned`),
			chromedp.Navigate(s.url+"/orders?mall=aupay"), chromedp.WaitVisible(row))
		var cell string
		run1(t, ctx, chromedp.Text(row+`/td[@class="slots"]`, &cell))
		require.Contains(t, cell, "14:00～16:00")
	})

	t.Run("a dry run ships nothing, a real run ships", func(t *testing.T) {
		o := s.ready()
		shipped := func() int {
			got, _ := s.rakuten.Order(o.ID)
			return len(got.Parcels[0].Shipments)
		}
		run1(t, ctx, chromedp.Navigate(s.url+"/orders?q="+o.ID), chromedp.Click(`input[name=ref]`), chromedp.Click(`button[value=ship]`),
			chromedp.WaitVisible(`input[name=number]`), chromedp.SendKeys(`input[name=number]`, "000000000000"),
			chromedp.Click(`button[value=ship]`), chromedp.WaitVisible(`button[value=real]`))
		require.Zero(t, shipped())
		run1(t, ctx, chromedp.Click(`button[value=real]`), chromedp.WaitVisible(`//strong[@id="step" and contains(., "実行済み")]`))
		require.Equal(t, 1, shipped())
	})

	t.Run("a key near its end is on top", func(t *testing.T) {
		var first, state string
		run1(t, ctx, chromedp.Navigate(s.url+"/keys"), chromedp.Text(`#all-keys > li:first-child h2`, &first),
			chromedp.AttributeValue(`#all-keys > li:first-child`, "class", &state, nil))
		require.Contains(t, first, "楽天市場", "its key ends in six days")
		require.Equal(t, "state-expiring", state)
	})

	t.Run("hostile names do no harm", func(t *testing.T) {
		for _, name := range hostile() {
			o, _ := s.aupay.Order(s.aupay.Numbers()[0])
			o.ID, o.Placed = "", time.Now()
			o.Elements["ordererName"], o.Elements["senderName"], o.Elements["userComment"], o.Elements["deliveryRequestTime"] = name, name, name, name
			got := s.seen(order.AuPay, s.aupay.AddOrder(o), anything)
			var title, shown string
			var wide bool
			for _, path := range []string{"/orders?q=" + got.ID, orderURL(got.Ref()), "/slots"} {
				run1(t, ctx, chromedp.Navigate(s.url+path), chromedp.Title(&title), chromedp.Text(`main`, &shown),
					chromedp.Evaluate(`document.documentElement.scrollWidth > innerWidth`, &wide))
				require.NotContains(t, title, "harmed")
				require.NotContains(t, title, "1", path)
				require.False(t, wide, "%s is no wider than its window", path)
			}
			run1(t, ctx, chromedp.Navigate(s.url+"/orders?q="+got.ID), chromedp.TextContent(`#list .name`, &shown))
			require.Equal(t, got.Buyer.Name, shown, "shown as it is")
		}
	})

	t.Run("axe finds nothing serious", func(t *testing.T) {
		o := s.ready()
		for _, path := range []string{"/", "/orders", orderURL(o.Ref()), "/slots", "/keys", "/support", "/actions", "/actions/1", "/orders?lang=en"} {
			var found string
			run1(t, ctx, chromedp.Navigate(s.url+path), chromedp.WaitVisible(`main`), chromedp.Evaluate(axe, nil),
				chromedp.Evaluate(`axe.run(document, {resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations
					.filter(v => v.impact === "serious" || v.impact === "critical").map(v => [v.id, v.help, v.nodes[0].html])))`, &found, awaited))
			var violations [][]string
			require.NoError(t, json.Unmarshal([]byte(found), &violations))
			require.Empty(t, violations, path)
		}
	})

	t.Run("by keyboard", func(t *testing.T) {
		var focused string
		run1(t, ctx, chromedp.Navigate(s.url+"/orders?lang=ja"), chromedp.KeyEvent("\t"), chromedp.Evaluate(`document.activeElement.className`, &focused))
		require.Equal(t, "skip", focused, "the first stop leads past the menu")
		run1(t, ctx, chromedp.Focus(`#list tbody input`), chromedp.KeyEvent(" "), chromedp.WaitVisible(`#list tbody input:checked`),
			chromedp.Focus(`button[value=confirm]`), chromedp.KeyEvent("\r"), chromedp.WaitVisible(`#step`))
	})

	t.Run("on a phone, without script", func(t *testing.T) {
		var wide bool
		run1(t, ctx, chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile))
		for _, path := range []string{"/", "/orders", "/keys", "/support", "/slots"} {
			run1(t, ctx, chromedp.Navigate(s.url+path), chromedp.WaitVisible(`main`),
				chromedp.Evaluate(`document.documentElement.scrollWidth > 390`, &wide))
			require.False(t, wide, path)
		}
		run1(t, ctx, chromedp.EmulateViewport(1280, 900))
	})

	if *screenshots != "" {
		t.Run("screenshots", func(t *testing.T) { picture(t, ctx) })
	}
}

// picture shows a quiet shop, not the one that the tests have harmed.
func picture(t *testing.T, ctx context.Context) {
	s := start(t)
	for range 2 {
		s.seen(order.AuPay, s.addPink("おひさま便"), anything)
	}
	for name, path := range map[string]string{"home": "/?lang=ja", "orders": "/orders?lang=ja", "home-en": "/?lang=en", "orders-en": "/orders?lang=en", "keys": "/keys?lang=ja"} {
		var png []byte
		run1(t, ctx, chromedp.EmulateViewport(1100, 800), chromedp.Navigate(s.url+path), chromedp.WaitVisible(`main`), chromedp.CaptureScreenshot(&png))
		require.NoError(t, os.WriteFile(filepath.Join(*screenshots, name+".png"), png, 0o644))
	}
	run1(t, ctx, chromedp.Navigate("about:blank"))
}

func awaited(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }
