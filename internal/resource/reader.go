package resource

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
)

// Read returns all rows of a metrics CSV, in the order of the file. A last line without its newline is one that is still
// being written, or that a full disk cut: it is left out. A file without a row, even an empty one, has no rows and
// is no error. Where a line is damaged, Read returns the rows before it and an error that names the line.
func Read(r io.Reader) ([]Row, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read metrics: %w", err)
	}
	return Parse(data)
}

// Parse is Read on bytes.
func Parse(data []byte) ([]Row, error) {
	lines := csv.NewReader(bytes.NewReader(complete(data)))
	lines.FieldsPerRecord = -1 // parseRow counts them and says it better
	columns, err := lines.Read()
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("metrics header: %w", err)
	}
	if err := checkColumns(columns); err != nil {
		return nil, fmt.Errorf("metrics header: %w", err)
	}
	var rows []Row
	for {
		fields, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return rows, fmt.Errorf("metrics: %w", err)
		}
		row, err := parseRow(columns, fields)
		if err != nil {
			line, _ := lines.FieldPos(0)
			return rows, fmt.Errorf("metrics line %d: %w", line, err)
		}
		rows = append(rows, row)
	}
}

// complete cuts off a last line that has no newline yet.
func complete(data []byte) []byte {
	return data[:bytes.LastIndexByte(data, '\n')+1]
}
