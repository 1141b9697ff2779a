package service

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// Read returns all rows of the file, in its order. A last line without its newline is left out. A file without a row has none, and is
// no error. Where a line is damaged, Read returns the rows before it and an error that names the line.
func Read(r io.Reader) ([]Row, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read what the server says: %w", err)
	}
	return Parse(data)
}

// Parse is Read on bytes.
func Parse(data []byte) ([]Row, error) {
	lines := csv.NewReader(bytes.NewReader(data[:bytes.LastIndexByte(data, '\n')+1]))
	header, err := lines.Read()
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	if err != nil || strings.Join(header, ",") != Header {
		return nil, fmt.Errorf("the first line is not %s: this is not what a server says of itself", Header)
	}
	lines.ReuseRecord = true
	var rows []Row
	for {
		fields, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		row, err := parseRow(fields)
		if err != nil {
			line, _ := lines.FieldPos(0)
			return rows, fmt.Errorf("line %d: %w", line, err)
		}
		rows = append(rows, row)
	}
}

func parseRow(fields []string) (Row, error) {
	row := Row{Target: fields[1], Series: fields[2], Labels: fields[3], Kind: Kind(fields[4])}
	var err error
	if row.Timestamp, err = number(fields[0]); err != nil {
		return Row{}, fmt.Errorf("timestamp: %w", err)
	}
	if row.Value, err = number(fields[5]); err != nil {
		return Row{}, fmt.Errorf("value: %w", err)
	}
	if row.Kind != Gauge && row.Kind != Rate {
		return Row{}, fmt.Errorf("%q is no kind of row", row.Kind)
	}
	return row, nil
}

func number(text string) (float64, error) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return 0, fmt.Errorf("%q is no number", text)
	}
	return n, nil
}
