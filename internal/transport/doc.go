// Package transport makes one call to a mall: retry( sign -> quota -> send -> limit -> classify ).
// Every mall's client is built on it, so all of them wait, retry, give up, log and fail in the
// same way. One file per concern:
//
//	client.go     the configuration of a client, and its limits
//	operation.go  a row of a mall's operation table, its retry class and its documented answer
//	exchange.go   one call: Send and Do, and the loop
//	attempt.go    one try: the chain above, and whether a byte of it may have been sent
//	retry.go      whether and when to try again
//	quota.go      waiting for the quota, learning it from replies, and the share that reads used
//	bucket.go     the token bucket of an operation, and its queue
//	raw.go        the call of a raw operation
//	redirect.go   which redirects are followed, and the private http.Client
//	quiet.go      connections of which net/http prints nothing
//	foreign.go    replies that are not the mall's, or not its documented answer
//	failure.go    what a refusal means, as an order.Error without secrets
//	cause.go      what a network error means, in words that quote nothing
//	drift.go      deviations from what is expected of the mall
//	observe.go    events and log lines
package transport
