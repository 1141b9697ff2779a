import time
from datetime import date, datetime, time as clock, timedelta, timezone, UTC

t = clock(1, 2, 3)
print(repr(t), t, repr(clock(1, 2)), repr(clock(1, 2, 3, 4, timezone.utc)), clock(1, 2, 3, 4, timezone.utc), clock.fromisoformat("04:05:06.123"), clock.fromisoformat("04"), clock.fromisoformat("0405+01:00"))
print(clock(1) < clock(2), clock(1) == clock(1), clock.max, t.replace(hour=9), t.isoformat("minutes"), f"{t:%H-%M}", hash(clock(1)) == hash(clock(1)), clock(1) >= clock(1))
d = date(2024, 2, 29)
print(d.isocalendar(), d.isocalendar()[1], d.isocalendar().week, date.fromisocalendar(2024, 9, 4), date.fromisoformat("20240229"), date.fromisoformat("2024-W09-4"), date.fromisoformat("2024W09"), d.ctime(), d.timetuple())
print(date.max, date.min, date.resolution, datetime.max, datetime.min, timedelta.max, d.replace(day=1), d.replace(month=1, year=2023, day=3))
for s in ("2024-01-02", "2024-01-02T03:04:05Z", "20240102T030405", "2024-01-02 03:04:05.123456+05:30", "2024-01-02T03", "2024-01-02T03:04:05,5", "2024-W01-2T01:02", "2024-01-02T03:04:05.123456789"):
    print(s, repr(datetime.fromisoformat(s)))
for s in ("2024-13-01", "x", "2024-01-02T25:00", "2024-1-2", "2024-01-02T03:04:05+99:00", ""):
    try:
        print(datetime.fromisoformat(s))
    except ValueError as e:
        print(e)
n = datetime(2024, 5, 6, 7, 8, 9, 123456)
print(n.timetuple(), n.timetuple().tm_yday, n.replace(2023), n.replace(hour=0, tzinfo=UTC), n.timetz(), n.date(), n.time(), n.ctime())
for spec in ("auto", "hours", "minutes", "seconds", "milliseconds", "microseconds"):
    print(n.isoformat(timespec=spec), n.isoformat(" ", spec))
print(datetime.combine(d, t), datetime.combine(d, t, timezone.utc), datetime.combine(d, clock.min))
ist = timezone(timedelta(hours=5, minutes=30), "IST")
print(datetime(2024, 1, 1, tzinfo=ist), datetime(2024, 1, 1, tzinfo=ist).astimezone(timezone.utc), datetime(2024, 1, 1, tzinfo=ist).utctimetuple(), ist.tzname(None), timezone(-timedelta(hours=3)), repr(ist) if 0 else "")
print(divmod(timedelta(hours=5), timedelta(hours=2)), timedelta(hours=5) % timedelta(hours=2), timedelta(days=1) / 3, timedelta(seconds=1) * 1.5, -timedelta(seconds=1), sum([timedelta(1), timedelta(2)], timedelta()), timedelta(hours=1) // 7, timedelta(weeks=1, days=-1, milliseconds=5))


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


attempt(lambda: date(2024, 1, 1) < datetime(2024, 1, 1))
attempt(lambda: date(2024, 1, 1) == datetime(2024, 1, 1))
attempt(lambda: datetime(2024, 1, 1) < datetime(2024, 1, 1, tzinfo=UTC))
attempt(lambda: datetime(2024, 1, 1) - datetime(2024, 1, 1, tzinfo=UTC))
attempt(lambda: clock(25))
attempt(lambda: timezone(5))
attempt(lambda: timezone(timedelta(days=1)))
attempt(lambda: date.max + timedelta(1))
attempt(lambda: datetime.strptime("2024-01", "%Y-%m-%d"))
attempt(lambda: datetime.strptime("2024-01-02 x", "%Y-%m-%d"))
attempt(lambda: datetime.strptime("2024", "%Q"))
attempt(lambda: datetime.strptime("31/02/2024", "%d/%m/%Y"))
for s, f in (("Mon Jan  5 10:11:12 2024", "%a %b %d %H:%M:%S %Y"), ("05/06/24 11:12 PM", "%m/%d/%y %I:%M %p"), ("2024-060", "%Y-%j"), ("12:30:45.5", "%H:%M:%S.%f"), ("2024-05-06T07:08:09+0200", "%Y-%m-%dT%H:%M:%S%z"), ("January 3, 2024", "%B %d, %Y"), ("100%", "%j%%"), ("2024 W05 1", "%G W%V %u")):
    attempt(lambda: repr(datetime.strptime(s, f)))
for f in ("%a %A %w %d %b %B %m %y %Y %H %I %p %M %S %f %j %U %W %%", "%c|%x|%X", "%G-%V-%u", "%D %F %T %R %e %h", "%-d/%-m/%-H", "%z|%Z|"):
    print(n.strftime(f), "|", d.strftime(f), "|", n.replace(tzinfo=ist).strftime(f))
s = time.strptime("2024-05-06 07:08:09", "%Y-%m-%d %H:%M:%S")
print(s, s.tm_wday, s[0], time.strftime("%Y/%j", s), time.asctime(s), time.gmtime(0), time.gmtime(86400.5).tm_mday, isinstance(s, tuple), len(s), time.mktime(s))
print(time.struct_time((2024, 1, 2, 3, 4, 5, 6, 7, 0)).tm_hour, tuple(s)[:3])
