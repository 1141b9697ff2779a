package cli_test

import (
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"gregaria/internal/build"
	"gregaria/loadtest/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"loadtest": func() { os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// TestScripts runs the command as a user does, with input that it has to refuse before anything is started.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{Dir: "testdata/script", RequireExplicitExec: true})
}

func TestRequirementsPinTheLocustOfThisBuild(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../requirements.txt")
	if err != nil {
		t.Fatal(err)
	}
	if want := "\nlocust==" + build.Locust + "\n"; !strings.Contains("\n"+string(data), want) {
		t.Errorf("requirements.txt = %q, want %q in it", data, want)
	}
}
