package report

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	r "gregaria/internal/resource"
	"gregaria/loadtest/internal/analysis"
)

// of is a series of a host's file; the zero series where the file has not got it.
func of(h *analysis.Host, column string) analysis.Series {
	s, known := h.Column(column)
	if !known {
		return analysis.Series{}
	}
	return s
}

// hostCharts are the charts of a machine, the process under test first where there is one.
func (m *maker) hostCharts(h *analysis.Host) []spec {
	return slices.Concat(m.cpuCharts(h), m.memoryCharts(h), limitCharts(h), gpuCharts(h), m.fileCharts(h), diskCharts(h), networkCharts(h))
}

// process is the process under test in a few words. Its name is known where loadtest watches it, which is on the machine of the target.
func (m *maker) process(h *analysis.Host) string {
	if word := m.f.Info.Program(); word != "" && h.Target {
		return shorten(word, 60)
	}
	return "the process under test"
}

func (m *maker) cpuCharts(h *analysis.Host) []spec {
	cores := ""
	if h.Name == "" && m.f.Info.Cores > 0 {
		cores = " of " + plural(m.f.Info.Cores, "core")
	}
	return []spec{
		{title: "CPU", unit: "%" + cores, top: 100, always: true, lines: []line{
			{name: "all cores", class: "c1", area: true, series: of(h, r.CPUPercent)},
			{name: "busiest core", class: "c2", series: of(h, r.CPUBusiestCorePercent)},
			{name: "stolen", class: "c3", series: moved(of(h, r.CPUStealPercent), 5)},
		}},
		{title: "CPU of " + m.process(h), unit: "cores", top: 1, calm: 0.1, limit: 1, lines: []line{
			{name: "all threads", class: "c1", area: true, series: of(h, r.ProcessCPUCores)},
			{name: "busiest thread", class: "c2", series: of(h, r.ProcessBusiestThreadPercent), by: 100, rule: "a hundredth of the column"},
			{name: "its wait for a core", class: "c3", series: moved(of(h, r.ProcessBusiestThreadWaitPercent), 5), by: 100, rule: "a hundredth of the column"},
		}},
	}
}

func (m *maker) memoryCharts(h *analysis.Host) []spec {
	rss := of(h, r.ProcessRSSMB)
	unit, by := "MB", 1.0
	if _, high := bounds(rss.Values); high >= 10*1024 {
		unit, by = "GB", 1024
	}
	return []spec{
		{title: "Memory", unit: "%", top: 100, calm: 5, limit: 100, lines: []line{
			{name: "used", class: "c1", area: true, series: of(h, r.MemoryPercent)},
			{name: "container, working set", class: "c2", series: of(h, r.ContainerMemoryPercent)},
		}},
		{title: "Memory of " + m.process(h), unit: unit, floating: true, calm: 0.05, noise: 20 / by, lines: []line{
			{name: "RSS", class: "c1", series: rss, by: by}, {name: "PSS", class: "c2", series: of(h, r.ProcessPSSMB), by: by},
		}},
		{title: "Swap", unit: "MB/s", calm: 0.5, peaks: true, lines: []line{
			{name: "in", class: "c1", series: of(h, r.SwapInMBPerSecond)}, {name: "out", class: "c2", series: of(h, r.SwapOutMBPerSecond)},
		}},
	}
}

// limitCharts are what holds tasks up: the container's quota, and pressure.
func limitCharts(h *analysis.Host) []spec {
	return []spec{
		{title: "CPU of the container", unit: "% of its quota", top: 100, calm: 10, limit: 100, lines: []line{
			{name: "used", class: "c1", area: true, series: of(h, r.ContainerCPUPercent)},
			{name: "throttled periods", class: "c2", series: of(h, r.ContainerThrottledPercent)},
		}},
		{title: "Pressure", unit: "% of the time, some task waits for", top: 10, calm: 5, limit: 100, lines: []line{
			{name: "a core", class: "c1", series: of(h, r.PressureCPUSomePercent)},
			{name: "memory", class: "c2", series: of(h, r.PressureMemorySomePercent)},
			{name: "a disk", class: "c3", series: of(h, r.PressureIOSomePercent)},
		}},
	}
}

// gpus are the numbers of a host's GPUs.
func gpus(h *analysis.Host) []int {
	var found []int
	pattern := regexp.MustCompile(`^GPU([0-9]+)_[A-Z]`)
	for name := range h.Columns {
		if match := pattern.FindStringSubmatch(name); match != nil {
			i, err := strconv.Atoi(match[1])
			if err == nil && !slices.Contains(found, i) {
				found = append(found, i)
			}
		}
	}
	slices.Sort(found)
	return found
}

func gpuCharts(h *analysis.Host) []spec {
	var specs []spec
	for _, i := range gpus(h) {
		title := fmt.Sprintf("GPU %d", i)
		specs = append(specs,
			spec{title: title, unit: "%", top: 100, calm: 5, limit: 100, lines: []line{
				{name: "load", class: "c1", area: true, series: of(h, r.GPULoadPercent(i))},
				{name: "memory", class: "c2", series: share(of(h, r.GPUMemoryUsedGB(i)), of(h, r.GPUMemoryTotalGB(i))), rule: "used / total"},
				{name: "encoder", class: "c3", series: moved(of(h, r.GPUEncoderPercent(i)), 5)},
				{name: "decoder", class: "c4", series: moved(of(h, r.GPUDecoderPercent(i)), 5)},
			}},
			spec{title: title + ", power", unit: "W", calm: 10, lines: []line{
				{name: "power", class: "c1", area: true, series: of(h, r.GPUPowerW(i))},
				{name: "limit", class: "c6", series: of(h, r.GPUPowerLimitW(i))},
			}})
	}
	return specs
}

func (m *maker) fileCharts(h *analysis.Host) []spec {
	return []spec{
		{title: "Open files and threads of " + m.process(h), calm: 10, lines: []line{
			{name: "open files", class: "c1", series: of(h, r.ProcessOpenFiles)},
			{name: "connections", class: "c2", series: of(h, r.ProcessSocketsEstablished)},
			{name: "threads", class: "c3", series: of(h, r.ProcessThreads)},
		}},
		{title: "Accept queue", unit: "% full", top: 10, calm: 10, limit: 100, lines: []line{
			{name: "queue", class: "c1", area: true, series: of(h, r.ProcessAcceptQueuePercent)},
		}},
		{title: "Connections lost by listeners", unit: "1/s", peaks: true, lines: []line{
			{name: "overflows", class: "c2", series: of(h, r.TCPListenOverflows)}, {name: "drops", class: "c3", series: of(h, r.TCPListenDrops)},
		}},
		{title: "TCP of the machine", unit: "connections", calm: 200, lines: []line{
			{name: "open", class: "c1", series: of(h, r.TCPEstablished)},
			{name: "time-wait", class: "c2", series: of(h, r.TCPTimeWait)},
			{name: "close-wait", class: "c3", series: of(h, r.TCPCloseWait)},
		}},
		{title: "Ephemeral ports", unit: "% in use", top: 10, calm: 10, limit: 100, lines: []line{
			{name: "in use", class: "c1", area: true, series: of(h, r.TCPEphemeralPortsPercent)},
			{name: "to one destination", class: "c2", series: of(h, r.TCPDestinationPortsPercent)},
		}},
	}
}

// disks are the names of a host's disks.
func disks(h *analysis.Host) []string {
	var found []string
	for name := range h.Columns {
		if disk, is := strings.CutPrefix(name, "Disk_"); is {
			if disk, is = strings.CutSuffix(disk, "_Busy_Percent"); is {
				found = append(found, disk)
			}
		}
	}
	slices.Sort(found)
	return found
}

func diskCharts(h *analysis.Host) []spec {
	var specs []spec
	for _, disk := range disks(h) {
		title := "Disk " + shorten(disk, 40)
		specs = append(specs,
			spec{title: title, unit: "MB/s", calm: 5, lines: []line{
				{name: "read", class: "c1", series: of(h, r.DiskReadMBPerSecond(disk))}, {name: "written", class: "c2", series: of(h, r.DiskWrittenMBPerSecond(disk))},
			}},
			spec{title: title + ", busy", unit: "% of the time", top: 100, calm: 15, limit: 100, lines: []line{{name: "busy", class: "c1", area: true, series: of(h, r.DiskBusyPercent(disk))}}},
			spec{title: title + ", time of a request", unit: "ms", calm: 20, lines: []line{{name: "await", class: "c1", series: of(h, r.DiskAwaitMS(disk))}}})
	}
	return specs
}

func networkCharts(h *analysis.Host) []spec {
	return []spec{
		{title: "Network", unit: "MB/s", calm: 2, lines: []line{
			{name: "received", class: "c1", series: of(h, r.NetworkReceive)},
			{name: "sent", class: "c2", series: of(h, r.NetworkTransmit)},
			{name: "loopback", class: "c6", series: of(h, r.NetworkLoopback)},
		}},
		{title: "Packets lost and sent again", unit: "1/s", calm: 10, lines: []line{
			{name: "dropped in", class: "c1", series: of(h, r.NetworkReceiveDrops)},
			{name: "dropped out", class: "c2", series: of(h, r.NetworkTransmitDrops)},
			{name: "sent again", class: "c3", series: of(h, r.TCPRetransmits)},
		}},
	}
}

// share is a series in percent of another.
func share(used, total analysis.Series) analysis.Series {
	s := analysis.Series{File: used.File, Column: used.Column, Values: make([]float64, min(len(used.Values), len(total.Values)))}
	if len(s.Values) > 0 {
		s.Column += " / " + total.Column
	}
	for i := range s.Values {
		s.Values[i] = 100 * used.Values[i] / total.Values[i]
	}
	return s
}

// moved is a series that once reached a value; else one without values: a line on the floor is in the way.
func moved(s analysis.Series, from float64) analysis.Series {
	if _, high := bounds(s.Values); !(high >= from) {
		return analysis.Series{}
	}
	return s
}
