package label_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/label"
	"github.com/jpmall/jpmall/timeslot"
)

// A label goes out and its tracking number comes back.
func Example() {
	ctx := context.Background()
	ready := order.Order{
		Mall: order.Rakuten, Shop: "example-shop", ID: "123456-20261120-0000000001", Status: order.ReadyToShip,
		Parcels: []order.Parcel{{
			ID: "1", Lines: []order.Line{{Name: "煎茶 50包", Quantity: 1}},
			Delivery: order.Delivery{Slot: timeslot.Morning},
			Recipient: order.Party{Name: "見本 太郎", Postal: "000-1234", Prefecture: "東京都", City: "千代田区",
				Address: []string{"見本町1-2-3", "架空ハイツ101"}, Phone: "000-0123-4567"},
		}},
	}
	onHold := ready
	onHold.ID, onHold.Status = "123456-20261120-0000000002", order.OnHold

	keys := label.NewMemory() // label.OpenFile keeps them
	writer, err := label.NewWriter(label.Config{
		Layout: label.B2(), Keys: keys, Account: label.Account{Code: "000000000000", Fare: "01"},
		Sender: order.Party{Name: "見本商店", Postal: "000-0001", Prefecture: "京都府", City: "京都市中京区",
			Address: []string{"例示町1"}, Phone: "000-0000-0001"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	batch, err := writer.Labels(ctx, []order.Order{ready, onHold})
	if err != nil {
		fmt.Println(err)
		return
	}
	var file bytes.Buffer // for B2クラウド, in Shift_JIS
	if _, err := batch.WriteTo(&file); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(batch.Labels), "label, refused:", batch.Refusals[0].Reasons[0].Text.In(order.English))

	// What B2 answers when the labels are printed.
	answer := "お客様管理番号,送り状種類,伝票番号\r\n" + batch.Labels[0].Key + ",0,4907-1495-5706\r\n"
	reader, err := label.NewReader(label.ReaderConfig{Keys: keys})
	if err != nil {
		fmt.Println(err)
		return
	}
	back, err := reader.Read(ctx, strings.NewReader(answer))
	if err != nil {
		fmt.Println(err)
		return
	}
	tasks, _ := back.Tasks([]order.Order{ready}) // for order.Actor.Ship; then reader.Keep
	fmt.Println(tasks[0].Order.ID, tasks[0].Do.Carrier.Name(), tasks[0].Do.Numbers[0].Number)
	// Output:
	// 1 label, refused: the order is on hold
	// 123456-20261120-0000000001 ヤマト運輸 490714955706
}
