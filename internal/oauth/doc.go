// Package oauth obtains and renews OAuth tokens for the malls that use them: Yahoo! (YConnect v2)
// and Amazon (Login with Amazon). It uses the types of golang.org/x/oauth2 but not its token
// sources, which send a request twice to detect the auth style, keep the context they were created
// with, hold a lock during the request, do not pause after a failure, and print bodies.
//
//	endpoint.go  a token endpoint: the request, the token in its reply, what refusals mean
//	source.go    Source: one refresh for all callers, early, in the background where possible
//	refused.go   a token that the mall refused, and its replacement
//	stored.go    tokens in a credential.Store, shared by processes
//	kept.go      other keys in a credential.Store
//	consent.go   state and PKCE of a consent, and the exchange of its code
//	page.go      the browser's way through a consent
//	errors.go    the errors of a failed refresh
//	observe.go   events and log lines
package oauth
