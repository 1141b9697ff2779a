from datetime import date, datetime, timedelta, timezone
from locust import HttpUser, task

EPOCH = datetime(2024, 2, 28, 23, 59, 30, 123000)


class CalendarUser(HttpUser):
    @task
    def range(self):
        start = EPOCH + timedelta(days=1, seconds=45)
        end = start + timedelta(weeks=1)
        self.client.get("/calendar", params={"from": start.isoformat(), "to": end.strftime("%Y-%m-%dT%H:%M:%S"), "days": (end - start).days})

    @task
    def body(self):
        d = date(2023, 12, 31)
        self.client.post("/bookings", json={
            "day": str(d), "weekday": d.weekday(), "next": (d + timedelta(days=1)).isoformat(),
            "parsed": datetime.strptime("03/04/2021 05:06", "%d/%m/%Y %H:%M").isoformat(),
            "utc": datetime(2020, 1, 1, tzinfo=timezone.utc).isoformat(),
            "label": f"{EPOCH:%d.%m.%Y %H:%M}", "delta": str(timedelta(hours=25, minutes=3)),
            "seconds": timedelta(minutes=2.5).total_seconds(), "stamp": int(datetime(2001, 9, 9, 1, 46, 40, tzinfo=timezone.utc).timestamp()),
        })

    @task
    def now(self):
        now = datetime.now()
        self.client.get(f"/today?d={now:%Y-%m-%d}", name="/today")
        self.client.post("/log", json={"at": now.strftime("%Y-%m-%d %H:%M:%S"), "year_ok": now.year >= 2024})
