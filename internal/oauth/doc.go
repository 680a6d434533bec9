// Package oauth renews and obtains OAuth tokens for the malls that use them, Yahoo! (YConnect v2) and Amazon (Login with Amazon),
// on the types of golang.org/x/oauth2 but not on its machinery: that one sends a request twice while it detects the auth style,
// keeps the context it was made with, holds a lock over the network, has no pause after a failure, and prints bodies.
//
//	config.go    what a token endpoint is
//	source.go    Source: one refresh for all callers, early, in the background where that will do
//	flight.go    the one refresh under way
//	renewal.go   what a refresh does: ask, save, use
//	stored.go    tokens in a credential.Store, shared by processes
//	consent.go   state and PKCE of a consent, and the browser's way through it
//	request.go   the grants and the request
//	reply.go     the token in a reply
//	errors.go    what a refusal means
//	tokens.go    Tokens, Renew, and an adapter for a user's own oauth2.TokenSource
package oauth
