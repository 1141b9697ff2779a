import re

_WRONG = "Invalid time span format"
_SPAN = re.compile(r"((?P<hours>\d+?)h)?((?P<minutes>\d+?)m)?((?P<seconds>\d+?)s)?")


def parse_timespan(time_str):
    if not time_str:
        raise ValueError(_WRONG)
    if re.match(r"^\d+$", time_str):
        return int(time_str)
    parts = _SPAN.match(time_str)
    if parts is None or parts.group(0) != time_str:
        raise ValueError(_WRONG + ". Valid formats: 20, 20s, 3m, 2h, 1h20m, 3h30m10s, etc.")
    scale = {"hours": 3600, "minutes": 60, "seconds": 1}
    return sum(int(value) * scale[unit] for unit, value in parts.groupdict().items() if value)
