package label_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/label"
)

// FuzzRead reads any bytes as a return file: no panic, every row accounted for once, and a number
// only ever under a key of ours.
func FuzzRead(f *testing.F) {
	store, keys := labels(f, label.B2(), 3, nil)
	for _, seed := range []string{
		"お客様管理番号,送り状種類,伝票番号\r\n" + keys[0] + ",0," + yamato1 + "\r\n",
		"\ufeffお客様側管理番号\tお問い合わせ番号\n" + keys[1] + "\t=\"193715301010\"\n",
		"追跡番号,お届け先郵便番号,お届け先氏名,内容品\n" + post1 + ",000-1234,見本 太郎,茶\n",
		keys[2] + ",0,0,\"" + yamato2 + "\",2026/08/07,x\n", "\"", "=\"", "PK", "\xef\xbb\xbf",
		sjis(f, "出荷日,取込番号,送り状番号,元着区分\r\n20260807,"+keys[0]+",1234567890,1\r\n"),
	} {
		f.Add([]byte(seed))
	}
	r, err := label.NewReader(label.ReaderConfig{Keys: store})
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, file []byte) {
		back, err := r.Read(t.Context(), strings.NewReader(string(file)))
		if err != nil {
			return
		}
		lines := map[int]bool{}
		for _, a := range back.Arrivals {
			require.Contains(t, keys, a.Key)
			require.Len(t, a.Shipment.Numbers, 1)
			number, err := order.ReadTracking(a.Shipment.Numbers[0].Number)
			require.NoError(t, err)
			require.Equal(t, number, a.Shipment.Numbers[0].Number)
			for _, n := range a.Lines {
				require.False(t, lines[n])
				lines[n] = true
			}
		}
		for _, p := range back.Problems {
			require.False(t, lines[p.Line])
			lines[p.Line] = true
		}
	})
}

// FuzzLabel prints any name and address: no panic, and a label only where its columns are the text.
func FuzzLabel(f *testing.F) {
	f.Add("見本 太郎", "東京都千代田区丸の内1-9-1 丸ビル", "煎茶")
	f.Add("𠮷田", "札幌市中央区北1条西2丁目", "=1+1")
	f.Add("か\u3099\u200b", "-", "\r\n")
	f.Fuzz(func(t *testing.T, name, address, contents string) {
		o := sample(func(o *order.Order) {
			to := &o.Parcels[0].Recipient
			to.Name, to.Prefecture, to.City, to.Address = name, "", "", []string{address}
			o.Parcels[0].Lines[0].Name = contents
		})
		for _, l := range []label.Layout{label.B2(), label.ClickPost()} {
			batch := write(t, config(l), o)
			require.Equal(t, 1, len(batch.Labels)+len(batch.Refusals))
			if len(batch.Labels) == 0 {
				continue
			}
			rows := read(t, batch)
			for i, c := range l.Columns {
				cell := rows[1][i]
				require.False(t, cell != "" && strings.ContainsAny(cell[:1], "=+-@"), fmt.Sprintf("%q", cell))
				require.NotContains(t, cell, "\x1a")
				if c.Field == label.RecipientName && !strings.Contains(name, "?") {
					require.NotContains(t, cell, "?")
				}
			}
		}
	})
}
