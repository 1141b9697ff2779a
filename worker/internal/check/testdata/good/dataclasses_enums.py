from __future__ import annotations

import enum
import typing as t
from abc import ABC, abstractmethod
from collections import Counter, namedtuple
from dataclasses import asdict, dataclass, field

from locust import HttpUser, between, task

if t.TYPE_CHECKING:
    from pandas import DataFrame

Point = namedtuple("Point", "x y")


class Kind(enum.Enum):
    SMALL = "s"
    LARGE = "l"


@dataclass
class Order:
    kind: Kind
    at: Point = Point(1, 2)
    lines: t.List[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.lines)

    def payload(self) -> dict[str, t.Any]:
        d = asdict(self)
        d["kind"] = self.kind.value
        d["at"] = {"x": self.at.x, "y": self.at._replace(y=3).y}
        return d


class Base(ABC):
    @abstractmethod
    def frame(self) -> DataFrame: ...


class Buyer(HttpUser):
    wait_time = between(1, 2)
    counts: t.ClassVar[Counter] = Counter()

    @task
    def order(self):
        order = Order(Kind.LARGE)
        order.lines += ["a", "b"]
        Buyer.counts[order.kind.name] += order.size
        self.client.post("/orders", json=order.payload(), timeout=5)
        print(Buyer.counts.most_common(1)[0], Kind("s").name, Order.__name__)
