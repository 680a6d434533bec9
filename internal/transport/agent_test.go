package transport_test

import (
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
)

func TestTheUserAgentCarriesTheVersion(t *testing.T) {
	const path = "github.com/jpmall/jpmall"
	for want, infos := range map[string][]*debug.BuildInfo{
		"jpmall/v1.2.3": {
			{Deps: []*debug.Module{{Path: "example.com/other", Version: "v9.0.0"}, {Path: path, Version: "v1.2.3"}}},
			{Main: debug.Module{Path: path, Version: "v1.2.3"}},
			{Deps: []*debug.Module{{Path: path, Version: "v1.0.0", Replace: &debug.Module{Path: "example.com/fork", Version: "v1.2.3"}}}},
		},
		"jpmall": {
			nil, {}, {Main: debug.Module{Path: path, Version: "(devel)"}},
			{Main: debug.Module{Path: "example.com/shop", Version: "v3.0.0"}},
			{Deps: []*debug.Module{{Path: path, Version: "v0.0.0", Replace: &debug.Module{Path: "../jpmall"}}}},
		},
	} {
		for _, info := range infos {
			require.Equal(t, want, transport.AgentOf(info))
		}
	}
}
