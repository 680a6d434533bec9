// Package fake holds what the four public fake malls share: connections in memory, injected
// faults, recording, quotas, and invented data.
//
// A fake mall fills a Handler. Each request passes through it in this order:
//
//	record -> fault -> auth -> quota -> mall
//
// so a fault can strike before the mall has seen anything, a refused key uses no quota, and every
// request is in the Log. Handler is an http.Handler; Transport serves it over net.Pipe with real
// HTTP/1.1 bytes (for simulated time: testing/synctest does not support sockets), Listen on
// loopback.
//
// All types are safe for concurrent use unless documented otherwise. Time is time.Now, so a
// synctest bubble controls it.
package fake
