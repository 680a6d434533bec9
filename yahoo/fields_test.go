package yahoo_test

import (
	"context"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/yahoo"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// tags lists the element names below a struct, by path.
func tags(t reflect.Type, path string, into map[string]bool) {
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("xml"), ",")
		if name == "" || name == "-" {
			continue
		}
		ft := t.Field(i).Type
		for ft.Kind() == reflect.Pointer || ft.Kind() == reflect.Slice {
			ft = ft.Elem()
		}
		full := strings.TrimPrefix(path+"."+name, ".")
		into[full] = true
		if ft.Kind() == reflect.Struct && ft.PkgPath() == t.PkgPath() {
			tags(ft, full, into)
		}
	}
}

func tagsOf(v any) map[string]bool {
	all := make(map[string]bool)
	tags(reflect.TypeOf(v), "", all)
	return all
}

// testdata/fields.txt holds every field name of the mall's tables (2026-10), and those of older
// samples.
func TestEveryDocumentedFieldIsThere(t *testing.T) {
	data, err := os.ReadFile("testdata/fields.txt")
	require.NoError(t, err)
	info, row, condition := tagsOf(yahoo.OrderInfo{}), tagsOf(yahoo.OrderRow{}), tagsOf(yahoo.Condition{})
	leaves := make(map[string]bool)
	for path := range info {
		leaves[path[strings.LastIndex(path, ".")+1:]] = true
	}
	askInfo, askList := make(map[yahoo.Field]bool), make(map[yahoo.Field]bool)
	for _, f := range yahoo.InfoFields() {
		askInfo[f] = true
	}
	for _, f := range yahoo.ListFields() {
		askList[f] = true
	}
	counts := make(map[string]int)
	for line := range strings.Lines(string(data)) {
		kind, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		counts[kind]++
		leaf := yahoo.Field(name[strings.LastIndex(name, ".")+1:])
		switch kind {
		case "info":
			require.Contains(t, info, name)
			if strings.Count(name, ".") < 2 {
				require.True(t, askInfo[leaf], "%s can be asked for", leaf)
			}
		case "old":
			require.Contains(t, leaves, name)
			require.False(t, askInfo[leaf], "%s must not be asked for", leaf)
		case "list":
			require.Contains(t, row, name)
			if name != "Index" && !strings.HasPrefix(name, "CombinedPay") {
				require.True(t, askList[leaf], leaf)
			}
		case "condition":
			require.Contains(t, condition, name)
		default:
			t.Fatal(line)
		}
	}
	require.Equal(t, counts["condition"], len(condition), "no condition that the mall does not know")
	require.Equal(t, counts["list"]+len(tagsOf(yahoo.Item{}))+1, len(row), "no list field that the mall does not know")
	require.Len(t, askList, counts["list"]-4)
	require.Len(t, askInfo, len(yahoo.InfoFields()), "each once")
}

func TestUnknownFieldNamesAreRefusedBeforeSending(t *testing.T) {
	mall := newMall(t)
	c := newClient(t, mall)
	for _, fields := range [][]yahoo.Field{{"OrderId", "Ship.ShipStatus"}, {"orderid"}, {"Weight"}, {},
		{"OrderId,ShipStatus"}} {
		_, err := c.OrderInfo(t.Context(), yahoo.OrderInfoRequest{OrderID: "mihon-store-1", Fields: fields})
		require.ErrorIs(t, err, errInvalid)
		_, err = c.OrderList(t.Context(), yahoo.OrderListRequest{Condition: yahoo.Condition{OrderID: "mihon-store-1"},
			Fields: fields})
		require.ErrorIs(t, err, errInvalid)
	}
	require.Zero(t, mall.Count(""))
}

func TestEnumerations(t *testing.T) {
	require.Equal(t, "処理中", yahoo.OrderProcessing.Name())
	require.True(t, yahoo.OrderProcessing.Known())
	require.Equal(t, "77", yahoo.OrderStatus("77").Name(), "a value that the mall adds keeps its text")
	require.False(t, yahoo.OrderStatus("77").Known())
	require.Equal(t, "ヤマト運輸", yahoo.CompanyYamato.Name())
	require.Equal(t, "ストア独自の支払い方法15", yahoo.PayByStore15.Name())
	require.Len(t, yahoo.AuthorizeStatuses(), 11)
	for _, s := range yahoo.AuthorizeStatuses() {
		require.Equal(t, s == yahoo.Authorized, s.Accepted())
		require.Equal(t, s == yahoo.Authorized, s.Remedy().IsZero(), s)
	}
	require.False(t, yahoo.AuthorizeStatus("").Accepted())
	require.NotEmpty(t, yahoo.AuthorizeStatus("novel").Remedy())
}

func TestDates(t *testing.T) {
	for text, want := range map[yahoo.DateTime]string{
		"2012-04-19T16:10:40": "2012-04-19 16:10:40", "2018-12-07T01:27:04+09:00": "2018-12-07 01:27:04",
		"20121221231350": "2012-12-21 23:13:50", "2026-09-05 23:59:59": "2026-09-05 23:59:59",
	} {
		at, ok := text.Time()
		require.True(t, ok, text)
		require.True(t, jst(want).Equal(at), text)
	}
	for _, text := range []yahoo.DateTime{"", "yesterday", "2026-09-05"} {
		_, ok := text.Time()
		require.False(t, ok, text)
	}
	for text, want := range map[yahoo.Date]string{"2026-09-04": "2026-09-04", "20121222": "2012-12-22"} {
		day, ok := text.Date()
		require.True(t, ok)
		require.Equal(t, want, day.String())
		at, ok := text.Time()
		require.True(t, ok)
		require.True(t, jst(want+" 00:00:00").Equal(at))
	}
	_, ok := yahoo.Date("2026-02-30").Date()
	require.False(t, ok)
}

// A field that the mall takes away does not end all reading: it is left out from then on, and told.
func TestWithdrawnFieldsAreLeftOut(t *testing.T) {
	mall := yahootest.New(yahootest.Options{Orders: 5})
	var told []string
	c := newClient(t, mall, func(cfg *yahoo.Config) {
		cfg.Observer = order.ObserverFunc(func(_ context.Context, e order.Event) {
			if e.Kind == order.EventFallback {
				told = append(told, e.Operation+" "+e.Reason)
			}
		})
	})
	for _, f := range []string{"UsageId", "IsVip", "ShipNotes"} { // the last one is in the list too
		mall.Withdraw(f)
	}
	require.Len(t, collect(t, c, lastMonth), 5)
	require.Equal(t, []string{"orderList field withdrawn by the mall: ShipNotes",
		"orderInfo field withdrawn by the mall: UsageId",
		"orderInfo field withdrawn by the mall: IsVip", "orderInfo field withdrawn by the mall: ShipNotes"}, told)
	require.Equal(t, 2, mall.Count("orderList"))
	require.Equal(t, 5+3, mall.Count("orderInfo"), "learned once")

	_, err := c.OrderInfo(t.Context(), yahoo.OrderInfoRequest{OrderID: mall.Numbers()[0],
		Fields: []yahoo.Field{"OrderId", "IsVip"}})
	require.ErrorContains(t, err, "IsVip", "a field that the caller asked for is not left out")
	mall.Withdraw("OrderId")
	_, err = c.Order(t.Context(), mall.Numbers()[0])
	require.ErrorIs(t, err, order.ErrInvalid)
}

// Without a part of the status in the list, orders are chosen by their details: none is missed.
func TestStatusesWithoutAFieldOfTheList(t *testing.T) {
	mall := yahootest.New(yahootest.Options{})
	c := newClient(t, mall)
	q := lastMonth
	q.Statuses = []order.Status{order.ReadyToShip}
	want := idsOf(collect(t, c, q))
	require.NotEmpty(t, want)
	hidden := newClient(t, mall)
	require.NoError(t, mall.Inject(yahootest.Fault{Kind: yahootest.Custom, Operation: "orderList", Status: 400,
		Body: "<Error><Code>od90101</Code><Message>Request Parameter Error : PayStatus</Message></Error>"}))
	require.Equal(t, want, idsOf(collect(t, hidden, q)))
}
