package requestlog

import "gregaria/internal/requestline"

// The fields as JSON has them, with the comma before.
const (
	keyTime       = `,"` + requestline.Time + `":`
	keyWorker     = `,"` + requestline.Worker + `":`
	keyIndex      = `,"` + requestline.Index + `":`
	keyUser       = `,"` + requestline.User + `":`
	keyType       = `,"` + requestline.Type + `":`
	keyName       = `,"` + requestline.Name + `":`
	keyURL        = `,"` + requestline.URL + `":`
	keyStatus     = `,"` + requestline.Status + `":`
	keyFailure    = `,"` + requestline.Failure + `":`
	keyResponse   = `,"` + requestline.Response + `":`
	keyScheduled  = `,"` + requestline.Scheduled + `":`
	keyLateness   = `,"` + requestline.Lateness + `":`
	keyConnect    = `,"` + requestline.Connect + `":`
	keyTLS        = `,"` + requestline.TLS + `":`
	keyWait       = `,"` + requestline.Wait + `":`
	keyDownload   = `,"` + requestline.Download + `":`
	keyLength     = `,"` + requestline.Length + `":`
	keySent       = `,"` + requestline.Sent + `":`
	keyReceived   = `,"` + requestline.Received + `":`
	keyExchanges  = `,"` + requestline.Exchanges + `":`
	keyStatuses   = `,"` + requestline.Statuses + `":`
	keyIncomplete = `,"` + requestline.Incomplete + `":`
	keyApart      = `,"` + requestline.Apart + `":`
	keyKept       = `,"` + requestline.Kept + `":`
	keyWeight     = `,"` + requestline.Weight + `":`
)
