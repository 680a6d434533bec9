package doctest

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

var goBlock = regexp.MustCompile("(?s)\n```go\n(.*?)\n```")

// TestReadmesCompile pastes each Go block of both READMEs into a module of somebody's own, as it
// stands, and vets it.
func TestReadmesCompile(t *testing.T) {
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	dir := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	for _, readme := range []string{"README.md", "README.ja.md"} {
		text, err := os.ReadFile(filepath.Join(root, readme))
		require.NoError(t, err)
		blocks := goBlock.FindAllSubmatch(text, -1)
		require.NotEmpty(t, blocks, readme)
		for i, block := range blocks {
			write(filepath.Join("mine", readme+strconv.Itoa(i), "main.go"), string(block[1])+"\n")
		}
	}
	write("mine/go.mod", "module example.com/mine\n\ngo 1.26.0\n")
	// the page's second way, which downloads nothing
	write("go.work", "go 1.26.0\n\nuse ./mine\nuse "+strconv.Quote(root)+"\n")
	vet := exec.Command("go", "vet", "./...")
	vet.Dir = filepath.Join(dir, "mine")
	vet.Env = append(os.Environ(), "GOWORK="+filepath.Join(dir, "go.work"), "GOFLAGS=")
	out, err := vet.CombinedOutput()
	require.NoError(t, err, string(out))
}

// TestExamplesHelp builds the examples of this module and asks each for help: it is told, and that
// is no failure.
func TestExamplesHelp(t *testing.T) {
	dir := t.TempDir()
	out, err := exec.Command("go", "build", "-o", dir, "../../examples/...").CombinedOutput()
	require.NoError(t, err, string(out))
	programs, err := os.ReadDir(dir)
	require.NoError(t, err)
	asked := 0
	for _, p := range programs {
		if p.Name() == "readme" {
			continue // ours, without flags
		}
		asked++
		out, err := exec.Command(filepath.Join(dir, p.Name()), "-h").CombinedOutput()
		require.NoError(t, err, p.Name())
		require.Contains(t, string(out), "Usage of", p.Name())
	}
	require.GreaterOrEqual(t, asked, 6)
}
