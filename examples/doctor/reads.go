package main

import (
	"context"
	"time"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/examples/internal/shops"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/yahoo"
)

// furtherRead is a read beside orders. A shop may do without it: that it does not answer is
// something to look at, no failure.
type furtherRead struct {
	operation string
	what      order.Text
	call      func(context.Context) error
}

func (r furtherRead) finding(err error) Finding {
	f := answered(r.operation, err,
		order.Text{JA: r.what.JA + "を読み取れました", EN: r.what.EN + ": read"})
	if err != nil {
		f.Grade = look
		f.Text = order.Text{JA: r.what.JA + "を読み取れません（使わない場合は問題ありません）",
			EN: r.what.EN + ": cannot be read, which matters only if you use it"}
	}
	return f
}

// furtherReads are those of a shop's mall: stock, payment, counts, keys. o is an order of the shop,
// where one was found.
func furtherReads(shop shops.Shop, o order.Order, found bool) []furtherRead {
	var all []furtherRead
	add := func(operation, ja, en string, call func(context.Context) error) {
		all = append(all, furtherRead{operation, order.Text{JA: ja, EN: en}, call})
	}
	switch c := shop.Source.(type) {
	case *rakuten.Client:
		add("getSubStatusList", "サブステータス", "sub-statuses",
			func(ctx context.Context) error { _, err := c.GetSubStatusList(ctx); return err })
		add("inventories.bulk.get.range", "在庫", "stock", func(ctx context.Context) error {
			none := int64(0)
			_, err := c.GetInventoriesInRange(ctx, &none, &none)
			return err
		})
		add("license.expiryDate.get", "キーの期限", "when the key ends",
			func(ctx context.Context) error {
				_, err := c.Probe(ctx, credential.Record{Mall: order.Rakuten, Shop: c.Shop(),
					Kind: credential.KindLicenseKey})
				return err
			})
		if found {
			add("getPayment", "決済情報", "payment",
				func(ctx context.Context) error { _, err := c.GetPayment(ctx, o.ID); return err })
			add("getOrderItem", "購入商品", "goods of the order", func(ctx context.Context) error {
				_, err := c.GetOrderItem(ctx, []string{o.ID})
				return err
			})
		}
	case *yahoo.Client:
		add("orderCount", "件数", "counts",
			func(ctx context.Context) error { _, err := c.OrderCount(ctx); return err })
		if found {
			add("orderChangeHistory", "操作履歴", "the order's history",
				func(ctx context.Context) error {
					_, err := c.OrderChangeHistory(ctx, o.ID)
					return err
				})
			if item := firstItem(o); item != "" {
				add("getStock", "在庫", "stock", func(ctx context.Context) error {
					_, err := c.GetStock(ctx, []yahoo.ItemCode{{Code: item}})
					return err
				})
			}
		}
	case *amazon.Client:
		add("getReports", "レポート", "reports", func(ctx context.Context) error {
			_, err := c.GetReports(ctx, amazon.GetReportsRequest{
				ReportTypes: []amazon.ReportType{
					"GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL"}})
			return err
		})
	case *aupay.Client:
		today := order.DateOf(time.Now())
		add("searchTradeNoListProc", "受注番号", "order numbers", func(ctx context.Context) error {
			_, err := c.SearchTradeNoList(ctx,
				aupay.SearchRequest{StartDate: today.AddDays(-3), EndDate: today,
					TotalCount: maxOrders})
			return err
		})
		add("searchStocks", "在庫", "stock", func(ctx context.Context) error {
			_, err := c.SearchStocks(ctx, aupay.SearchStocksRequest{TotalCount: 1})
			return err
		})
	}
	return all
}

func firstItem(o order.Order) string {
	for _, p := range o.Parcels {
		for _, l := range p.Lines {
			if l.ItemID != "" {
				return l.ItemID
			}
		}
	}
	return ""
}
