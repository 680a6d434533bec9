package cart

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// PageSize is how many orders a page has.
const PageSize = 20

// maxWindow is how long a window may be.
const maxWindow = 31 * 24 * time.Hour

// perSecond is how many calls are answered in a second.
const perSecond = 50

// Fault is what goes wrong with an operation, until Mend.
type Fault int

// The faults.
const (
	Fails  Fault = iota + 1 // 500
	Drops                   // the connection ends before anything is done
	Loses                   // it is done, and the connection ends before the answer
	Hurry                   // 429
	Closed                  // 503, maintenance
)

// Break lets something go wrong with an operation; "" is all.
func (c *Cart) Break(operation string, f Fault) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.faults[operation] = f
}

// Mend ends all faults.
func (c *Cart) Mend() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.faults)
}

// problem is an answer that is an error.
type problem struct {
	status  int
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Handler serves the API.
func (c *Cart) Handler() http.Handler {
	mux := http.NewServeMux()
	for pattern, op := range map[string]struct {
		name  string
		serve func(*http.Request) (any, *problem)
	}{
		"GET /v1/orders":                   {"list", c.list},
		"GET /v1/orders/{number}":          {"read", c.read},
		"POST /v1/orders/{number}/parcels": {"ship", c.ship},
		"POST /v1/orders/{number}/cancel":  {"cancel", c.cancel},
		"GET /v1/key":                      {"key", c.key},
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			c.answer(w, r, op.name, op.serve)
		})
	}
	return mux
}

func (c *Cart) answer(
	w http.ResponseWriter, r *http.Request, name string, serve func(*http.Request) (any, *problem),
) {
	c.mu.Lock()
	c.calls[name]++
	fault := c.faults[name]
	if fault == 0 {
		fault = c.faults[""]
	}
	var reply any
	wrong := c.refuse(r, fault)
	if fault == Drops {
		c.mu.Unlock()
		panic(http.ErrAbortHandler)
	}
	if wrong == nil {
		reply, wrong = serve(r)
	}
	status := http.StatusOK
	if wrong != nil {
		reply, status = wrong, wrong.status
	}
	body, err := json.Marshal(reply)
	c.mu.Unlock()
	if fault == Loses || err != nil {
		panic(http.ErrAbortHandler)
	}
	w.Header().Set("Content-Type", "application/json")
	if status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "1")
	}
	w.WriteHeader(status)
	_, _ = w.Write(body) // the caller sees that it is cut
}

// refuse is what is wrong with a call before it is looked at.
func (c *Cart) refuse(r *http.Request, fault Fault) *problem {
	now := time.Now()
	if c.second != now.Unix() {
		c.second, c.count = now.Unix(), 0
	}
	c.count++
	switch {
	case fault == Fails:
		return &problem{http.StatusInternalServerError, "internal", "内部エラー"}
	case fault == Closed:
		return &problem{http.StatusServiceUnavailable, "maintenance", "メンテナンス中です"}
	case fault == Hurry || c.count > perSecond:
		return &problem{http.StatusTooManyRequests, "too_fast", "呼び出しが多すぎます"}
	case r.Header.Get("Authorization") != "Bearer "+c.Key:
		return &problem{http.StatusUnauthorized, "wrong_key", "キーが違います"}
	case !now.Before(c.Ends):
		return &problem{http.StatusUnauthorized, "key_over", "キーの期限が切れています"}
	}
	return nil
}

func (c *Cart) list(r *http.Request) (any, *problem) {
	q := r.URL.Query()
	from, err1 := time.Parse(time.RFC3339Nano, q.Get("from"))
	to, err2 := time.Parse(time.RFC3339Nano, q.Get("to"))
	page, err3 := strconv.Atoi(q.Get("page"))
	by := q.Get("by")
	if err1 != nil || err2 != nil || err3 != nil || page < 1 || by != "ordered" &&
		by != "changed" || to.Sub(from) > maxWindow {
		return nil, &problem{http.StatusBadRequest, "bad_window", "期間の指定が正しくありません"}
	}
	all := c.found(by, from, to)
	start, end := min((page-1)*PageSize, len(all)), min(page*PageSize, len(all))
	return map[string]any{"orders": all[start:end], "more": end < len(all)}, nil
}

var unknown = &problem{http.StatusNotFound, "no_order", "注文が見つかりません"}

func (c *Cart) read(r *http.Request) (any, *problem) {
	if o := c.orders[r.PathValue("number")]; o != nil {
		return o, nil
	}
	return nil, unknown
}

func (c *Cart) ship(r *http.Request) (any, *problem) {
	var p Parcel
	if err := json.NewDecoder(r.Body).Decode(&p); err != nil || p.Carrier == "" || p.Sent.IsZero() {
		return nil, &problem{http.StatusBadRequest, "bad_parcel", "carrier と sent が必要です"}
	}
	if o := c.orders[r.PathValue("number")]; o != nil && o.State == "取消" {
		return nil, &problem{http.StatusConflict, "cancelled", "取消済みの注文です"}
	}
	return c.written(r, func(o *Order) { o.Parcels, o.State = append(o.Parcels, p), "出荷済み" })
}

func (c *Cart) cancel(r *http.Request) (any, *problem) {
	var reason struct{ Reason string }
	if err := json.NewDecoder(r.Body).Decode(&reason); err != nil || reason.Reason == "" {
		return nil, &problem{http.StatusBadRequest, "no_reason", "reason が必要です"}
	}
	if o := c.orders[r.PathValue("number")]; o != nil && o.State == "取消" {
		return o, nil
	}
	return c.written(r, func(o *Order) { o.State, o.Note = "取消", reason.Reason })
}

func (c *Cart) written(r *http.Request, edit func(*Order)) (any, *problem) {
	o, err := c.edit(r.PathValue("number"), edit)
	if err != nil {
		return nil, unknown
	}
	return o, nil
}

func (c *Cart) key(*http.Request) (any, *problem) { return map[string]any{"ends": c.Ends}, nil }
