// Package faulttest holds tests that need all four malls at once: every read, every write and the
// Feed through a proxy with more than a hundred kinds of faults, crashes and kills, and the amounts
// of every order that the fakes know. They stand here because order, which they are about, may know
// no mall, not even in its tests, and because a mall never imports another one. It is imported by
// nothing.
package faulttest
