// Command loadtest loads an HTTP API through a stock Locust master and records the machine's resources beside it.
package main

import (
	"os"

	"gregaria/loadtest/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr))
}
