package aupay

import (
	"context"
	"net/url"
)

// SearchSellPerformanceStatus (searchSellPerformanceStatus, 販売実績取得API) reads the shop's sales
// figures. No source shows the content of the reply: see [Reply.Body]; [Reply.Result] is its head.
// Safe to repeat.
func (c *Client) SearchSellPerformanceStatus(ctx context.Context) (Reply, error) {
	return c.envelope(ctx, opPerformance)
}

// SearchImgCapacity (searchImgCapacity, 画像容量) reads the shop's image storage. No source shows the
// content of the reply: see [Reply.Body]; [Reply.Result] is its head. Safe to repeat.
func (c *Client) SearchImgCapacity(ctx context.Context) (Reply, error) {
	return c.envelope(ctx, opImages)
}

// envelope makes a GET whose only parameter is the shop's number.
func (c *Client) envelope(ctx context.Context, name string) (Reply, error) {
	var head struct {
		Result Result `xml:"result"`
	}
	return c.get(ctx, name, func(shop string) (url.Values,
		error) {
		return url.Values{"shopId": {shop}}, nil
	}, &head, &head.Result, nil)
}
