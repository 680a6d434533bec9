package aupay

import (
	"context"
	"net/url"
)

// SearchSellPerformanceStatus (searchSellPerformanceStatus, 販売実績取得API) reads the shop's sales figures. No source shows what the reply holds:
// its bytes are in Reply.Body, the head of it in Reply.Result. It is a read: repeating it is harmless.
func (c *Client) SearchSellPerformanceStatus(ctx context.Context) (Reply, error) {
	return c.envelope(ctx, opPerformance)
}

// SearchImgCapacity (searchImgCapacity, 画像容量) reads how much room the shop has for images. No source shows what the reply holds: its bytes are
// in Reply.Body, the head of it in Reply.Result. It is a read: repeating it is harmless.
func (c *Client) SearchImgCapacity(ctx context.Context) (Reply, error) {
	return c.envelope(ctx, opImages)
}

// envelope makes a GET that takes nothing but the shop's number.
func (c *Client) envelope(ctx context.Context, name string) (Reply, error) {
	var reply Reply
	var head struct {
		Result Result `xml:"result"`
	}
	err := c.get(ctx, name, func(shop string) (url.Values, error) { return url.Values{"shopId": {shop}}, nil }, &head, &head.Result, &reply, nil)
	return reply, err
}
