package aupay_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

func lastMonth() order.Query { return order.Query{From: time.Now().AddDate(0, -1, 0)} }

func read(t *testing.T, c *aupay.Client, q order.Query) map[string]order.Order {
	t.Helper()
	got := map[string]order.Order{}
	for o, err := range c.Orders(t.Context(), q) {
		require.NoError(t, err)
		require.NotContains(t, got, o.ID, "an order came twice")
		got[o.ID] = o
	}
	return got
}

func TestOrdersReadsTheWholeShopOnce(t *testing.T) {
	for name, opt := range map[string]aupaytest.Options{"count is the page": {}, "count is the total": {Total: true},
		"many pages": {Orders: 2100}} {
		t.Run(name, func(t *testing.T) {
			mall, client := open(t, opt)
			got := read(t, client, lastMonth())
			require.Len(t, got, len(mall.Numbers()))
			for _, o := range got {
				require.Equal(t, order.AuPay, o.Mall)
				require.Equal(t, mall.Shop(), o.Shop)
				require.NotEmpty(t, o.Revision)
				require.Len(t, o.Parcels, 1)
				require.NotEmpty(t, o.Lines())
				require.False(t, o.Placed.IsZero())
				require.NotEqual(t, order.Differs, o.Reconcile().Verdict, o.ID)
			}
		})
	}
}

func TestSeedHasOrdersOfEveryKind(t *testing.T) {
	_, client := open(t, aupaytest.Options{}, func(c *aupay.Config) {
		c.Statuses = map[string]order.Status{"店長確認中": order.OnHold}
	})
	found := map[string]bool{}
	for _, o := range read(t, client, lastMonth()) {
		found[o.Status.String()] = true
		found[string(o.Payment.Method)] = true
		found[string(o.Reconcile().Verdict)] = true
		found["shop's own status"] = found["shop's own status"] || o.MallStatus == "店長確認中" && o.Status == order.OnHold
		found["unread slot"] = found["unread slot"] || o.Unresolved()
		found["slot from text"] = found["slot from text"] || o.Parcels[0].Delivery.From == order.FromText
		found["gift"] = found["gift"] || o.Flags.Has(order.GiftWish)
		found["no preference"] = found["no preference"] || o.Parcels[0].Delivery.Slot == timeslot.NoPreference
	}
	for _, want := range []string{"new", "reserved", "awaiting_payment", "ready_to_ship", "completed", "cancelled",
		"cancel_requested", "on_hold",
		"card", "cash_on_delivery", "bank_transfer", "adds_up", "cannot_be_told", "shop's own status", "unread slot",
		"slot from text", "gift", "no preference"} {
		require.True(t, found[want], want)
	}
}

func TestQueryByStatusWindowAndNumber(t *testing.T) {
	mall, client := open(t, aupaytest.Options{})
	q := lastMonth()
	q.Statuses = []order.Status{order.Cancelled}
	for _, o := range read(t, client, q) {
		require.Equal(t, order.Cancelled, o.Status)
	}
	all := mall.Numbers()
	first, _ := mall.Order(all[0])
	got := read(t, client, order.Query{From: first.Placed, To: first.Placed.Add(time.Minute)})
	require.Contains(t, got, first.ID)
	for _, o := range got {
		require.Equal(t, first.Placed.Unix(), o.Placed.Unix(), "the mall searches by days, the query by instants")
	}

	var names, missing []string
	for o, err := range client.Orders(t.Context(), order.Query{IDs: []string{all[0], "999", all[1]}}) {
		if err != nil {
			require.NotEmpty(t, order.Concerns(err), err)
			missing = append(missing, order.Concerns(err))
			continue
		}
		names = append(names, o.ID)
	}
	require.ElementsMatch(t, []string{all[0], all[1]}, names)
	require.Equal(t, []string{"999"}, missing)

	mall.Inject(aupaytest.Fault{Kind: aupaytest.Custom,
		Body: `<response><result><status>0</status></result></response>`})
	_, err := client.Order(t.Context(), "998")
	require.ErrorIs(t, err, order.ErrNotFound, "success without an order is not found either")

	for _, err := range client.Orders(t.Context(), order.Query{From: time.Now().Add(-time.Hour), By: order.ByUpdated}) {
		require.ErrorIs(t, err, order.ErrInvalid)
	}
}

// TestALooseDocumentLosesNoOrder reads an order in every form that a mall might give a document,
// between two plain ones.
func TestALooseDocumentLosesNoOrder(t *testing.T) {
	const plainOrder = "<orderInfo><orderId>1</orderId><requestPrice>1</requestPrice></orderInfo>"
	for name, tc := range map[string]struct {
		inner   string
		comment string
		price   *int64
		problem string
	}{
		"plain":              {"<userComment>a</userComment><requestPrice>5</requestPrice>", "a", new(int64(5)), ""},
		"control characters": {"<userComment>a\x01b</userComment><requestPrice>5</requestPrice>", "a\x01b", new(int64(5)), ""},
		"wrong entities":     {"<userComment>a & b &nbsp; &#x3042;</userComment>", "a & b &nbsp; あ", nil, ""},
		"namespaces":         {`<x:userComment xmlns:x="u" lang="ja">a</x:userComment><x:requestPrice>5</x:requestPrice>`, "a", new(int64(5)), ""},
		"CDATA":              {"<userComment><![CDATA[<b>a & b]]></userComment><requestPrice><![CDATA[5]]></requestPrice>", "<b>a & b", new(int64(5)), ""},
		"empty elements":     {"<userComment/><requestPrice></requestPrice><shippingDate/><totalSaleUnit/>", "", nil, ""},
		"missing elements":   {"", "", nil, ""},
		"blanks, line ends":  {"<userComment>\r\n a\r\nb </userComment><requestPrice> 5\n</requestPrice>", "a\nb", new(int64(5)), ""},
		"not a number":       {"<requestPrice>5円</requestPrice>", "", nil, "requestPrice"},
		"unknown elements":   {"<newElement><requestPrice>7</requestPrice></newElement><!-- a --><requestPrice>5</requestPrice>", "", new(int64(5)), ""},
		"broken UTF-8":       {"<userComment>a\xff</userComment>", "a\uFFFD", nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			mall, client := open(t, aupaytest.Options{Orders: -1})
			require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.Custom,
				Body: "<response><result><status>0</status></result><resultCount>3</resultCount>" +
					plainOrder + "<orderInfo><orderId>2</orderId>" + tc.inner + "</orderInfo>" +
					strings.Replace(plainOrder, ">1<", ">3<", 1) + "</response>"}))
			got := read(t, client, lastMonth())
			require.Len(t, got, 3)
			w, ok := aupay.Raw(got["2"])
			require.True(t, ok)
			require.Equal(t, tc.comment, w.UserComment)
			require.Equal(t, tc.price, w.RequestPrice)
			require.Equal(t, tc.price != nil, got["2"].Amounts.Billed.Known())
			if tc.problem == "" {
				require.Empty(t, got["2"].Problems)
			} else {
				require.Equal(t, tc.problem, got["2"].Problems[0].Field)
			}
		})
	}
}

func TestReadsAreSentAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall, client := open(t, aupaytest.Options{Orders: 5})
		for _, kind := range []string{aupaytest.ServerError, aupaytest.Truncated, aupaytest.RateLimited} {
			require.NoError(t, mall.Inject(aupaytest.Fault{Kind: kind}))
		}
		require.Len(t, read(t, client, order.Query{From: time.Now().AddDate(0, 0, -20)}), 5)
		require.Equal(t, 4, mall.Count("searchTradeInfoListProc"))
		mall.Close()
	})
}

func TestProblemsAndBytesGoWithTheirOrder(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: -1}, func(c *aupay.Config) { c.KeepBody = true })
	const second = "<orderInfo><orderId>2</orderId><detail><unit>two</unit><taxRate>ten</taxRate></detail><totalPrice>1,000</totalPrice></orderInfo>"
	const body = "<response><result><status>0</status></result><orderInfo><orderId>1</orderId></orderInfo>" + second +
		"</response>"
	require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.Custom, Body: body}))
	got := read(t, client, lastMonth())
	require.Empty(t, got["1"].Problems)
	require.Equal(t, []order.Problem{
		{Field: "detail[0].taxRate", Reason: "not a tax rate", Text: "ten"},
		{Field: "detail[0].unit", Reason: "not readable as int64", Text: "two"},
		{Field: "totalPrice", Reason: "not readable as int64", Text: "1,000"},
	}, got["2"].Problems)
	require.Equal(t, second, string(got["2"].Body()))

	id := mall.AddOrder(aupaytest.Order{Elements: map[string]string{"memo": "<控え>"}})
	o, err := client.Order(t.Context(), id)
	require.NoError(t, err)
	require.Contains(t, string(o.Body()), "<memo>&lt;控え&gt;</memo>")
	_, plain := open(t, aupaytest.Options{Orders: 1})
	for _, o := range read(t, plain, lastMonth()) {
		require.Nil(t, o.Body())
	}
}

func TestOtherSpellingsReachTheSameFields(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: -1})
	const body = "<response><result><status>0</status></result><orderInfo><orderId>1</orderId><senderShopCD>0042</senderShopCD>" +
		"<detail><lotNumber>700000001</lotNumber></detail><cardjadgement>1</cardjadgement><nickName>はなこ</nickName></orderInfo></response>"
	require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.Custom, Body: body}))
	o, err := client.Order(t.Context(), "1")
	require.NoError(t, err)
	w, _ := aupay.Raw(o)
	require.Equal(t, []string{"0042", "1", "はなこ", "700000001"},
		[]string{w.SenderShopCD, w.CardJadgement, w.Nickname, w.Details[0].Lotnumber})
	require.Equal(t, "0042", o.Parcels[0].Pickup.Code)
	require.Equal(t, "700000001", o.Lines()[0].ItemID)
}

func TestKnownIsAskedForWholeOrders(t *testing.T) {
	mall, client := open(t, aupaytest.Options{})
	revisions := map[string]string{}
	for _, o := range read(t, client, lastMonth()) {
		revisions[o.ID] = o.Revision
	}
	q := lastMonth()
	q.Known = func(ref order.Ref) bool { return revisions[ref.ID] == ref.Revision }
	require.Empty(t, read(t, client, q))
	changed := mall.Numbers()[3]
	require.True(t, mall.ChangeOrder(changed, func(o *aupaytest.Order) { o.Elements["memo"] = "出荷済み" }))
	got := read(t, client, q)
	require.Len(t, got, 1, "what changed inside the window shows when it is read again")
	require.Equal(t, "出荷済み", got[changed].Memo)
}

// TestOneOrderHasOneRevision: the list and the single order must not differ in it, or a follower
// would take one for a change.
func TestOneOrderHasOneRevision(t *testing.T) {
	_, client := open(t, aupaytest.Options{})
	for id, listed := range read(t, client, lastMonth()) {
		single, err := client.Order(t.Context(), id)
		require.NoError(t, err)
		require.Equal(t, listed.Revision, single.Revision)
	}
}

// events remembers what an observer is told.
type events []order.Event

func (e *events) Observe(_ context.Context, event order.Event) { *e = append(*e, event) }

func TestObserverHearsAttemptsPagesAndWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var heard events
		mall, client := open(t, aupaytest.Options{Orders: 5},
			func(c *aupay.Config) { c.Observer, c.Limiter = &heard, nil })
		require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.ServerError}))
		require.Len(t, read(t, client, order.Query{From: time.Now().AddDate(0, 0, -20)}), 5)
		var kinds []order.EventKind
		for _, e := range heard {
			require.Equal(t, "searchTradeInfoListProc", e.Operation)
			kinds = append(kinds, e.Kind)
		}
		require.Equal(t, []order.EventKind{order.EventAttempt, order.EventWait, order.EventWait, order.EventAttempt,
			order.EventCall, order.EventPage}, kinds)
		require.Equal(t, order.ErrTemporary, heard[0].Class)
		require.Equal(t, 5, heard[5].Items)
		mall.Close()
	})
}
