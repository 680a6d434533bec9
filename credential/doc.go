// Package credential knows what the keys of a mall's shop are, when they end, who has to be told and how they are renewed.
package credential
