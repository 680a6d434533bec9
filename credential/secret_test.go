package credential_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
)

func TestSecretDoesNotLeave(t *testing.T) {
	const canary = "SL000000_canaryCANARY"
	type keys struct {
		License credential.Secret
		Pointer *credential.Secret
	}
	s := credential.NewSecret(canary)
	k := keys{s, &s}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%10s"} {
		fmt.Fprintf(&out, verb+verb+"\n", s, k)
	}
	for _, handler := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		slog.New(handler).Info("keys", "one", s, "both", k, "pointer", &k)
	}
	marshalled, err := json.Marshal(map[credential.Secret]keys{s: k})
	require.NoError(t, err)
	out.Write(marshalled)
	fmt.Fprint(&out, fmt.Errorf("with %v", s))
	require.NotContains(t, out.String(), canary)
	require.NotContains(t, out.String(), fmt.Sprintf("%x", canary))
	require.Contains(t, out.String(), "[redacted]")
	require.Equal(t, canary, s.Reveal())
	require.Empty(t, credential.Secret{}.String(), "an empty secret shows that it is empty")
	require.True(t, credential.Secret{}.IsZero())
}

func TestSecretMarshalPlain(t *testing.T) {
	for _, plain := range []string{"", "Atzr|demo<&>\"\\", "鍵", "line\nbreak"} {
		text, err := credential.NewSecret(plain).MarshalPlain()
		require.NoError(t, err)
		var back credential.Secret
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, plain, back.Reveal())
	}
	_, err := credential.NewSecret("broken\xff").MarshalPlain()
	require.Error(t, err)
	require.NotContains(t, err.Error(), "broken")
}

func TestSources(t *testing.T) {
	got, err := credential.Static("key").Current(context.Background())
	require.NoError(t, err)
	require.Equal(t, "key", got)
	failure := errors.New("vault is sealed")
	_, err = credential.SourceFunc[string](func(context.Context) (string, error) { return "", failure }).Current(
		context.Background())
	require.ErrorIs(t, err, failure)
}
