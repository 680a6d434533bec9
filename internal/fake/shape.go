package fake

import (
	"cmp"
	"net/http"
	"strconv"
	"time"
)

// Shape is how faults look at a mall. A nil function gives a plain reply as any gateway might
// send. The functions need not heed the fault's Status, which replaces that of the reply, nor its
// RetryAfter, which is added if the reply has none.
type Shape struct {
	RateLimited func(*Request, Fault) Reply
	ServerError func(*Request, Fault) Reply
	Maintenance func(*Request, Fault) Reply
	ExpiredKey  func(*Request, Fault) Reply
	Malformed   func(*Request, Reply) Reply // breaks the mall's own reply
}

// reply returns the reply of a fault that answers instead of the mall.
func (s Shape) reply(req *Request, f Fault) Reply {
	var r Reply
	switch f.Kind {
	case RateLimited:
		r = shaped(s.RateLimited, req, f, Text(http.StatusTooManyRequests, "Too Many Requests"))
	case ServerError:
		status := cmp.Or(f.Status, http.StatusInternalServerError)
		r = shaped(s.ServerError, req, f, HTML(status, errorPage(status)))
	case Maintenance:
		r = shaped(s.Maintenance, req, f, HTML(http.StatusServiceUnavailable, maintenancePage))
	case ExpiredKey:
		r = shaped(s.ExpiredKey, req, f, Text(http.StatusUnauthorized, "Unauthorized"))
	case HTMLPage:
		page := f.Body
		if page == "" {
			page = errorPage(f.Status)
		}
		r = HTML(f.Status, page)
	case Redirect:
		to := f.Location
		if to == "" {
			to = DefaultLocation + req.URL.RequestURI()
		}
		r = Text(http.StatusFound, "moved").With("Location", to)
	case Custom:
		r = Reply{Status: f.Status, Body: []byte(f.Body)}
	}
	if f.Status != 0 {
		r.Status = f.Status
	}
	if f.RetryAfter > 0 && r.Header.Get("Retry-After") == "" {
		seconds := (f.RetryAfter + time.Second - 1) / time.Second
		r = r.With("Retry-After", strconv.FormatInt(int64(seconds), 10))
	}
	return r
}

func shaped(mall func(*Request, Fault) Reply, req *Request, f Fault, plain Reply) Reply {
	if mall == nil {
		return plain
	}
	return mall(req, f)
}

// broken returns a document that is not well formed.
func (s Shape) broken(req *Request, f Fault, r Reply) Reply {
	switch {
	case f.Body != "":
		r.Body = []byte(f.Body)
	case s.Malformed != nil:
		r = s.Malformed(req, r)
	default:
		r.Body = r.Body[:len(r.Body)/2]
	}
	return r
}

const maintenancePage = `<!DOCTYPE html>
<html lang="ja"><head><title>メンテナンス中</title></head>
<body><h1>ただいまメンテナンス中です</h1><p>ご迷惑をおかけいたしますが、終了までお待ちください。</p></body></html>
`

func errorPage(status int) string {
	if status == 0 {
		status = http.StatusOK
	}
	title := strconv.Itoa(status) + " " + http.StatusText(status)
	return "<!DOCTYPE html>\n<html><head><title>" + title + "</title></head>\n<body><center><h1>" +
		title + "</h1></center></body></html>\n"
}
