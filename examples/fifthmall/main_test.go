package main

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRun(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), nil, &out, io.Discard))
	text := out.String()
	require.Equal(t, 45, strings.Count(text, "followed 小舟カート "))
	require.Regexp(t, `JPY \d,\d{3} `, text, "amounts are written as in all examples")
	require.Equal(t, 9, strings.Count(text, "needs attention: おひさま便"))
	require.Contains(t, text, "14:00-16:00 code 1416")
	require.Equal(t, 2, strings.Count(text, " ship done"))
	require.Equal(t, 1, strings.Count(text, " cancel done"))
	require.Contains(t, text, "小舟カート, shop mihon: API key ends in 6 days")
	require.Contains(t, text, "管理画面 > 設定 > APIキー")
}

func TestBadUse(t *testing.T) {
	require.ErrorContains(t, run(t.Context(), []string{"-url", "nowhere"}, io.Discard, io.Discard), "BaseURL is no URL")
	require.Error(t, run(t.Context(), []string{"-nonsense"}, io.Discard, io.Discard))
}
