package collector

import (
	"slices"

	"gregaria/internal/resource"
)

// A choice is the part of a group's columns that this machine has. The collector fills all cells of the group; fill hands on those
// that are chosen.
type choice struct {
	all     []string
	columns []string
	cells   []resource.Cell // of all
	places  []int           // of columns in all
}

// choose leaves columns out of all.
func choose(all []string, without ...string) choice {
	c := choice{all: all, cells: make([]resource.Cell, len(all))}
	for i, name := range all {
		if !slices.Contains(without, name) {
			c.columns, c.places = append(c.columns, name), append(c.places, i)
		}
	}
	return c
}

// Columns names the chosen columns.
func (c *choice) Columns() []string { return c.columns }

// fill empties the cells, has them filled anew, and copies those that are chosen to row.
func (c *choice) fill(row []resource.Cell, fill func([]resource.Cell) error) error {
	clear(c.cells)
	err := fill(c.cells)
	for i, place := range c.places {
		row[i] = c.cells[place]
	}
	return err
}
