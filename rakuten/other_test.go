package rakuten_test

import (
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

func TestGetPayment(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: 5}, nil)
	out, err := client.GetPayment(t.Context(), mall.Numbers()[0])
	require.NoError(t, err)
	p := out.OrderModel.PaymentModelList[0]
	require.Equal(t, mall.Numbers()[0]+"-1", p.OrderPaymentNumber)
	require.Equal(t, "決済手続き完了", p.PaymentStatus.Name())
	require.True(t, p.PaymentAmount.Money().Known())
	require.Equal(t, "XXXX-XXXX-XXXX-0000", p.PaymentCardModel.CardNumber)
	_, err = client.GetPayment(t.Context(), "unknown")
	require.Equal(t, "unknown", order.Concerns(err))
	_, err = client.GetPayment(t.Context(), "")
	require.ErrorIs(t, err, order.ErrInvalid)
}

func TestGetOrderItem(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: 120}, nil)
	out, err := client.GetOrderItem(t.Context(), mall.Numbers())
	require.NoError(t, err)
	require.Len(t, out.OrderModelList, 120)
	require.Equal(t, 2, mall.Count("getOrderItem"))
	o := rakuten.Convert(&out.OrderModelList[0], rakuten.ConvertOptions{})
	require.True(t, o.Flags.Has(order.NoPersonalData))
	require.NotEmpty(t, o.Buyer.Prefecture)
	require.Equal(t, order.AddsUp, o.Reconcile().Verdict)
}

func TestLicenseExpiry(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Issued: time.Now().AddDate(0, 0, -10)}, nil)
	out, err := client.GetLicenseExpiry(t.Context(), credential.Secret{})
	require.NoError(t, err)
	end, ok := out.End()
	require.True(t, ok)
	require.Equal(t, mall.KeyEnds(mall.LicenseKey()).Add(time.Second), end)

	record := credential.Record{Mall: order.Rakuten, Shop: "mihon-shop", Kind: credential.KindLicenseKey}
	require.True(t, client.Covers(record))
	seen, err := client.Probe(t.Context(), record)
	require.NoError(t, err)
	require.Equal(t, credential.Valid, seen.State)
	require.Equal(t, end.Add(-time.Second), seen.End, "people are told 23:59:59")

	for _, other := range []credential.Record{
		{Mall: order.Rakuten, Shop: "mihon-shop", Kind: credential.KindServiceSecret},
		{Mall: order.Rakuten, Shop: "other", Kind: credential.KindLicenseKey}, {Mall: order.AuPay, Shop: "mihon-shop", Kind: credential.KindLicenseKey},
	} {
		_, err := client.Probe(t.Context(), other)
		require.ErrorIs(t, err, credential.ErrCannotAsk)
	}

	mall.Function("license.expiryDate.get", false)
	_, err = client.Probe(t.Context(), record)
	require.ErrorIs(t, err, order.ErrForbidden, "the function is missing: nothing is known of the key")
	require.ErrorContains(t, err, "license.expiryDate.get")
	mall.RevokeKey(mall.LicenseKey())
	seen, err = client.Probe(t.Context(), record)
	require.NoError(t, err)
	require.Equal(t, credential.Expired, seen.State)

	_, err = client.GetLicenseExpiry(t.Context(), credential.NewSecret("S L"))
	require.ErrorIs(t, err, order.ErrInvalid)
}

// TestLicenseExpiryForms reads the forms that the date may have; one that cannot be read is not
// "valid".
func TestLicenseExpiryForms(t *testing.T) {
	for text, want := range map[string]time.Time{
		"2026-11-28T23:59:59":       time.Date(2026, 11, 29, 0, 0, 0, 0, order.JST),
		"2026-11-28":                time.Date(2026, 11, 29, 0, 0, 0, 0, order.JST),
		"2026-11-28T14:59:59Z":      time.Date(2026, 11, 29, 0, 0, 0, 0, order.JST),
		"2026-11-28T23:59:59+09:00": time.Date(2026, 11, 29, 0, 0, 0, 0, order.JST),
	} {
		end, ok := rakuten.LicenseExpiry{ExpiryDate: text}.End()
		require.True(t, ok, text)
		require.True(t, want.Equal(end), text)
	}
	for _, text := range []string{"", "soon", "9999"} {
		_, ok := rakuten.LicenseExpiry{ExpiryDate: text}.End()
		require.False(t, ok, text)
	}
	_, client := start(t, rakutentest.Options{},
		func(c *rakuten.Config) { c.HTTPClient = &http.Client{Transport: replies(200, `{"expiryDate":"soon"}`)} })
	seen, err := client.Probe(t.Context(),
		credential.Record{Mall: order.Rakuten, Shop: "mihon-shop", Kind: credential.KindLicenseKey})
	require.ErrorIs(t, err, order.ErrUndecodable)
	require.Equal(t, credential.Unknown, seen.State)
}

// TestProbeFreshKey does not take a key that is only not accepted yet for one that is over.
func TestProbeFreshKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall, client := start(t, rakutentest.Options{}, func(c *rakuten.Config) {
			c.Keys = credential.Static(rakuten.Keys{ServiceSecret: credential.NewSecret("SP1"),
				LicenseKey: credential.NewSecret("SL1"), Issued: time.Now()})
		})
		record := credential.Record{Mall: order.Rakuten, Shop: "mihon-shop", Kind: credential.KindLicenseKey}
		_, err := client.Probe(t.Context(), record)
		require.ErrorIs(t, err, order.ErrTemporary)
		time.Sleep(time.Hour)
		seen, err := client.Probe(t.Context(), record)
		require.NoError(t, err)
		require.Equal(t, credential.Expired, seen.State)
		require.Equal(t, 2, mall.Count(""))
	})
}

func TestInventory(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
	tea := rakuten.Variant{ManageNumber: "Mihon-Tea", VariantID: "S-1"}
	_, _, err := client.GetInventory(t.Context(), tea)
	require.ErrorIs(t, err, order.ErrNotFound)
	_, err = client.UpsertInventory(t.Context(), rakuten.StockChange{Variant: tea, Mode: rakuten.Relative, Quantity: 1})
	require.ErrorIs(t, err, order.ErrInvalid, "a first registration is absolute")
	require.ErrorContains(t, err, "IE0002")
	require.ErrorContains(t, err, "look at mode")
	id := int64(1)
	_, err = client.UpsertInventory(t.Context(), rakuten.StockChange{Variant: tea, Mode: rakuten.Absolute, Quantity: 10,
		OperationLeadTime: &rakuten.OperationLeadTime{NormalDeliveryTimeID: &id}})
	require.NoError(t, err)
	require.JSONEq(t, `{"mode":"ABSOLUTE","quantity":10,"operationLeadTime":{"normalDeliveryTimeId":1}}`,
		string(mall.Calls("inventories.variants.upsert")[1].Body))
	row, _, err := client.GetInventory(t.Context(), tea)
	require.NoError(t, err)
	require.Equal(t, "mihon-tea", row.ManageNumber)
	require.EqualValues(t, 10, *row.Quantity)
	require.EqualValues(t, 1, *row.OperationLeadTime.NormalDeliveryTimeID)

	var changes []rakuten.StockChange
	var variants []rakuten.Variant
	for i := range 1001 {
		v := rakuten.Variant{ManageNumber: "bulk", VariantID: itoa(i)}
		variants = append(variants, v)
		changes = append(changes, rakuten.StockChange{Variant: v, Mode: rakuten.Absolute, Quantity: int64(i)})
	}
	applied, err := client.UpsertInventories(t.Context(), changes)
	require.NoError(t, err)
	require.Equal(t, 1001, applied)
	require.Equal(t, 3, mall.Count("inventories.bulk.upsert"))
	out, err := client.GetInventories(t.Context(),
		append(variants, rakuten.Variant{ManageNumber: "no", VariantID: "no"}))
	require.NoError(t, err)
	require.Len(t, out.Inventories, 1001)
	require.Equal(t, 2, mall.Count("inventories.bulk.get"))
	most := int64(2)
	out, err = client.GetInventoriesInRange(t.Context(), nil, &most)
	require.NoError(t, err)
	require.Len(t, out.Inventories, 3)

	// What was applied before a failure is told.
	changes[900].Quantity = 5
	changes[900].Mode = rakuten.Relative
	changes[900].Quantity = 99_999
	applied, err = client.UpsertInventories(t.Context(), changes)
	require.ErrorIs(t, err, order.ErrInvalid)
	require.Equal(t, 800, applied)
	left, ok := mall.Stock("bulk", "900")
	require.True(t, ok)
	require.EqualValues(t, 900, left, "as it was")
	require.ErrorContains(t, err, "inventories[100].quantity")
}

func TestInventoryIsChecked(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
	good := rakuten.Variant{ManageNumber: "m", VariantID: "v"}
	for want, in := range map[string]rakuten.StockChange{
		"manageNumber: is required":  {Variant: rakuten.Variant{VariantID: "v"}, Mode: rakuten.Absolute},
		"variantId: has a character": {Variant: rakuten.Variant{ManageNumber: "m", VariantID: "a/b"}, Mode: rakuten.Absolute},
		"mode: is neither":           {Variant: good},
		"quantity: 100000, want 0":   {Variant: good, Mode: rakuten.Absolute, Quantity: 100_000},
		"quantity: -1, want 0":       {Variant: good, Mode: rakuten.Absolute, Quantity: -1},
	} {
		_, err := client.UpsertInventory(t.Context(), in)
		require.ErrorIs(t, err, order.ErrInvalid)
		require.ErrorContains(t, err, want)
		_, err = client.UpsertInventories(t.Context(), []rakuten.StockChange{in})
		require.ErrorContains(t, err, "inventories[0]."+want)
	}
	_, err := client.GetInventoriesInRange(t.Context(), nil, nil)
	require.ErrorIs(t, err, order.ErrInvalid)
	_, err = client.GetInventories(t.Context(), nil)
	require.ErrorIs(t, err, order.ErrInvalid)
	require.Zero(t, mall.Count(""))
}

// TestInventoryRetry repeats a stock that is set, never one that is moved.
func TestInventoryRetry(t *testing.T) {
	for mode, calls := range map[rakuten.UpsertMode]int{rakuten.Absolute: 4, rakuten.Relative: 1} {
		synced(t, string(mode), func(t *testing.T) {
			mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
			require.NoError(t, mall.Inject(rakutentest.Fault{Kind: rakutentest.ReplyLost, Times: -1}))
			_, err := client.UpsertInventory(t.Context(),
				rakuten.StockChange{Variant: rakuten.Variant{ManageNumber: "m", VariantID: "v"}, Mode: mode,
					Quantity: 1})
			require.ErrorIs(t, err, order.ErrTemporary)
			require.Equal(t, calls, mall.Count(""))
		})
	}
}

func TestParseNotification(t *testing.T) {
	n, err := rakuten.ParseNotification([]byte(`<?xml version="1.0" encoding="UTF-8"?>
<orderNotifyModel>
  <authModel><contractId>c-1</contractId><shopUrl>mihon</shopUrl><authKey>k-1</authKey></authModel>
  <orderInfoNotifyModel>
    <orderNumber>123456-20260601-0000012345</orderNumber><seqId>1</seqId><orderDate>2026/06/01 21:14:05</orderDate><orderType>1</orderType>
    <basketModel><itemId>10000001</itemId><units>2</units><itemNumber>juice-6</itemNumber><selectedChoice>名入れ:しません</selectedChoice></basketModel>
    <basketModel><itemId>10000002</itemId><units>1</units></basketModel>
  </orderInfoNotifyModel>
  <orderInfoNotifyModel><orderNumber>123456-20260601-0000012346</orderNumber></orderInfoNotifyModel>
</orderNotifyModel>`))
	require.NoError(t, err)
	require.Equal(t, rakuten.NotificationAuth{ContractID: "c-1", ShopURL: "mihon", AuthKey: "k-1"}, n.Auth)
	require.Len(t, n.Orders, 2)
	at, ok := n.Orders[0].Placed()
	require.True(t, ok)
	require.Equal(t, time.Date(2026, 6, 1, 21, 14, 5, 0, order.JST), at)
	require.Equal(t, rakuten.NormalOrder, n.Orders[0].OrderType)
	require.EqualValues(t, 2, n.Orders[0].BasketModel[0].Units)

	n, err = rakuten.ParseNotification([]byte(`<notifyModel><authModel><authKey>k-1</authKey></authModel>
  <notifyInfoModel><requestId>r-1</requestId><serviceId>5000</serviceId><functionId>1100</functionId>
    <value1 name="orderNumber">123456-20260601-0000012345</value1><value2 name="notificationType">1</value2><value10 name="entryDate">2026/06/01</value10></notifyInfoModel>
  <notifyInfoModel><serviceId>7777</serviceId></notifyInfoModel></notifyModel>`))
	require.NoError(t, err)
	require.Equal(t, rakuten.ReviewResult, n.Events[0].Kind())
	number, ok := n.Events[0].Value("orderNumber")
	require.True(t, ok)
	require.Equal(t, "123456-20260601-0000012345", number)
	require.Len(t, n.Events[0].Values, 3)
	require.Empty(t, n.Events[1].Kind())
	for service, kind := range map[string]rakuten.EventKind{"3000": rakuten.ItemsEdited, "3100": rakuten.ImagesEdited,
		"4000": rakuten.OrderChanged,
		"4100": rakuten.RestockWanted, "4200": rakuten.RestockWanted, "5100": rakuten.CautionedOrder} {
		require.Equal(t, kind, rakuten.EventNotification{ServiceID: service}.Kind())
	}

	for _, bad := range []string{"", "<other/>", "{}", "<orderNotifyModel>", `<!DOCTYPE x><orderNotifyModel/>`} {
		_, err := rakuten.ParseNotification([]byte(bad))
		require.ErrorIs(t, err, order.ErrUndecodable, bad)
	}
	require.Contains(t, string(rakuten.NotificationReply(rakuten.NotificationAccepted)),
		"<resultCode>N-000-000</resultCode>")
}

func FuzzParseNotification(f *testing.F) {
	f.Add(
		[]byte(
			`<orderNotifyModel><orderInfoNotifyModel><orderNumber>1</orderNumber></orderInfoNotifyModel></orderNotifyModel>`))
	f.Add([]byte(`<notifyModel><notifyInfoModel><value1 name="a">b</value1></notifyInfoModel></notifyModel>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := rakuten.ParseNotification(data)
		if err != nil {
			var e *order.Error
			require.True(t, errors.As(err, &e) && e.Class == order.ErrUndecodable)
			return
		}
		require.False(t, len(n.Orders) > 0 && len(n.Events) > 0)
	})
}
