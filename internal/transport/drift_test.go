package transport_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

type found struct {
	Orders []struct {
		Number string `json:"orderNumber" wire:"required"`
	} `json:"orders"`
}

// watching makes a client tell of drift, and of assumptions that weigh finds decided.
func watching(to *events, weigh func(transport.Evidence, transport.Verdict)) func(*transport.Config) {
	return func(cfg *transport.Config) {
		cfg.Observer, cfg.Drift, cfg.Format, cfg.Weigh = to, true, transport.JSON, weigh
		cfg.Operations[0].Answer.Members = []string{"orders[]"}
	}
}

// read makes a call and decodes its answer.
func read(t *testing.T, c *transport.Client, asked func(string) bool) error {
	t.Helper()
	call := transport.Call{Operation: search, Asked: asked}
	call.Operation.Answer.Members = []string{"orders[]"}
	_, err := c.Send(t.Context(), call, nil, new(found))
	return err
}

func lines(all []order.Event) []string {
	var out []string
	for _, e := range all {
		out = append(out, strings.TrimSpace(fmt.Sprint(e.Operation, " ", e.Drift, " ", e.Path, e.Assumption)))
	}
	return out
}

// A document without a member that every answer has is refused as before, and the member is told.
func TestMissingMemberIsDrift(t *testing.T) {
	var heard events
	bubble(t, serve(answer(200, `{"rows":[]}`)), watching(&heard, nil), func(t *testing.T, c *transport.Client) {
		require.ErrorIs(t, read(t, c, nil), order.ErrUndecodable)
		require.Equal(t, []string{"searchOrder missing orders[]"}, lines(heard.of(order.EventDrift)))
	})
}

// What something before the mall answers says nothing of the mall.
func TestForeignAnswerIsNoDrift(t *testing.T) {
	var heard events
	bubble(t, serve(answer(200, `<html>gateway</html>`)), watching(&heard, nil),
		func(t *testing.T, c *transport.Client) {
			require.ErrorIs(t, read(t, c, nil), order.ErrTemporary)
			require.Empty(t, heard.of(order.EventDrift))
		})
}

// A name that was not asked for is not missing.
func TestOnlyWhatWasAskedForIsMissing(t *testing.T) {
	missing, unknown := "searchOrder missing orders[].orderNumber", "searchOrder unknown orders[].mood"
	for name, want := range map[string][]string{
		"orderNumber": {missing, unknown}, "orderDate": {unknown}, "": {missing, unknown},
	} {
		var heard events
		asked := func(member string) bool { return member == name }
		if name == "" {
			asked = nil // all were
		}
		reply := `{"orders":[{},{"orderNumber":"M-1","mood":"good"}]}`
		bubble(t, serve(answer(200, reply)), watching(&heard, nil),
			func(t *testing.T, c *transport.Client) {
				require.NoError(t, read(t, c, asked))
				require.ElementsMatch(t, want, lines(heard.of(order.EventDrift)))
			})
	}
}

// However many names a server invents, what is remembered of them is bounded, and that there were
// more is said.
func TestDriftThatIsToldIsBounded(t *testing.T) {
	var heard events
	from := 0
	network := serve(func(w http.ResponseWriter, _ *http.Request) { // 20 names that nobody knows
		_, _ = w.Write([]byte(`{"orders":[{"orderNumber":"M-1"`))
		for i := range 20 {
			fmt.Fprintf(w, `,"x%d":1`, from+i)
		}
		_, _ = w.Write([]byte(`}]}`))
	})
	bubble(t, network, watching(&heard, nil), func(t *testing.T, c *transport.Client) {
		told := func() []string { return lines(heard.of(order.EventDrift)) }
		for ; from < 1000; from += 20 {
			require.NoError(t, read(t, c, nil))
		}
		require.Len(t, told(), 1000)
		from = 500
		require.NoError(t, read(t, c, nil))
		require.Len(t, told(), 1000, "nothing new")
		for from = 1000; from < 1100; from += 20 {
			require.NoError(t, read(t, c, nil))
		}
		require.Equal(t, "searchOrder more", told()[1000])
		require.Len(t, told(), 1001)
		time.Sleep(time.Hour)
		require.NoError(t, read(t, c, nil))
		require.Len(t, told(), 1021, "an hour later there is room again")
		require.Equal(t, "searchOrder unknown orders[].x1119", told()[1020])
	})
}

// Weigh sees each reply, and the document that was made of it; what it finds is told once an hour
// each way.
func TestAssumptionsAreTold(t *testing.T) {
	var heard events
	weigh := func(e transport.Evidence, tell transport.Verdict) {
		switch answer, ok := e.Answer.(*found); {
		case ok:
			tell("rows-at-once", len(answer.Orders) > 0)
		case e.Fail != nil:
			tell("refused", e.Fail.Class == order.ErrForbidden && e.Sent != nil && e.Reply.Status == 403)
		}
	}
	replies := &script{steps: []http.HandlerFunc{answer(200, `{"orders":[{"orderNumber":"M-1"}]}`),
		answer(200, `{"orders":[]}`), answer(403, `{}`)}}
	bubble(t, serve(replies.ServeHTTP), watching(&heard, weigh), func(t *testing.T, c *transport.Client) {
		require.NoError(t, read(t, c, nil))
		require.NoError(t, read(t, c, nil))
		require.ErrorIs(t, read(t, c, nil), order.ErrForbidden)
		require.ErrorIs(t, read(t, c, nil), order.ErrForbidden)
		require.Equal(t, []string{"searchOrder confirmed rows-at-once", "searchOrder contradicted rows-at-once",
			"searchOrder confirmed refused"},
			lines(heard.of(order.EventDrift)))
		time.Sleep(time.Hour)
		require.ErrorIs(t, read(t, c, nil), order.ErrForbidden)
		require.Len(t, heard.of(order.EventDrift), 4, "the hour is over")
	})
}

// Without Config.Drift nobody looks; with it somebody must be there to be told.
func TestDriftIsOffByDefault(t *testing.T) {
	var heard events
	bubble(t, serve(answer(200, `{"orders":[{"x":1}]}`)), func(cfg *transport.Config) {
		watching(&heard, func(transport.Evidence, transport.Verdict) { t.Error("asked") })(cfg)
		cfg.Drift = false
	}, func(t *testing.T, c *transport.Client) {
		require.NoError(t, read(t, c, nil))
		require.Empty(t, heard.of(order.EventDrift))
	})
}

func TestDriftIsLogged(t *testing.T) {
	var log bytes.Buffer
	bubble(t, serve(answer(200, `{"orders":[{"orderNumber":"M-1","mood":"yamada@shop.example"}]}`)),
		func(cfg *transport.Config) {
			watching(nil, func(e transport.Evidence, tell transport.Verdict) { tell("moods", false) })(cfg)
			cfg.Observer, cfg.Logger = nil, slog.New(slog.NewTextHandler(&log, nil))
		}, func(t *testing.T, c *transport.Client) {
			require.NoError(t, read(t, c, nil))
			require.Contains(t, log.String(),
				`level=WARN msg=drift mall=rakuten shop=example-shop operation=searchOrder kind=unknown path=orders[].mood`)
			require.Contains(t, log.String(), "operation=searchOrder kind=contradicted assumption=moods\n")
			require.Contains(t, log.String(), "path=orders[].mood\n")
			require.NotContains(t, log.String(), "yamada")
		})
}
