// Package fake is what the four public fake malls share: connections in memory, injected faults, recording, quotas, and plainly
// invented data.
//
// A fake mall fills a Handler. Each request goes through it in this order:
//
//	record -> fault -> auth -> quota -> mall
//
// so a fault can strike before the mall has seen anything, a refused key costs no quota, and everything that arrived is in the
// Log, whatever became of it. Handler is an http.Handler; Transport serves it over net.Pipe with real HTTP/1.1 bytes (for
// simulated time: testing/synctest does not see sockets), Listen on loopback.
//
// Fault, Record and Rate are made of the standard library's types alone, so that a public fake can declare its own type with the
// same fields and convert (fake.Fault(f)): no type of this package needs to show in an exported signature.
//
// All types are safe for concurrent use unless they say otherwise. Time is time.Now, so a synctest bubble moves it.
package fake
