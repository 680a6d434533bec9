// Package transport makes one call to a mall: retry( quota -> sign -> send -> limit -> classify ). Every mall's client is built
// on it, so that all of them wait, retry, give up, log and fail in the same way. One file per concern:
//
//	operation.go  a row of a mall's operation table, its retry class and its path
//	config.go     what a client is made of, and the limits
//	client.go     Client, Call, Response, Do
//	exchange.go   the state of one call and its outer loop
//	attempt.go    one try: quota, sign, send, limit, classify
//	request.go    the request that one try sends
//	sent.go       whether a byte may have left the machine
//	retry.go      whether and when to try again
//	quota.go      the token bucket of an operation
//	redirect.go   which redirects are followed, and the private http.Client
//	quiet.go      connections of which net/http prints nothing
//	body.go       reading a reply in bounded memory
//	classify.go   what a reply means when the mall's own rules do not say
//	answer.go     what counts as an answer of the mall, and what as its documented one
//	failure.go    how an order.Error is completed
//	cause.go      network errors in words that hold nothing secret
//	observe.go    events
//	log.go        log lines
package transport
