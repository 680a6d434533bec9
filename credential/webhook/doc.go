// Package webhook provides a [credential.Notifier] that posts notices as JSON over HTTP, with
// retries.
//
//	Notifier                posts each notice: New
//	Config                  where to, how often, and the form of the body
//	Slack, Chatwork, Teams  forms of the body for chat systems, for Config.Encode
package webhook
