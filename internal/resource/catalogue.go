package resource

import (
	"regexp"
	"slices"
	"strings"
)

// Catalogue names every column that a file can have, in the order of docs/metrics.md. What differs from machine to machine
// stands in angle brackets: GPU<n>_Power_W, Disk_<name>_Read_MB_Per_Second.
func Catalogue() []string {
	return slices.Concat(
		[]string{Timestamp, Time},
		cpuColumns(),
		coreColumns(),
		memoryColumns(),
		pressureColumns(),
		diskColumns(),
		filesColumns(),
		networkColumns(),
		tcpColumns(),
		socketColumns(),
		ProcessColumns(),
		[]string{ProcessPSSMB},
		containerColumns(),
		gpuColumns(),
		runColumns(),
		monitorColumns(),
	)
}

// A Label is what a column's name says beside its entry in the catalogue: gpu 1 for GPU1_Power_W, disk sda for
// Disk_sda_Read_MB_Per_Second.
type Label struct{ Name, Value string }

// Entry returns what the catalogue has for a column, and what stands in the place of its angle brackets: GPU<n>_Power_W and
// gpu 1 for GPU1_Power_W. It returns false for a column that is not in the catalogue.
func Entry(column string) (entry string, labels []Label, ok bool) {
	catalogue := Catalogue()
	if slices.Contains(catalogue, column) {
		return column, nil, true
	}
	for _, entry := range catalogue {
		if !strings.Contains(entry, "<") {
			continue
		}
		if labels, ok := match(entry, column); ok {
			return entry, labels, true
		}
	}
	return "", nil, false
}

// match compares a column with an entry. <n> is a number and called by the word before it, any other word is a name.
func match(entry, column string) ([]Label, bool) {
	brackets := regexp.MustCompile("([A-Za-z]*)<([a-z]+)>")
	var names []string
	text := brackets.ReplaceAllStringFunc(entry, func(found string) string {
		parts := brackets.FindStringSubmatch(found)
		if parts[2] == "n" {
			names = append(names, strings.ToLower(parts[1]))
			return parts[1] + "([0-9]+)"
		}
		names = append(names, parts[2])
		return parts[1] + "(.+)"
	})
	values := regexp.MustCompile("^" + text + "$").FindStringSubmatch(column)
	if values == nil {
		return nil, false
	}
	var labels []Label
	for i, name := range names {
		labels = append(labels, Label{name, values[i+1]})
	}
	return labels, true
}

func monitorColumns() []string {
	return []string{MonitorCPUPercent, MonitorRSSMB, MonitorLatenessMS, MonitorSkippedTicks, MonitorRowMS, MonitorTook("<group>")}
}
