package service

import (
	"path/filepath"
	"strings"
)

// Beside names the file that belongs to a metrics CSV: service_20261129_230656.csv to metrics_20261129_230656.csv, service.csv to
// metrics.csv, and api_service.csv to api.csv.
func Beside(metrics string) string {
	dir, name := filepath.Split(metrics)
	if rest, ok := strings.CutPrefix(name, "metrics"); ok {
		return dir + "service" + rest
	}
	extension := filepath.Ext(name)
	return dir + strings.TrimSuffix(name, extension) + "_service" + extension
}
