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

    def __neg__(self):
        return timedelta._of(-self._us)

    def __abs__(self):
        return timedelta._of(abs(self._us))

    def __eq__(self, o):
        return isinstance(o, timedelta) and self._us == o._us

    def __lt__(self, o):
        return self._us < o._us if isinstance(o, timedelta) else NotImplemented

    def __le__(self, o):
        return self._us <= o._us

    def __gt__(self, o):
        return self._us > o._us if isinstance(o, timedelta) else NotImplemented

    def __ge__(self, o):
        return self._us >= o._us

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


class tzinfo:
    pass


class timezone(tzinfo):
    def __init__(self, offset, name=None):
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
UTC = timezone.utc


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
        try:
            if len(s) != 10:
                raise ValueError
            return cls(int(s[:4]), int(s[5:7]), int(s[8:10]))
        except ValueError:
            raise ValueError(f"Invalid isoformat string: {s!r}") from None

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
        return date(year or self.year, month or self.month, day or self.day)

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
        return self._key() < o._key()

    def __le__(self, o):
        return self._key() <= o._key()

    def __gt__(self, o):
        return self._key() > o._key()

    def __ge__(self, o):
        return self._key() >= o._key()

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


class time:
    def __init__(self, hour=0, minute=0, second=0, microsecond=0, tzinfo=None):
        self.hour, self.minute, self.second, self.microsecond, self.tzinfo = hour, minute, second, microsecond, tzinfo

    def isoformat(self):
        return f"{self.hour:02d}:{self.minute:02d}:{self.second:02d}" + (f".{self.microsecond:06d}" if self.microsecond else "")

    __str__ = isoformat

    def strftime(self, fmt):
        return _go.strftime(1900, 1, 1, self.hour, self.minute, self.second, self.microsecond, None, fmt)


class datetime(date):
    def __init__(self, year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None):
        _check_date(year, month, day)
        for v, top, name in ((hour, 23, "hour"), (minute, 59, "minute"), (second, 59, "second"), (microsecond, 999999, "microsecond")):
            if not 0 <= v <= top:
                raise ValueError(f"{name} must be in 0..{top}")
        self.year, self.month, self.day, self.tzinfo = year, month, day, tzinfo
        self.hour, self.minute, self.second, self.microsecond = hour, minute, second, microsecond

    @classmethod
    def now(cls, tz=None):
        if tz is not None:
            return (cls(*_go.utcnow()[:7], tz) + tz.utcoffset(None))
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
            return cls(1970, 1, 1, tzinfo=tz) + tz.utcoffset(None) + timedelta(seconds=ts)
        off = _go.local(ts)[7]
        return cls(1970, 1, 1) + timedelta(seconds=off) + timedelta(seconds=ts)

    @classmethod
    def utcfromtimestamp(cls, ts):
        return cls(1970, 1, 1) + timedelta(seconds=ts)

    @classmethod
    def combine(cls, d, t):
        return cls(d.year, d.month, d.day, t.hour, t.minute, t.second, t.microsecond, t.tzinfo)

    @classmethod
    def fromordinal(cls, n):
        return cls(*_from_ordinal(n))

    @classmethod
    def fromisoformat(cls, s):
        import re
        m = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:.(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?)?", s)
        if not m:
            raise ValueError(f"Invalid isoformat string: {s!r}")
        g = m.groups()
        us = int((g[6] or "0").ljust(6, "0")[:6])
        return cls(int(g[0]), int(g[1]), int(g[2]), int(g[3] or 0), int(g[4] or 0), int(g[5] or 0), us, _zone(g[7]))

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
        us = self._us() - (self.utcoffset() or timedelta(seconds=_go.local(self.timestamp())[7]))._us + tz.utcoffset(None)._us
        return self._from_us(us, tz)

    def replace(self, **kw):
        d = {n: getattr(self, n) for n in ("year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo")}
        d.update(kw)
        return self.__class__(**d)

    def isoformat(self, sep="T", timespec="auto"):
        s = f"{self.year:04d}-{self.month:02d}-{self.day:02d}{sep}{self.hour:02d}:{self.minute:02d}"
        if timespec != "minutes":
            s += f":{self.second:02d}"
        if timespec == "milliseconds":
            s += f".{self.microsecond // 1000:03d}"
        elif timespec == "microseconds" or (timespec == "auto" and self.microsecond):
            s += f".{self.microsecond:06d}"
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
        return _go.strftime(self.year, self.month, self.day, self.hour, self.minute, self.second, self.microsecond,
                            None if off is None else off.days * 86400 + off.seconds, fmt)

    def timetuple(self):
        return (self.year, self.month, self.day, self.hour, self.minute, self.second, self.weekday(), 1, -1)

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
        a, b = self._pair(o)
        return a < b

    def __le__(self, o):
        a, b = self._pair(o)
        return a <= b

    def __gt__(self, o):
        a, b = self._pair(o)
        return a > b

    def __ge__(self, o):
        a, b = self._pair(o)
        return a >= b

    def __hash__(self):
        return hash(self._utc())


def _zone(s):
    if not s:
        return None
    if s == "Z":
        return timezone.utc
    sign = -1 if s[0] == "-" else 1
    s = s[1:].replace(":", "")
    off = timedelta(hours=sign * int(s[:2]), minutes=sign * int(s[2:4]))
    return timezone(off) if off else timezone.utc


_months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_months_full = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]


def _strptime(cls, s, fmt):
    import re
    kinds = {"Y": r"\d\d\d\d", "m": r"1[0-2]|0[1-9]|[1-9]", "d": r"3[0-1]|[1-2]\d|0[1-9]|[1-9]| [1-9]", "H": r"2[0-3]|[0-1]\d|\d",
             "M": r"[0-5]\d|\d", "S": r"6[0-1]|[0-5]\d|\d", "f": r"[0-9]{1,6}", "y": r"\d\d", "b": r"[A-Za-z]{3}", "B": r"[A-Za-z]+",
             "p": r"[AaPp][Mm]", "I": r"1[0-2]|0[1-9]|[1-9]", "z": r"[+-]\d\d:?[0-5]\d|Z", "j": r"\d{1,3}", "a": r"[A-Za-z]{3}", "A": r"[A-Za-z]+", "Z": r"[A-Za-z]+"}
    pattern, names, i = "", [], 0
    for short, long in (("%T", "%H:%M:%S"), ("%F", "%Y-%m-%d")):
        fmt = fmt.replace(short, long)
    while i < len(fmt):
        c = fmt[i]
        if c == "%":
            i += 1
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
    return cls(year, month, int(g.get("d", 1)), hour, int(g.get("M", 0)), int(g.get("S", 0)), int(g.get("f", "0").ljust(6, "0")), _zone(g.get("z")))
