"""Bodies for the tests."""
import json
import random
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import List, Optional

DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass
class Address:
    street: str
    city: str = "Vienna"
    zip_code: Optional[str] = None


@dataclass(order=True)
class Customer:
    name: str
    age: int = 30
    addresses: List[Address] = field(default_factory=list)

    @property
    def is_adult(self) -> bool:
        return self.age >= 18

    def to_dict(self):
        return asdict(self)


def load(name):
    with open(DATA / name, encoding="utf-8") as f:
        return json.load(f)


def random_customer():
    first = random.choice(["Ada", "Grace", "Edsger"])
    return Customer(first, random.randint(10, 70), [Address(f"Street {random.randint(1, 99)}")])
