package stdlib

import "gregaria/worker/internal/python"

// newSocketGo makes the module _socket_go: the system's numbers for the names of the module socket.
func newSocketGo(*python.Thread) (*python.Module, error) {
	numbers := map[string]value{}
	for name, n := range socketNames() {
		numbers[name] = python.NewInt(int64(n))
	}
	return python.NewModule("_socket_go", numbers), nil
}
