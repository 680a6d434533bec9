// Package labeltest holds stand-ins for label software: each reads a file as strictly as its tool
// would, by what is known of the tool and not by package label, and answers with the tool's return
// file. It knows nothing of this module, so that both sides cannot share a mistake.
package labeltest
