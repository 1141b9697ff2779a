from datetime import datetime, timedelta, date, timezone, time
import time as t
d = datetime(2024, 2, 29, 13, 5, 9, 123)
print(d, repr(d), d.isoformat(), d.date(), d.strftime("%Y-%m-%d %H:%M:%S %j %a %b %p %I %y %f %%"), f"{d:%Y%m%d}", d.weekday(), d.isoweekday())
print(d + timedelta(days=1, hours=12), d - datetime(2024, 1, 1), datetime(2024, 1, 1).isoformat(), repr(timedelta(days=-1, seconds=5)), str(timedelta(seconds=3661.5)), timedelta(hours=25), timedelta(minutes=5).total_seconds())
print(datetime.strptime("2024-03-01 10:20:30", "%Y-%m-%d %H:%M:%S"), datetime.fromisoformat("2024-03-01T10:20:30.5"), date(2024, 12, 31) + timedelta(1), date.fromisoformat("2024-01-02"), date(2024, 3, 1) - date(2024, 2, 1))
print(datetime(2024, 1, 1, tzinfo=timezone.utc).isoformat(), datetime.fromtimestamp(0, timezone.utc), datetime.utcfromtimestamp(1700000000.5), datetime(2024, 1, 1, tzinfo=timezone.utc).timestamp(), datetime(2024, 1, 1) < datetime(2024, 1, 2), max(date(2024, 1, 1), date(2023, 1, 1)))
for f in (lambda: datetime(2024, 2, 30), lambda: datetime(2024, 13, 1), lambda: datetime.strptime("x", "%Y"), lambda: datetime.strptime("2024-01", "%Y"), lambda: date.fromisoformat("x"), lambda: d < datetime(2024, 1, 1, tzinfo=timezone.utc), lambda: timedelta(1) / 2, lambda: timedelta(1) * 1.5, lambda: d.replace(year=2020, day=1)):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
print(t.strftime("%Y-%m-%d", t.gmtime(0)), type(t.time()).__name__)
print([(date(y, m, d).isocalendar()[:], date(y, m, d).isocalendar().week) for y, m, d in [(2024, 12, 30), (2021, 1, 3), (2020, 12, 31), (2023, 1, 1), (2026, 7, 9)]], date(2024, 1, 1).isocalendar())
