package transport

import (
	"runtime/debug"
	"strings"
	"sync"
)

// agent names this library to the malls, with its version where the program was built with one.
var agent = sync.OnceValue(func() string {
	info, _ := debug.ReadBuildInfo()
	return agentOf(info)
})

const (
	library = "jpmall"
	module  = "github.com/jpmall/jpmall"
)

// agentOf is the agent of a program; a checkout that was built in place, or put in place of a version, has none.
func agentOf(info *debug.BuildInfo) string {
	if info == nil {
		return library
	}
	for _, m := range append([]*debug.Module{&info.Main}, info.Deps...) {
		if m.Path != module {
			continue
		}
		if m.Replace != nil {
			m = m.Replace
		}
		if strings.HasPrefix(m.Version, "v") && m.Version != "v0.0.0" {
			return library + "/" + m.Version
		}
	}
	return library
}
