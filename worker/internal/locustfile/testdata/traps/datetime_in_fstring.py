from datetime import date, datetime, time
from locust import HttpUser, task

D = datetime(2024, 3, 5, 7, 8, 9, 50)


class U(HttpUser):
    @task
    def t(self):
        self.client.get(f"/{D:%Y%m%d}/{D:%H-%M-%S}?d={D.date()}&t={D.time()}&x={D!s}", name=f"{D:%a %b %j %y %p %I}")
        print(repr(D), date(2024, 12, 30).isocalendar()[1], time(1, 2).isoformat(), D.replace(microsecond=0).isoformat(), D.strftime("%d.%m.%Y %%"))
        print(f"{datetime.now():%Y%m%d}" == datetime.now().strftime("%Y%m%d"))
