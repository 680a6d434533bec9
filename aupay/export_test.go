package aupay

// Operations is the operation table, for tests that hold it against the mall's documents.
var Operations = operations
