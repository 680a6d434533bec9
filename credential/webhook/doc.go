// Package webhook is the credential.Notifier that speaks HTTP: it posts each notice as JSON, and tries again when that may help.
package webhook
