// Command worker is a Locust worker in Go: it serves a stock Locust master.
package main

import (
	"os"

	"gregaria/worker/cli"
	"gregaria/worker/scenarios"
)

func main() { os.Exit(cli.Program{Classes: scenarios.All(), Interpret: true}.Main(os.Args[1:])) }
