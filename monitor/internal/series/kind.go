package series

import (
	"slices"
	"strings"

	"github.com/prometheus/common/model"

	"gregaria/internal/service"
)

// kindOf says what becomes of the series of a name, which stand under a line of # TYPE for family, and whether they are written
// without being chosen.
//
//	counter                        rate
//	gauge, stateset, quantiles     gauge
//	_count and _sum                rate: of a histogram or a summary
//	_bucket                        rate, where chosen: dozens to a histogram, and only of use all together
//	_created, info                 gauge, where chosen: they do not change
//	no type                        rate for a name in _total, otherwise gauge
func kindOf(name, family string, kind model.MetricType) (_ service.Kind, byDefault bool) {
	end, ok := strings.CutPrefix(name, family)
	if !ok || !slices.Contains([]string{"", "_total", "_count", "_sum", "_bucket", "_created", "_info"}, end) {
		kind = model.MetricTypeUnknown // it stands there by itself
	}
	switch {
	case strings.HasSuffix(name, "_created"):
		return service.Gauge, false
	case end == "_bucket" && kind == model.MetricTypeGaugeHistogram:
		return service.Gauge, false
	case end == "_bucket" && kind == model.MetricTypeHistogram:
		return service.Rate, false
	case kind == model.MetricTypeInfo:
		return service.Gauge, false
	case kind == model.MetricTypeCounter:
		return service.Rate, true
	case (kind == model.MetricTypeHistogram || kind == model.MetricTypeSummary) && (end == "_count" || end == "_sum"):
		return service.Rate, true
	case kind == model.MetricTypeUnknown && strings.HasSuffix(name, "_total"):
		return service.Rate, true
	default:
		return service.Gauge, true
	}
}
