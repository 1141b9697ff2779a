package recorder

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"gregaria/internal/resource"
)

func TestNewRowsComeAfterTheLastOne(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "metrics.csv")
	const before = "Timestamp,CPU_Percent,Time\n1700000000.57,1,2023-11-14T22:13:20.57Z\n"
	do(t, os.WriteFile(path, []byte(before), 0o600))
	f, err := Open(path, true, nil)
	do(t, err)
	after, err := f.Begin([]string{resource.CPUPercent})
	if want := time.UnixMilli(1700000000571); !after.Equal(want) || err != nil {
		t.Errorf("Begin = %s, %v, want %s", after, err, want)
	}
	do(t, f.Write(time.Unix(1700000001, 0), []resource.Cell{resource.Of(2)}))
	do(t, f.Close())
	if data, err := os.ReadFile(path); string(data) != before+"1700000001,2,2023-11-14T22:13:21Z\n" || err != nil {
		t.Errorf("the file = %q, %v", data, err)
	}
}
