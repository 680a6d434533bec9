// Package credential knows what the keys of a mall's shop are, when they end, who has to be told and how they are renewed.
//
// A Rule says, as data, how long a kind of credential lives and what a person must do; Rules lists those of the four malls, a
// Rulebook adds others. A Record says what is known of one credential of one shop. Assess puts the two together: valid,
// expiring, expired or unknown, and why. All dates are Japan's (JST).
//
// A Monitor goes through the records of all shops, asks the malls that can be asked (Prober), and tells a Notifier once per
// warning step, in Japanese and English: what ends, when, what to do, and where. Packages webhook and mail below this one are
// notifiers for chat systems (Slack, Chatwork, Teams) and for mail. It remembers in a Store what it has told. The
// Store, in memory or in a file, keeps tokens and records too, and changes by compare-and-swap, so that several processes can
// share one.
//
// Clients take their keys from a Source, so that keys can change while they run. A Secret does not print, log or marshal.
package credential
