// Package drifttest tests what the four clients tell of replies that are not what is expected of
// the malls.
package drifttest
