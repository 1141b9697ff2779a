// Command monitor writes what the machine and the process under test do to a CSV file whose rows fall on whole seconds.
package main

import (
	"os"

	"gregaria/monitor/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr))
}
