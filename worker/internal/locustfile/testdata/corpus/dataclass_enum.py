import enum
from dataclasses import dataclass, field, replace
from enum import Enum, IntEnum
from locust import HttpUser, task


class Level(Enum):
    LOW = "low"
    HIGH = "high"


class Priority(IntEnum):
    ONE = 1
    TWO = enum.auto()


@dataclass(frozen=True)
class Ticket:
    title: str
    level: Level = Level.LOW
    priority: Priority = Priority.ONE
    tags: tuple = ()
    counts: dict = field(default_factory=dict, compare=False)


class TicketUser(HttpUser):
    @task
    def create(self):
        for level in Level:
            t = Ticket(f"Ticket {level.name.lower()}", level, Priority.TWO, ("a",))
            print(t, level, repr(t.priority), Level("high") is Level.HIGH)
            self.client.post("/tickets", json={"title": t.title, "level": t.level.value, "priority": t.priority + 1})
        try:
            t.title = "changed"
        except Exception as e:
            print(type(e).__name__, e)
        print(replace(t, title="copy") == Ticket("copy", Level.HIGH, Priority.TWO, ("a",)))
