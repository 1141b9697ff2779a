package check_test

import (
	"fmt"

	"gregaria/worker/internal/check"
	"gregaria/worker/internal/python/stdlib"
)

// A locustfile is checked before anything of it runs.
func ExampleFiles() {
	findings, err := check.Files(check.Config{Modules: stdlib.Modules()}, "locustfile.py", []byte(`
from random import choices
from locust import HttpUser, task

class Shop(HttpUser):
    @task
    def buy(self):
        self.client.get(f"/item/{self.environment.runner.user_count}", timeout=5)
        choices([1, 2], count=[3, 4])
`))
	if err != nil {
		fmt.Println(err)
	}
	for _, f := range findings {
		fmt.Println(f)
	}
	// Output:
	// locustfile.py:8: warning: the URL varies and there is no name=: each URL becomes a row of the statistics
	// locustfile.py:9: warning: random.choices takes no keyword 'count': TypeError
}
