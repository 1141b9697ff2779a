package results

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
)

// Make replaces a file by what is written by a function, or leaves it as it was.
func Make(path string, write func(w io.Writer) error) error {
	var data bytes.Buffer
	if err := write(&data); err != nil {
		return err
	}
	return Replace(path, data.Bytes())
}

// Replace writes a file so that it is there with all of its content or as it was before: into another one beside it, which then gets its name.
func Replace(path string, data []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err == nil {
		err = file.Chmod(0o644) // as the other files of a run, which others may read
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
	return err
}
