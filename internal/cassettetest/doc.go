// Package cassettetest holds the tests of recordings that need all four malls.
package cassettetest
