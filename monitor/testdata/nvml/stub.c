// A driver library for tests: libnvidia-ml.so.1 with the functions that the monitor calls. Its numbers come from the file
// named by NVML_STUB, read anew in each call, a line "key value" each. A key that is not in the file is a metric
// that the device does not support; "lost 1" is a device that fell off the bus. With -DOLD it is a driver from before
// nvmlDeviceGetPowerUsage and the _v2 functions; with -DBROKEN it lacks even nvmlInit.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SUCCESS = 0, NOT_SUPPORTED = 3, GPU_IS_LOST = 15 };

static int find(const char *key, double *value) {
	char name[64];
	double number;
	int found = 0;
	FILE *f = fopen(getenv("NVML_STUB"), "r");
	while (f && fscanf(f, "%63s %lf", name, &number) == 2)
		if (!strcmp(name, key)) {
			*value = number;
			found = 1;
		}
	if (f) fclose(f);
	return found;
}

static int metric(const char *key, double *value) {
	double lost = 0;
	if (find("lost", &lost) && lost) return GPU_IS_LOST;
	return find(key, value) ? SUCCESS : NOT_SUPPORTED;
}

static int count(unsigned *n) {
	double value = 0;
	find("count", &value);
	*n = value;
	return SUCCESS;
}

#ifndef BROKEN
int nvmlInit(void) { return SUCCESS; }
int nvmlShutdown(void) { return SUCCESS; }
int nvmlDeviceGetCount(unsigned *n) { return count(n); }
int nvmlDeviceGetHandleByIndex(unsigned i, void **device) { *device = (void *)(unsigned long)(i + 1); return SUCCESS; }

#ifndef OLD
int nvmlInit_v2(void) { return SUCCESS; }
int nvmlDeviceGetCount_v2(unsigned *n) { return count(n); }
int nvmlDeviceGetHandleByIndex_v2(unsigned i, void **device) { return nvmlDeviceGetHandleByIndex(i, device); }

const char *nvmlErrorString(int code) {
	return code == NOT_SUPPORTED ? "Not Supported" : code == GPU_IS_LOST ? "GPU is lost" : "Unknown Error";
}

int nvmlDeviceGetPowerUsage(void *device, unsigned *milliwatts) {
	double watts;
	int code = metric("power", &watts);
	if (code == SUCCESS) *milliwatts = watts * 1000;
	return code;
}
#endif

int nvmlDeviceGetUtilizationRates(void *device, struct { unsigned gpu, memory; } *rates) {
	double load;
	int code = metric("load", &load);
	if (code == SUCCESS) rates->gpu = load;
	return code;
}

int nvmlDeviceGetMemoryInfo(void *device, struct { unsigned long long total, free, used; } *info) {
	double total, used;
	int code = metric("total", &total);
	if (code == SUCCESS) code = metric("used", &used);
	if (code == SUCCESS) {
		info->total = total * (1ull << 30);
		info->used = used * (1ull << 30);
	}
	return code;
}

int nvmlDeviceGetTemperature(void *device, int sensor, unsigned *celsius) {
	double value;
	int code = metric("temperature", &value);
	if (code == SUCCESS) *celsius = value;
	return code;
}
#endif
