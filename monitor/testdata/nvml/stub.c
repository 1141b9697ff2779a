// A driver library for tests: libnvidia-ml.so.1 with the functions that the monitor calls. Its numbers come from the file
// named by NVML_STUB, read anew in each call (once with NVML_STUB_ONCE), a line "key value" each. "1.key" is that of device 1 alone.
//   count N             devices, at 65:00.0 and on; swap 1: in the other order
//   lost 1              the device fell off the bus
//   fail.FUNCTION CODE  what the function returns
//   hang.FUNCTION S     how long it takes, in seconds
//   mig 1, instances N  the device is cut up; mig.used and mig.total are of each instance, generation changes their UUIDs
//   pidN, pidN_memory, pidN_sm   a process on the device: its number, GB, percent
//   xid CODE, xids N    the errors that the driver has reported so far, and their code
// A metric whose key is not in the file is one that the device does not support. With -DOLD it is a driver from before
// nvmlDeviceGetPowerUsage and the _v2 functions; with -DBROKEN it lacks even nvmlInit; -DnvmlX=lacking_nvmlX takes any function away.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { SUCCESS = 0, INVALID_ARGUMENT = 2, NOT_SUPPORTED = 3, NOT_FOUND = 6, INSUFFICIENT_SIZE = 7, TIMEOUT = 10, GPU_IS_LOST = 15 };
enum { LINES = 256 };

static struct line { char key[64]; double value; } lines[LINES];
static int known;

static void load(void) {
	FILE *f;
	if (known && getenv("NVML_STUB_ONCE")) return;
	f = fopen(getenv("NVML_STUB"), "r");
	known = 0;
	while (f && known < LINES && fscanf(f, "%63s %lf", lines[known].key, &lines[known].value) == 2) known++;
	if (f) fclose(f);
}

static int find(const char *key, double *value) {
	for (int i = 0; i < known; i++)
		if (!strcmp(lines[i].key, key)) {
			*value = lines[i].value;
			return 1;
		}
	return 0;
}

// A handle is 1000 * (device + 1), and + 1 + instance for a part of it.
static int number(void *handle) { return (int)((long)handle / 1000 - 1); }
static int instance(void *handle) { return (int)((long)handle % 1000 - 1); }

static int of(void *handle, const char *key, double *value) {
	char own[64];
	snprintf(own, sizeof own, "%d.%s", number(handle), key);
	return find(own, value) || find(key, value);
}

// call begins every function: it may hang, and fail.
static int call(const char *function, void *handle) {
	char key[64];
	double value = 0;
	load();
	snprintf(key, sizeof key, "hang.%s", function);
	if (of(handle, key, &value)) {
		struct timespec t = {value, (value - (long)value) * 1e9};
		nanosleep(&t, 0);
	}
	snprintf(key, sizeof key, "fail.%s", function);
	if (of(handle, key, &value)) return value;
	if (handle && of(handle, "lost", &value) && value) return GPU_IS_LOST;
	return SUCCESS;
}

static int metric(const char *function, void *handle, const char *key, double *value) {
	int code = call(function, handle);
	if (code == SUCCESS && !of(handle, key, value)) code = NOT_SUPPORTED;
	return code;
}

static int count(const char *function, unsigned *n) {
	double value = 0;
	int code = call(function, 0);
	find("count", &value);
	*n = value;
	return code;
}

static int handle(const char *function, unsigned i, void **device) {
	double swap = 0, n = 0;
	int code = call(function, 0);
	find("swap", &swap);
	find("count", &n);
	if (i >= n) return INVALID_ARGUMENT;
	*device = (void *)(1000 * ((swap ? (long)n - 1 - i : (long)i) + 1));
	return code;
}

#ifndef BROKEN
int nvmlInit(void) { return call("nvmlInit", 0); }
int nvmlShutdown(void) { return call("nvmlShutdown", 0); }
int nvmlDeviceGetCount(unsigned *n) { return count("nvmlDeviceGetCount", n); }
int nvmlDeviceGetHandleByIndex(unsigned i, void **device) { return handle("nvmlDeviceGetHandleByIndex", i, device); }

struct pci { char legacy[16]; unsigned domain, bus, device, id, subsystem; char address[32]; };
static int pci(const char *function, void *device, struct pci *p) {
	int code = call(function, device);
	memset(p, 0, sizeof *p);
	p->bus = 0x65 + number(device);
	return code;
}

#define UNSIGNED(function, key, scale)                               \
	int function(void *device, unsigned *to) {                   \
		double value = 0;                                    \
		int code = metric(#function, device, key, &value);   \
		*to = value * scale;                                 \
		return code;                                         \
	}

#ifndef OLD
int nvmlInit_v2(void) { return call("nvmlInit_v2", 0); }
int nvmlDeviceGetCount_v2(unsigned *n) { return count("nvmlDeviceGetCount_v2", n); }
int nvmlDeviceGetHandleByIndex_v2(unsigned i, void **device) { return handle("nvmlDeviceGetHandleByIndex_v2", i, device); }
int nvmlDeviceGetPciInfo(void *device, struct pci *p) { return pci("nvmlDeviceGetPciInfo", device, p); }
int nvmlDeviceGetPciInfo_v2(void *device, struct pci *p) { return pci("nvmlDeviceGetPciInfo_v2", device, p); }
int nvmlDeviceGetPciInfo_v3(void *device, struct pci *p) { return pci("nvmlDeviceGetPciInfo_v3", device, p); }

const char *nvmlErrorString(int code) {
	switch (code) {
	case NOT_SUPPORTED: return "Not Supported";
	case GPU_IS_LOST: return "GPU is lost";
	case 1: return "Uninitialized";
	case 9: return "Driver Not Loaded";
	case 18: return "Driver/library version mismatch";
	default: return "Unknown Error";
	}
}

int nvmlSystemGetDriverVersion(char *text, unsigned size) {
	snprintf(text, size, "570.86.15");
	return call("nvmlSystemGetDriverVersion", 0);
}

int nvmlSystemGetCudaDriverVersion(int *version) {
	*version = 12080;
	return call("nvmlSystemGetCudaDriverVersion", 0);
}

int nvmlDeviceGetName(void *device, char *text, unsigned size) {
	snprintf(text, size, instance(device) < 0 ? "Stub GPU, 80GB" : "Stub GPU MIG 1g.10gb");
	return call("nvmlDeviceGetName", device);
}

int nvmlDeviceGetUUID(void *device, char *text, unsigned size) {
	double generation = 0;
	int code = call("nvmlDeviceGetUUID", device);
	find("generation", &generation);
	if (instance(device) < 0) snprintf(text, size, "GPU-%08d", number(device));
	else snprintf(text, size, "MIG-%08d-%d-%d", number(device), instance(device), (int)generation);
	return code;
}

UNSIGNED(nvmlDeviceGetPowerUsage, "power", 1000)
UNSIGNED(nvmlDeviceGetEnforcedPowerLimit, "limit", 1000)
UNSIGNED(nvmlDeviceGetPerformanceState, "state", 1)
UNSIGNED(nvmlDeviceGetFanSpeed, "fan", 1)

int nvmlDeviceGetTotalEnergyConsumption(void *device, unsigned long long *millijoules) {
	double joules = 0;
	int code = metric("nvmlDeviceGetTotalEnergyConsumption", device, "energy", &joules);
	*millijoules = joules * 1000;
	return code;
}

int nvmlDeviceGetClockInfo(void *device, int type, unsigned *mhz) {
	double value = 0;
	int code = metric("nvmlDeviceGetClockInfo", device, type == 1 ? "sm_clock" : "memory_clock", &value);
	*mhz = value;
	return code;
}

int nvmlDeviceGetCurrentClocksEventReasons(void *device, unsigned long long *bits) {
	double value = 0;
	int code = metric("nvmlDeviceGetCurrentClocksEventReasons", device, "reasons", &value);
	*bits = value;
	return code;
}

int nvmlDeviceGetCurrentClocksThrottleReasons(void *device, unsigned long long *bits) {
	double value = 0;
	int code = metric("nvmlDeviceGetCurrentClocksThrottleReasons", device, "reasons", &value);
	*bits = value;
	return code;
}

int nvmlDeviceGetEncoderUtilization(void *device, unsigned *percent, unsigned *us) {
	double value = 0;
	int code = metric("nvmlDeviceGetEncoderUtilization", device, "encoder", &value);
	*percent = value;
	return code;
}

int nvmlDeviceGetDecoderUtilization(void *device, unsigned *percent, unsigned *us) {
	double value = 0;
	int code = metric("nvmlDeviceGetDecoderUtilization", device, "decoder", &value);
	*percent = value;
	return code;
}

int nvmlDeviceGetTotalEccErrors(void *device, int type, int counter, unsigned long long *errors) {
	double value = 0;
	int code = metric("nvmlDeviceGetTotalEccErrors", device, type ? "uncorrected" : "corrected", &value);
	*errors = value;
	return code;
}

int nvmlDeviceGetPcieThroughput(void *device, int counter, unsigned *kbps) {
	double value = 0;
	int code = metric("nvmlDeviceGetPcieThroughput", device, counter ? "pcie_rx" : "pcie_tx", &value);
	*kbps = value;
	if (code == SUCCESS) usleep(20000);
	return code;
}

struct field { unsigned id, scope; long long at, latency; unsigned type, code; union { double d; unsigned u; unsigned long long ull; } value; };
int nvmlDeviceGetFieldValues(void *device, int n, struct field *fields) {
	int code = call("nvmlDeviceGetFieldValues", device);
	for (int i = 0; i < n; i++) {
		const char *key = fields[i].id == 82 ? "memory_temperature" : fields[i].id == 197 ? "pcie_tx_bytes" : fields[i].id == 198 ? "pcie_rx_bytes" : "";
		double value = 0;
		fields[i].code = of(device, key, &value) ? SUCCESS : NOT_SUPPORTED;
		fields[i].type = fields[i].id == 82 ? 1 : 3;
		if (fields[i].type == 1) fields[i].value.u = value;
		else fields[i].value.ull = value;
	}
	return code;
}

int nvmlDeviceGetMigMode(void *device, unsigned *current, unsigned *pending) {
	double value = 0;
	int code = metric("nvmlDeviceGetMigMode", device, "mig", &value);
	*current = *pending = value;
	return code;
}

int nvmlDeviceGetMaxMigDeviceCount(void *device, unsigned *n) {
	*n = 7;
	return call("nvmlDeviceGetMaxMigDeviceCount", device);
}

int nvmlDeviceGetMigDeviceHandleByIndex(void *device, unsigned i, void **part) {
	double n = 0;
	int code = call("nvmlDeviceGetMigDeviceHandleByIndex", device);
	of(device, "instances", &n);
	if (code == SUCCESS && i >= n) code = NOT_FOUND;
	*part = (char *)device + 1 + i;
	return code;
}

static int processes(const char *function, void *device, unsigned *n, char *to, size_t size) {
	int code = call(function, device);
	unsigned room = *n, all = 0;
	for (int i = 0; i < 8 && code == SUCCESS; i++) {
		char key[64];
		double pid, memory = 0;
		snprintf(key, sizeof key, "pid%d", i);
		if (!of(device, key, &pid)) continue;
		snprintf(key, sizeof key, "pid%d_memory", i);
		if (!of(device, key, &memory)) continue;
		if (all++ < room) {
			*(unsigned *)(to + (all - 1) * size) = pid;
			*(unsigned long long *)(to + (all - 1) * size + 8) = memory * (1ull << 30);
			if (size > 16) *(long long *)(to + (all - 1) * size + 16) = -1;
		}
	}
	*n = all;
	return code == SUCCESS && all > room ? INSUFFICIENT_SIZE : code;
}

int nvmlDeviceGetComputeRunningProcesses(void *d, unsigned *n, void *to) { return processes("nvmlDeviceGetComputeRunningProcesses", d, n, to, 16); }
int nvmlDeviceGetComputeRunningProcesses_v2(void *d, unsigned *n, void *to) { return processes("nvmlDeviceGetComputeRunningProcesses_v2", d, n, to, 24); }
int nvmlDeviceGetComputeRunningProcesses_v3(void *d, unsigned *n, void *to) { return processes("nvmlDeviceGetComputeRunningProcesses_v3", d, n, to, 24); }
int nvmlDeviceGetGraphicsRunningProcesses(void *d, unsigned *n, void *to) { return processes("nvmlDeviceGetGraphicsRunningProcesses", d, n, to, 16); }
int nvmlDeviceGetGraphicsRunningProcesses_v2(void *d, unsigned *n, void *to) { return processes("nvmlDeviceGetGraphicsRunningProcesses_v2", d, n, to, 24); }
int nvmlDeviceGetGraphicsRunningProcesses_v3(void *d, unsigned *n, void *to) { return processes("nvmlDeviceGetGraphicsRunningProcesses_v3", d, n, to, 24); }

struct sample { unsigned pid; unsigned long long at; unsigned sm, memory, encoder, decoder; };
int nvmlDeviceGetProcessUtilization(void *device, struct sample *to, unsigned *n, unsigned long long since) {
	int code = call("nvmlDeviceGetProcessUtilization", device);
	unsigned all = 0;
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	for (int i = 0; i < 8 && code == SUCCESS; i++) {
		char key[64];
		double pid, sm = 0;
		snprintf(key, sizeof key, "pid%d", i);
		if (!of(device, key, &pid)) continue;
		snprintf(key, sizeof key, "pid%d_sm", i);
		if (!of(device, key, &sm)) continue;
		if (to && all < *n) {
			to[all].pid = pid;
			to[all].at = now.tv_sec * 1000000ull;
			to[all].sm = sm;
		}
		all++;
	}
	if (code != SUCCESS) return code;
	if (!all) return NOT_FOUND;
	*n = all;
	return to ? SUCCESS : INSUFFICIENT_SIZE;
}

static int told[16], registered[16];
int nvmlEventSetCreate(void **set) {
	*set = told;
	return call("nvmlEventSetCreate", 0);
}
int nvmlDeviceRegisterEvents(void *device, unsigned long long types, void *set) {
	registered[number(device)] = types == 8;
	return call("nvmlDeviceRegisterEvents", device);
}
int nvmlEventSetFree(void *set) {
	memset(registered, 0, sizeof registered);
	return call("nvmlEventSetFree", 0);
}

struct event { void *device; unsigned long long type, data; unsigned gi, ci; };
static int event(const char *function, struct event *e) {
	int code = call(function, 0);
	for (long i = 0; i < 16 && code == SUCCESS; i++) {
		double all = 0, xid = 0;
		void *device = (void *)(1000 * (i + 1));
		if (registered[i] && of(device, "xids", &all) && of(device, "xid", &xid) && told[i] < all) {
			told[i]++;
			*e = (struct event){device, 8, xid, -1, -1};
			return SUCCESS;
		}
	}
	return code == SUCCESS ? TIMEOUT : code;
}
int nvmlEventSetWait(void *set, struct event *e, unsigned ms) { return event("nvmlEventSetWait", e); }
int nvmlEventSetWait_v2(void *set, struct event *e, unsigned ms) { return event("nvmlEventSetWait_v2", e); }
#endif

int nvmlDeviceGetUtilizationRates(void *device, struct { unsigned gpu, memory; } *rates) {
	double load = 0, memory = 0, mig = 0;
	int code = metric("nvmlDeviceGetUtilizationRates", device, "load", &load);
	of(device, "memory_load", &memory);
	of(device, "mig", &mig);
	rates->gpu = load;
	rates->memory = memory;
	return code == SUCCESS && mig ? NOT_SUPPORTED : code;
}

int nvmlDeviceGetMemoryInfo(void *device, struct { unsigned long long total, free, used; } *info) {
	double total = 0, used = 0;
	int part = instance(device) >= 0;
	int code = metric("nvmlDeviceGetMemoryInfo", device, part ? "mig.total" : "total", &total);
	if (code == SUCCESS && !of(device, part ? "mig.used" : "used", &used)) code = NOT_SUPPORTED;
	info->total = total * (1ull << 30);
	info->used = used * (1ull << 30);
	return code;
}

int nvmlDeviceGetTemperature(void *device, int sensor, unsigned *celsius) {
	double value = 0;
	int code = metric("nvmlDeviceGetTemperature", device, "temperature", &value);
	*celsius = value;
	return code;
}
#endif
