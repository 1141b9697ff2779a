package analysis

import (
	"math"
	"strings"
)

// A Service is a server as it speaks of itself: what a monitor read of its page for Prometheus (docs/metrics.md).
type Service struct {
	// Target is the URL that was asked, Host the machine whose monitor did; "" for that of the load.
	Target, Host string
	// Series are in the order of their first rows.
	Series []Said
}

// A Said is a series of a Service. Labels are as Prometheus writes them: method="GET",path="/".
type Said struct {
	Name, Labels string
	// Rate says that the values are how much a counter grew a second; else they are those of a gauge.
	Rate bool
	Series
}

// A Mean is a histogram or a summary of a Service: the sum of what it observed a second, and of how many things. One over the other is the mean.
type Mean struct {
	Name, Labels string
	Sum, Count   Said
}

// The ends of the names of a histogram's series.
const (
	SumSuffix    = "_sum"
	CountSuffix  = "_count"
	BucketSuffix = "_bucket"
)

// Means are those of a service whose sum and count are both there.
func (s *Service) Means() (means []Mean) {
	counts := map[[2]string]Said{}
	for _, said := range s.Series {
		if name, is := strings.CutSuffix(said.Name, CountSuffix); is && said.Rate {
			counts[[2]string{name, said.Labels}] = said
		}
	}
	for _, said := range s.Series {
		name, is := strings.CutSuffix(said.Name, SumSuffix)
		if count, both := counts[[2]string{name, said.Labels}]; is && both && said.Rate {
			means = append(means, Mean{name, said.Labels, said, count})
		}
	}
	return means
}

// Series is the mean of each second; of a second in which nothing was observed there is none.
func (m Mean) Series() Series {
	s := Series{File: m.Sum.File, Column: m.Sum.Column + " / " + m.Count.Column, Values: make([]float64, min(len(m.Sum.Values), len(m.Count.Values)))}
	for i := range s.Values {
		s.Values[i] = math.NaN()
		if m.Count.Values[i] > 0 {
			s.Values[i] = m.Sum.Values[i] / m.Count.Values[i]
		}
	}
	return s
}
