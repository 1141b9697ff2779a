package resource_test

import (
	"fmt"
	"strings"

	"gregaria/internal/resource"
)

func ExampleRead() {
	file := strings.NewReader("Timestamp,CPU_Percent,GPU0_Load_Percent\n1700000000,12.5,\n1700000001,80,97\n")
	rows, err := resource.Read(file)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range rows {
		cpu, _ := row.Value(resource.CPUPercent)
		gpu, known := row.Value(resource.GPULoadPercent(0))
		fmt.Println(row.Second(), cpu, gpu, known)
	}
	// Output:
	// 1700000000 12.5 0 false
	// 1700000001 80 97 true
}
