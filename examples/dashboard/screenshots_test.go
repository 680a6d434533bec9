package main

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

var screenshots = flag.String("screenshots", "", "write pictures of the main pages into this `folder`")

// pictures makes the pictures of the READMEs.
func (s *screen) pictures(t *testing.T, b tab) {
	for _, id := range []string{s.addPink("おひさま便"), s.addPink("おひさま便")} {
		s.seen(order.AuPay, id, anything)
	}
	for _, p := range []struct{ name, page string }{
		// which stays
		{"home-en", "/?lang=en"}, {"orders-en", "/orders?lang=en"}, {"home", "/?lang=ja"}, {"orders", "/orders?lang=ja"},
	} {
		b.do(chromedp.EmulateViewport(1100, 800), chromedp.Navigate(s.url+p.page), chromedp.WaitVisible(css(`main`)))
		picture, err := png.Decode(bytes.NewReader(ask(b, chromedp.CaptureScreenshot())))
		require.NoError(t, err)
		require.Equal(t, image.Pt(1100, 800), picture.Bounds().Size())
		if *screenshots == "" {
			continue
		}
		file, err := os.Create(filepath.Join(*screenshots, p.name+".png"))
		require.NoError(t, err)
		require.NoError(t, small(file, picture))
		require.NoError(t, file.Close())
	}
}

// small writes a picture with its 256 most frequent colours, in a third of the bytes.
func small(w io.Writer, full image.Image) error {
	count := map[color.Color]int{}
	for y := range full.Bounds().Dy() {
		for x := range full.Bounds().Dx() {
			count[full.At(x, y)]++
		}
	}
	colours := slices.SortedFunc(maps.Keys(count), func(a, b color.Color) int { return count[b] - count[a] })
	few := image.NewPaletted(full.Bounds(), colours[:min(len(colours), 256)])
	draw.Draw(few, few.Bounds(), full, image.Point{}, draw.Src)
	return (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(w, few)
}
