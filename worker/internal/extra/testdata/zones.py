from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

b = ZoneInfo("Europe/Berlin")
print(repr(b), b, b is ZoneInfo("Europe/Berlin"))
for d in (datetime(2024, 1, 15, 12, tzinfo=b), datetime(2024, 7, 15, 12, tzinfo=b)):
    print(d, d.utcoffset(), d.tzname(), d.dst(), d.astimezone(timezone.utc), d.strftime("%Z %z"))
print(datetime(2024, 7, 1, tzinfo=timezone.utc).astimezone(ZoneInfo("America/New_York")), datetime(2024, 1, 1, tzinfo=timezone.utc).astimezone(ZoneInfo("Asia/Kolkata")))
print(datetime(2024, 3, 31, 0, 30, tzinfo=timezone.utc).astimezone(b), datetime(2024, 3, 31, 1, 30, tzinfo=timezone.utc).astimezone(b))
print(datetime(2024, 3, 30, 12, tzinfo=b) + timedelta(days=1), datetime.fromtimestamp(0, b), datetime(2024, 1, 1, tzinfo=b) - datetime(2024, 1, 1, tzinfo=timezone.utc))
try:
    ZoneInfo("Nope/Nope")
except ZoneInfoNotFoundError as e:
    print(type(e).__name__, e)
