import _datetime_go as _go

MINYEAR, MAXYEAR = 1, 9999


def _leap(y):
    return y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)


def _dim(y, m):
    return 29 if m == 2 and _leap(y) else [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m]


def _before_year(y):
    y -= 1
    return y * 365 + y // 4 - y // 100 + y // 400


def _ordinal(y, m, d):
    return _before_year(y) + sum(_dim(y, i) for i in range(1, m)) + d


def _from_ordinal(n):
    if not 1 <= n <= 3652059:
        raise OverflowError("date value out of range")
    y = min(9999, n // 365 + 1)
    while _before_year(y) >= n:
        y -= 1
    n -= _before_year(y)
    m = 1
    while n > _dim(y, m):
        n -= _dim(y, m)
        m += 1
    return y, m, n


def _check_date(y, m, d):
    if not MINYEAR <= y <= MAXYEAR:
        raise ValueError(f"year {y} is out of range")
    if not 1 <= m <= 12:
        raise ValueError("month must be in 1..12")
    if not 1 <= d <= _dim(y, m):
        raise ValueError("day is out of range for month")


class timedelta:
    def __init__(self, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        us = 0
        for v, unit in ((weeks, 604800000000), (days, 86400000000), (hours, 3600000000), (minutes, 60000000), (seconds, 1000000), (milliseconds, 1000), (microseconds, 1)):
            if v:
                us += v * unit if isinstance(v, int) else round(v * unit)
        self._us = us
        self.days, rest = divmod(us, 86400000000)
        self.seconds, self.microseconds = divmod(rest, 1000000)
        if abs(self.days) > 999999999:
            raise OverflowError(f"days={self.days}; must have magnitude <= 999999999")

    @classmethod
    def _of(cls, us):
        return cls(microseconds=us)

    def total_seconds(self):
        return self._us / 10**6

    def __add__(self, o):
        return timedelta._of(self._us + o._us) if isinstance(o, timedelta) else NotImplemented

    def __sub__(self, o):
        return timedelta._of(self._us - o._us) if isinstance(o, timedelta) else NotImplemented

    def __mul__(self, k):
        return timedelta._of(round(self._us * k))

    __rmul__ = __mul__

    def __truediv__(self, o):
        if isinstance(o, timedelta):
            return self._us / o._us
        return timedelta._of(round(self._us / o))

    def __floordiv__(self, o):
        if isinstance(o, timedelta):
            return self._us // o._us
        return timedelta._of(self._us // o)

    def __mod__(self, o):
        return timedelta._of(self._us % o._us)

    def __divmod__(self, o):
        return self // o, self % o

    def __neg__(self):
        return timedelta._of(-self._us)

    def __pos__(self):
        return self

    def __abs__(self):
        return timedelta._of(abs(self._us))

    def __eq__(self, o):
        return isinstance(o, timedelta) and self._us == o._us

    def __lt__(self, o):
        return self._us < o._us if isinstance(o, timedelta) else NotImplemented

    def __le__(self, o):
        return self._us <= o._us if isinstance(o, timedelta) else NotImplemented

    def __gt__(self, o):
        return self._us > o._us if isinstance(o, timedelta) else NotImplemented

    def __ge__(self, o):
        return self._us >= o._us if isinstance(o, timedelta) else NotImplemented

    def __hash__(self):
        return hash(self._us)

    def __bool__(self):
        return self._us != 0

    def __repr__(self):
        parts = [f"{n}={getattr(self, n)}" for n in ("days", "seconds", "microseconds") if getattr(self, n)]
        return f"datetime.timedelta({', '.join(parts) or '0'})"

    def __str__(self):
        m, s = divmod(self.seconds, 60)
        h, m = divmod(m, 60)
        r = f"{h}:{m:02d}:{s:02d}"
        if self.days:
            r = f"{self.days} day{'s' if abs(self.days) != 1 else ''}, " + r
        if self.microseconds:
            r += f".{self.microseconds:06d}"
        return r


timedelta.min, timedelta.max, timedelta.resolution = timedelta(-999999999), timedelta(999999999, 86399, 999999), timedelta(microseconds=1)


class tzinfo:
    def utcoffset(self, dt):
        raise NotImplementedError("a tzinfo subclass must implement utcoffset()")

    def tzname(self, dt):
        raise NotImplementedError("a tzinfo subclass must implement tzname()")

    def dst(self, dt):
        raise NotImplementedError("a tzinfo subclass must implement dst()")

    def fromutc(self, dt):
        return dt + self.utcoffset(dt)


class timezone(tzinfo):
    def __init__(self, offset, name=None):
        if not isinstance(offset, timedelta):
            raise TypeError(f"timezone() argument 1 must be datetime.timedelta, not {type(offset).__name__}")
        if not timedelta(-1) < offset < timedelta(1):
            raise ValueError(f"offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not {offset!r}.")
        self._offset, self._name = offset, name

    def utcoffset(self, dt):
        return self._offset

    def tzname(self, dt):
        if self._name:
            return self._name
        return "UTC" + (_offset_text(self._offset) if self._offset else "")

    def dst(self, dt):
        return None

    def __eq__(self, o):
        return isinstance(o, timezone) and self._offset == o._offset

    def __hash__(self):
        return hash(self._offset)

    def __repr__(self):
        return "datetime.timezone.utc" if self is timezone.utc else f"datetime.timezone({self._offset!r})"

    def __str__(self):
        return self.tzname(None)


def _offset_text(off):
    s = off.days * 86400 + off.seconds
    sign, s = ("-", -s) if s < 0 else ("+", s)
    return f"{sign}{s // 3600:02d}:{s // 60 % 60:02d}" + (f":{s % 60:02d}" if s % 60 else "")


timezone.utc = timezone(timedelta(0))
timezone.min, timezone.max = timezone(-timedelta(hours=23, minutes=59)), timezone(timedelta(hours=23, minutes=59))
UTC = timezone.utc


class IsoCalendarDate(tuple):
    def __new__(cls, year, week, weekday):
        return tuple.__new__(cls, (year, week, weekday))

    year, week, weekday = property(lambda self: self[0]), property(lambda self: self[1]), property(lambda self: self[2])

    def __repr__(self):
        return f"datetime.IsoCalendarDate(year={self[0]}, week={self[1]}, weekday={self[2]})"


class date:
    def __init__(self, year, month, day):
        _check_date(year, month, day)
        self.year, self.month, self.day = year, month, day

    @classmethod
    def today(cls):
        return cls(*_go.now()[:3])

    @classmethod
    def fromordinal(cls, n):
        return cls(*_from_ordinal(n))

    @classmethod
    def fromtimestamp(cls, ts):
        return cls(*_go.local(ts)[:3])

    @classmethod
    def fromisoformat(cls, s):
        import re
        m = re.fullmatch(r"(\d{4})(?:-(\d\d)-(\d\d)|(\d\d)(\d\d))", s)
        if m:
            y, a, b, c, d = m.groups()
            return cls(int(y), int(a or c), int(b or d))
        m = re.fullmatch(r"(\d{4})-?W(\d\d)(?:-?(\d))?", s)
        if not m:
            raise ValueError(f"Invalid isoformat string: {s!r}")
        return cls.fromisocalendar(int(m.group(1)), int(m.group(2)), int(m.group(3) or 1))

    @classmethod
    def fromisocalendar(cls, year, week, day):
        if not 1 <= week <= 53 or (week == 53 and date(year, 12, 28).isocalendar()[1] != 53):
            raise ValueError(f"Invalid week: {week}")
        if not 1 <= day <= 7:
            raise ValueError(f"Invalid weekday: {day} (range is [1, 7])")
        first = date(year, 1, 4)
        return cls.fromordinal(first.toordinal() - first.weekday() + (week - 1) * 7 + day - 1)

    def isocalendar(self):
        thursday = date.fromordinal(self.toordinal() - self.weekday() + 3)
        return IsoCalendarDate(thursday.year, (thursday.toordinal() - _ordinal(thursday.year, 1, 1)) // 7 + 1, self.isoweekday())

    def timetuple(self):
        import time as _time
        return _time.struct_time((self.year, self.month, self.day, 0, 0, 0, self.weekday(), self.toordinal() - _ordinal(self.year, 1, 1) + 1, -1))

    def ctime(self):
        return self.strftime("%a %b %e %H:%M:%S %Y")

    def toordinal(self):
        return _ordinal(self.year, self.month, self.day)

    def weekday(self):
        return (self.toordinal() + 6) % 7

    def isoweekday(self):
        return self.toordinal() % 7 or 7

    def isocalendar(self):
        # The week of a day is that of the Thursday beside it, in the year of that Thursday.
        thursday = self.toordinal() - self.isoweekday() + 4
        year = date.fromordinal(thursday).year
        return IsoCalendarDate(year, (thursday - _ordinal(year, 1, 1)) // 7 + 1, self.isoweekday())

    def isoformat(self):
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

    __str__ = isoformat

    def __repr__(self):
        return f"datetime.date({self.year}, {self.month}, {self.day})"

    def strftime(self, fmt):
        return _go.strftime(self.year, self.month, self.day, 0, 0, 0, 0, None, fmt)

    def __format__(self, spec):
        return self.strftime(spec) if spec else str(self)

    def replace(self, year=None, month=None, day=None):
        return type(self)(self.year if year is None else year, self.month if month is None else month, self.day if day is None else day)

    def _key(self):
        return (self.year, self.month, self.day)

    def __add__(self, o):
        return date.fromordinal(self.toordinal() + o.days) if isinstance(o, timedelta) else NotImplemented

    def __sub__(self, o):
        if isinstance(o, timedelta):
            return date.fromordinal(self.toordinal() - o.days)
        return timedelta(self.toordinal() - o.toordinal()) if isinstance(o, date) else NotImplemented

    def __eq__(self, o):
        return type(o) is type(self) and self._key() == o._key()

    def __lt__(self, o):
        return self._key() < o._key() if isinstance(o, date) and not isinstance(o, datetime) else NotImplemented

    def __le__(self, o):
        return self._key() <= o._key() if isinstance(o, date) and not isinstance(o, datetime) else NotImplemented

    def __gt__(self, o):
        return self._key() > o._key() if isinstance(o, date) and not isinstance(o, datetime) else NotImplemented

    def __ge__(self, o):
        return self._key() >= o._key() if isinstance(o, date) and not isinstance(o, datetime) else NotImplemented

    def __hash__(self):
        return hash(self._key())


class IsoCalendarDate(tuple):
    def __new__(cls, year, week, weekday):
        return tuple.__new__(cls, (year, week, weekday))

    year = property(lambda self: self[0])
    week = property(lambda self: self[1])
    weekday = property(lambda self: self[2])

    def __repr__(self):
        return f"datetime.IsoCalendarDate(year={self[0]}, week={self[1]}, weekday={self[2]})"


def _clock(hour, minute, second, us, timespec):
    if timespec not in ("auto", "hours", "minutes", "seconds", "milliseconds", "microseconds"):
        raise ValueError("Unknown timespec value")
    s = f"{hour:02d}"
    if timespec != "hours":
        s += f":{minute:02d}"
    if timespec not in ("hours", "minutes"):
        s += f":{second:02d}"
    if timespec == "milliseconds":
        s += f".{us // 1000:03d}"
    elif timespec == "microseconds" or (timespec == "auto" and us):
        s += f".{us:06d}"
    return s


def _check_time(hour, minute, second, microsecond):
    for v, top, name in ((hour, 23, "hour"), (minute, 59, "minute"), (second, 59, "second"), (microsecond, 999999, "microsecond")):
        if not 0 <= v <= top:
            raise ValueError(f"{name} must be in 0..{top}")


class time:
    def __init__(self, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        _check_time(hour, minute, second, microsecond)
        self.hour, self.minute, self.second, self.microsecond, self.tzinfo, self.fold = hour, minute, second, microsecond, tzinfo, fold

    @classmethod
    def fromisoformat(cls, s):
        import re
        m = re.fullmatch(r"T?(\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?(Z|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)?", s)
        if not m:
            raise ValueError(f"Invalid isoformat string: {s!r}")
        h, mi, sec, us, zone = m.groups()
        return cls(int(h), int(mi or 0), int(sec or 0), int((us or "0").ljust(6, "0")[:6]), _zone(zone))

    def isoformat(self, timespec="auto"):
        off = self.utcoffset()
        return _clock(self.hour, self.minute, self.second, self.microsecond, timespec) + ("" if off is None else _offset_text(off))

    __str__ = isoformat

    def __repr__(self):
        parts = [self.hour, self.minute, self.second, self.microsecond]
        while len(parts) > 2 and parts[-1] == 0:
            parts.pop()
        text = ", ".join(map(str, parts))
        return f"datetime.time({text})" if self.tzinfo is None else f"datetime.time({text}, tzinfo={self.tzinfo!r})"

    def strftime(self, format):
        return _go.strftime(1900, 1, 1, self.hour, self.minute, self.second, self.microsecond, None, format)

    def __format__(self, spec):
        return self.strftime(spec) if spec else str(self)

    def replace(self, **kw):
        d = {n: getattr(self, n) for n in ("hour", "minute", "second", "microsecond", "tzinfo")}
        d.update(kw)
        return self.__class__(**d)

    def utcoffset(self):
        return self.tzinfo.utcoffset(None) if self.tzinfo else None

    def tzname(self):
        return self.tzinfo.tzname(None) if self.tzinfo else None

    def dst(self):
        return self.tzinfo.dst(None) if self.tzinfo else None

    def _us(self):
        off = self.utcoffset()
        return ((self.hour * 60 + self.minute) * 60 + self.second) * 1000000 + self.microsecond - (off._us if off else 0)

    def _pair(self, o):
        if (self.utcoffset() is None) != (o.utcoffset() is None):
            raise TypeError("can't compare offset-naive and offset-aware times")
        return self._us(), o._us()

    def __eq__(self, o):
        return isinstance(o, time) and (self.utcoffset() is None) == (o.utcoffset() is None) and self._us() == o._us()

    def __lt__(self, o):
        if not isinstance(o, time):
            return NotImplemented
        a, b = self._pair(o)
        return a < b

    def __le__(self, o):
        return NotImplemented if not isinstance(o, time) else not o < self

    def __gt__(self, o):
        return NotImplemented if not isinstance(o, time) else o < self

    def __ge__(self, o):
        return NotImplemented if not isinstance(o, time) else not self < o

    def __hash__(self):
        return hash(self._us())


time.min, time.max, time.resolution = time(0, 0), time(23, 59, 59, 999999), timedelta(microseconds=1)


class datetime(date):
    def __init__(self, year, month=None, day=None, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        self.fold = fold
        _check_date(year, month, day)
        _check_time(hour, minute, second, microsecond)
        self.year, self.month, self.day, self.tzinfo = year, month, day, tzinfo
        self.hour, self.minute, self.second, self.microsecond = hour, minute, second, microsecond

    @classmethod
    def now(cls, tz=None):
        if tz is not None:
            return tz.fromutc(cls(*_go.utcnow()[:7], tz))
        return cls(*_go.now()[:7])

    @classmethod
    def today(cls):
        return cls.now()

    @classmethod
    def utcnow(cls):
        return cls(*_go.utcnow()[:7])

    @classmethod
    def fromtimestamp(cls, ts, tz=None):
        if tz is not None:
            return tz.fromutc(cls(1970, 1, 1, tzinfo=tz) + timedelta(seconds=ts))
        off = _go.local(ts)[7]
        return cls(1970, 1, 1) + timedelta(seconds=off) + timedelta(seconds=ts)

    @classmethod
    def utcfromtimestamp(cls, ts):
        return cls(1970, 1, 1) + timedelta(seconds=ts)

    @classmethod
    def combine(cls, date, time, tzinfo=True):
        return cls(date.year, date.month, date.day, time.hour, time.minute, time.second, time.microsecond, time.tzinfo if tzinfo is True else tzinfo)

    @classmethod
    def fromordinal(cls, n):
        return cls(*_from_ordinal(n))

    @classmethod
    def fromisoformat(cls, s):
        import re
        m = re.fullmatch(r"(\d{4}-?\d\d-?\d\d|\d{4}-?W\d\d(?:-?\d)?)(?:.(\d\d.*))?", s)
        try:
            if not m:
                raise ValueError
            d = date.fromisoformat(m.group(1))
            t = time.fromisoformat(m.group(2)) if m.group(2) else time()
        except ValueError as e:
            if "Invalid" not in str(e) and str(e):
                raise
            raise ValueError(f"Invalid isoformat string: {s!r}") from None
        return cls(d.year, d.month, d.day, t.hour, t.minute, t.second, t.microsecond, t.tzinfo)

    @classmethod
    def strptime(cls, s, fmt):
        return _strptime(cls, s, fmt)

    def date(self):
        return date(self.year, self.month, self.day)

    def time(self):
        return time(self.hour, self.minute, self.second, self.microsecond)

    def utcoffset(self):
        return self.tzinfo.utcoffset(self) if self.tzinfo else None

    def tzname(self):
        return self.tzinfo.tzname(self) if self.tzinfo else None

    def timestamp(self):
        if self.tzinfo:
            return (self - datetime(1970, 1, 1, tzinfo=timezone.utc)).total_seconds()
        return _go.mktime(self.year, self.month, self.day, self.hour, self.minute, self.second) + self.microsecond / 1e6

    def astimezone(self, tz=None):
        tz = tz or timezone.utc
        off = self.utcoffset()
        us = self._us() - (timedelta(seconds=_go.local(self.timestamp())[7]) if off is None else off)._us
        return tz.fromutc(self._from_us(us, tz))

    def replace(self, *args, **kw):
        kw.update(zip(("year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo"), args))
        d = {n: getattr(self, n) for n in ("year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo")}
        d.update(kw)
        return self.__class__(**d)

    def isoformat(self, sep="T", timespec="auto"):
        s = f"{self.year:04d}-{self.month:02d}-{self.day:02d}{sep}" + _clock(self.hour, self.minute, self.second, self.microsecond, timespec)
        return s + (_offset_text(self.utcoffset()) if self.tzinfo else "")

    def __str__(self):
        return self.isoformat(" ")

    def __repr__(self):
        parts = [self.year, self.month, self.day, self.hour, self.minute, self.second, self.microsecond]
        while len(parts) > 5 and parts[-1] == 0:
            parts.pop()
        text = ", ".join(map(str, parts))
        return f"datetime.datetime({text})" if not self.tzinfo else f"datetime.datetime({text}, tzinfo={self.tzinfo!r})"

    def strftime(self, fmt):
        off = self.utcoffset()
        if off is not None and "%Z" in fmt:
            fmt = fmt.replace("%%", "\0").replace("%Z", self.tzname().replace("%", "%%")).replace("\0", "%%")
        return _go.strftime(self.year, self.month, self.day, self.hour, self.minute, self.second, self.microsecond,
                            None if off is None else off.days * 86400 + off.seconds, fmt)

    def timetuple(self):
        import time as _time
        return _time.struct_time((self.year, self.month, self.day, self.hour, self.minute, self.second, self.weekday(), self.toordinal() - _ordinal(self.year, 1, 1) + 1, -1))

    def utctimetuple(self):
        import time as _time
        return _time.struct_time((self - (self.utcoffset() or timedelta())).replace(tzinfo=None).timetuple()[:8] + (0,))

    def timetz(self):
        return time(self.hour, self.minute, self.second, self.microsecond, self.tzinfo)

    def dst(self):
        return self.tzinfo.dst(self) if self.tzinfo else None

    def _us(self):
        return (self.toordinal() * 86400 + self.hour * 3600 + self.minute * 60 + self.second) * 1000000 + self.microsecond

    @classmethod
    def _from_us(cls, us, tz):
        days, us = divmod(us, 86400000000)
        y, m, d = _from_ordinal(days)
        s, us = divmod(us, 1000000)
        return cls(y, m, d, s // 3600, s // 60 % 60, s % 60, us, tz)

    def __add__(self, o):
        return self._from_us(self._us() + o._us, self.tzinfo) if isinstance(o, timedelta) else NotImplemented

    __radd__ = __add__

    def _utc(self):
        return self._us() - (self.utcoffset()._us if self.tzinfo else 0)

    def _pair(self, o):
        if not isinstance(o, datetime):
            raise TypeError(f"can't compare datetime.datetime to {'datetime.date' if isinstance(o, date) else type(o).__name__}")
        if (self.tzinfo is None) != (o.tzinfo is None):
            raise TypeError("can't compare offset-naive and offset-aware datetimes")
        return self._utc(), o._utc()

    def __sub__(self, o):
        if isinstance(o, timedelta):
            return self._from_us(self._us() - o._us, self.tzinfo)
        if not isinstance(o, datetime):
            return NotImplemented
        if (self.tzinfo is None) != (o.tzinfo is None):
            raise TypeError("can't subtract offset-naive and offset-aware datetimes")
        return timedelta._of(self._utc() - o._utc())

    def __eq__(self, o):
        return isinstance(o, datetime) and (self.tzinfo is None) == (o.tzinfo is None) and self._utc() == o._utc()

    def __lt__(self, o):
        if not isinstance(o, date):
            return NotImplemented
        a, b = self._pair(o)
        return a < b

    def __le__(self, o):
        if not isinstance(o, date):
            return NotImplemented
        a, b = self._pair(o)
        return a <= b

    def __gt__(self, o):
        if not isinstance(o, date):
            return NotImplemented
        a, b = self._pair(o)
        return a > b

    def __ge__(self, o):
        if not isinstance(o, date):
            return NotImplemented
        a, b = self._pair(o)
        return a >= b

    def __hash__(self):
        return hash(self._utc())


date.min, date.max, date.resolution = date(1, 1, 1), date(9999, 12, 31), timedelta(days=1)
datetime.min, datetime.max, datetime.resolution = datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999999), timedelta(microseconds=1)


def _zone(s):
    if not s:
        return None
    if s == "Z":
        return timezone.utc
    sign = -1 if s[0] == "-" else 1
    s = s[1:].replace(":", "")
    off = timedelta(hours=sign * int(s[:2]), minutes=sign * int(s[2:4] or 0), seconds=sign * int(s[4:6] or 0))
    return timezone(off) if off else timezone.utc


_months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_months_full = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]


def _strptime(cls, s, fmt):
    import re
    kinds = {"Y": r"\d\d\d\d", "m": r"1[0-2]|0[1-9]|[1-9]", "d": r"3[0-1]|[1-2]\d|0[1-9]|[1-9]| [1-9]", "H": r"2[0-3]|[0-1]\d|\d",
             "M": r"[0-5]\d|\d", "S": r"6[0-1]|[0-5]\d|\d", "f": r"[0-9]{1,6}", "y": r"\d\d", "b": r"[A-Za-z]{3}", "B": r"[A-Za-z]+",
             "p": r"[AaPp][Mm]", "I": r"1[0-2]|0[1-9]|[1-9]", "z": r"[+-]\d\d:?[0-5]\d|Z", "j": r"\d{1,3}", "a": r"[A-Za-z]{3}", "A": r"[A-Za-z]+", "Z": r"[A-Za-z]+",
             "G": r"\d\d\d\d", "V": r"5[0-3]|0[1-9]|[1-4]\d|\d", "u": r"[1-7]", "w": r"[0-6]", "U": r"5[0-3]|[0-4]\d|\d", "W": r"5[0-3]|[0-4]\d|\d"}
    pattern, names, i = "", [], 0
    for short, long in (("%c", "%a %b %d %H:%M:%S %Y"), ("%x", "%m/%d/%y"), ("%X", "%H:%M:%S")):
        fmt = fmt.replace(short, long)
    while i < len(fmt):
        c = fmt[i]
        if c == "%":
            i += 1
            if i >= len(fmt):
                raise ValueError(f"stray %% in format {fmt!r}".replace("%%", "%"))
            c = fmt[i]
            if c == "%":
                pattern += "%"
            elif c not in kinds:
                raise ValueError(f"{c!r} is a bad directive in format {fmt!r}")
            else:
                pattern += "(" + kinds[c] + ")"
                names.append(c)
        elif c.isspace():
            pattern += r"\s+"
        else:
            pattern += re.escape(c)
        i += 1
    m = re.match(pattern, s, re.I)
    if not m:
        raise ValueError(f"time data {s!r} does not match format {fmt!r}")
    if m.end() != len(s):
        raise ValueError(f"unconverted data remains: {s[m.end():]}")
    g = dict(zip(names, m.groups()))
    year = int(g["Y"]) if "Y" in g else 1900
    if "y" in g:
        year = int(g["y"]) + (2000 if int(g["y"]) < 69 else 1900)
    month = int(g.get("m", 1))
    if "b" in g:
        month = _months.index(g["b"].lower()) + 1
    if "B" in g:
        month = _months_full.index(g["B"].lower()) + 1
    hour = int(g.get("H", 0))
    if "I" in g:
        hour = int(g["I"]) % 12 + (12 if g.get("p", "AM").upper() == "PM" else 0)
    day = int(g.get("d", 1))
    if "j" in g and "d" not in g:
        year, month, day = _from_ordinal(_before_year(year) + int(g["j"]))
    elif "V" in g and "G" in g:
        d = date.fromisocalendar(int(g["G"]), int(g["V"]), int(g.get("u", 0)) or _names.index(g.get("a", g.get("A", "mon")).lower()[:3]) + 1)
        year, month, day = d.year, d.month, d.day
    return cls(year, month, day, hour, int(g.get("M", 0)), int(g.get("S", 0)), int(g.get("f", "0").ljust(6, "0")), _zone(g.get("z")))
