package fake

import "github.com/jpmall/jpmall/order/ordertest"

// Fault and Record are public, so that the fakes need no types of their own.
type (
	Fault  = ordertest.Fault
	Record = ordertest.Call
)

// The kinds of faults.
const (
	RateLimited = ordertest.RateLimited
	ServerError = ordertest.ServerError
	HTMLPage    = ordertest.HTMLPage
	Maintenance = ordertest.Maintenance
	ExpiredKey  = ordertest.ExpiredKey
	Malformed   = ordertest.Malformed
	EmptyBody   = ordertest.EmptyBody
	Redirect    = ordertest.Redirect
	Custom      = ordertest.Custom

	Dropped     = ordertest.Dropped
	ReplyLost   = ordertest.ReplyLost
	Truncated   = ordertest.Truncated
	Delayed     = ordertest.Delayed
	SlowBody    = ordertest.SlowBody
	EndlessBody = ordertest.EndlessBody
)

// Kinds returns all kinds.
func Kinds() []string { return ordertest.Kinds() }

// DefaultLocation is where Redirect points without a Location: a host that cannot exist.
const DefaultLocation = "https://elsewhere.invalid"
