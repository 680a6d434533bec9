// Package credential keeps track of the keys of mall shops: when they expire, who must be notified,
// and how they are renewed.
//
//	Rule       how long a kind of credential lives, and who renews it; see Rules and Rulebook
//	Record     what is known of one credential of one shop; Assess returns its state
//	Monitor    checks all records and notifies a Notifier of what is about to expire
//	Prober     queries a mall for the state of a credential
//	Store      keeps tokens, records and what was notified: Memory, File, or your own database
//	Source     supplies a client with its current keys; Static for fixed ones
//	Secret     a key that is never printed, logged or marshalled
//	Setting    a named value for a mall's ParseConfig; ReadShops reads a file of them
//
// Rules are plain data: Rules lists those of the four malls, a Rulebook adds others. Assess
// combines a Rule and a Record into a state (valid, expiring, expired or unknown) and the reason.
// All dates are in JST.
//
// A Monitor goes through the records of all shops, queries the malls where that is possible
// (Prober), and sends one notice per warning step, in Japanese and English: what expires, when,
// what to do, and where. Packages webhook and mail below this one are notifiers for chat systems
// (Slack, Chatwork, Teams) and for mail. A Monitor remembers in a Store what it has sent. A Store
// also keeps tokens and records; it changes by compare-and-swap, so that several processes can
// share one.
//
// Clients take their keys from a Source, so that keys can change while they run.
package credential
