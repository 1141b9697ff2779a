import random
import uuid
from datetime import datetime, timezone
from locust import HttpUser, constant_pacing, task


class Sensor:
    kinds = {"temperature": (18, 25, "°C"), "humidity": (30, 60, "%"), "co2": (400, 1200, "ppm")}

    def __init__(self, kind):
        self.kind = kind
        self.low, self.high, self.unit = self.kinds[kind]
        self.value = (self.low + self.high) / 2

    def read(self):
        self.value = min(self.high, max(self.low, self.value + random.uniform(-1, 1)))
        return {"kind": self.kind, "value": round(self.value, 3), "unit": self.unit}

    def __repr__(self):
        return f"Sensor({self.kind!r})"


class Device(HttpUser):
    wait_time = constant_pacing(1)

    def on_start(self):
        self.device_id = uuid.uuid4()
        self.sequence = 0
        self.sensors = [Sensor(k) for k in Sensor.kinds]
        self.client.post("/devices", json={"id": str(self.device_id), "sensors": [repr(s) for s in self.sensors]})

    @task(10)
    def telemetry(self):
        self.sequence += 1
        self.client.post(
            f"/devices/{self.device_id}/telemetry",
            json={"seq": self.sequence, "readings": [s.read() for s in self.sensors], "at": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")},
            name="/devices/[id]/telemetry",
        )

    @task
    def heartbeat(self):
        self.client.head(f"/devices/{self.device_id}", name="/devices/[id]")
