// Package aupaytest is a fake au PAY マーケット for tests and first steps: an HTTP server in memory or on loopback that holds the orders of
// one invented shop, checks the key, searches, and answers errors in the mall's own shape. It is written from what is publicly known
// of the mall, not from this SDK's client. It imports no testing framework.
//
// All data is invented. Never expose it to a network.
package aupaytest
