package rakuten

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// expiryOperation is the one call of ライセンス管理API. Its name is that of its function in 利用機能編集.
const expiryOperation = "license.expiryDate.get"

// licenseOperations are those of LicenseManagementAPI.
var licenseOperations = []transport.Operation{{
	Name: expiryOperation, Title: "ライセンス有効期限取得", Method: http.MethodGet,
	Path: "/es/1.0/license-management/license-key/expiry-date", Retry: transport.Read, Quota: pace,
	Doc: indexPage + "licensemanagementapi/",
}}

// GetLicenseExpiryDateResponse says when a license key ends.
type GetLicenseExpiryDateResponse struct {
	ExpiryDate string `json:"expiryDate"` // as it came: 2026-11-28T23:59:59, without a zone
	Reply      Reply  `json:"-"`
}

// Time is the last second of the key's life, in JST: a time without a zone is Japan's, a date alone means the whole day. ok is
// false when the text is empty, cannot be read, or lies so far off that it cannot be meant.
func (r GetLicenseExpiryDateResponse) Time() (end time.Time, ok bool) {
	text := strings.TrimSpace(r.ExpiryDate)
	end, err := wire.ParseTime(text)
	if err != nil {
		year, month, day, err := wire.ParseDate(text)
		if err != nil {
			return time.Time{}, false
		}
		end = time.Date(year, month, day, 23, 59, 59, 0, order.JST)
	}
	end = end.In(order.JST)
	return end, end.Year() >= 2000 && end.Year() < 2100
}

// GetLicenseExpiryDate asks when a license key ends (ライセンス管理API): the key that the client uses, or any other of the shop. The
// function license.expiryDate.get has to be ticked in RMS (利用機能編集). One call of the quota, harmless to repeat. A key that is
// over is refused with order.ErrUnauthorized like a wrong one. The key is part of the URL, so keep URLs out of a relay's logs.
//
// https://webservice.rms.rakuten.co.jp/merchant-portal/view/ja/common/1-1_service_index/licensemanagementapi/
func (c *Client) GetLicenseExpiryDate(ctx context.Context, licenseKey credential.Secret) (GetLicenseExpiryDateResponse, error) {
	var out GetLicenseExpiryDateResponse
	call := transport.Call{Operation: c.operation(expiryOperation)}
	key, err := check.Key("license key", licenseKey.Reveal())
	if err != nil {
		return out, c.refuse(call, err)
	}
	call.Query = url.Values{"licenseKey": {key}}
	out.Reply, err = c.send(ctx, call, nil, &out)
	if err != nil {
		return out, err
	}
	if _, ok := out.Time(); !ok {
		return out, &order.Error{Class: order.ErrUndecodable, Mall: order.Rakuten, Shop: c.shop, Operation: expiryOperation,
			HTTPStatus: out.Reply.Status, RequestID: out.Reply.RequestID, Attempts: out.Reply.Attempts,
			Err: errors.New("the reply holds no date that can be read")}
	}
	return out, nil
}
