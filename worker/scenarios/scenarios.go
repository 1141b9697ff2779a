// Package scenarios holds the Go user classes that bin/worker has built in. A new one is a file and a line in All.
package scenarios

import "gregaria/worker/user"

// All lists the user classes of the worker.
func All() []user.Class {
	return []user.Class{
		StoryUser(),
	}
}
