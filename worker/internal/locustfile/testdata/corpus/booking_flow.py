"""A visitor searches for a flight, picks a seat, books and pays; some give up."""
import datetime
import random

from locust import HttpUser, SequentialTaskSet, TaskSet, between, task

AIRPORTS = ["VIE", "BER", "ZRH", "LHR", "CDG"]


class PaymentFailed(Exception):
    """The payment service said no."""


class Booking(SequentialTaskSet):
    seats = [f"{row}{letter}" for row in range(1, 4) for letter in "ABC"]

    def on_start(self):
        self.origin, self.destination = random.sample(AIRPORTS, k=2)
        self.date = datetime.date(2030, 1, 1) + datetime.timedelta(days=random.randrange(365))
        self.passengers = [{"name": f"Passenger {i}", "age": random.randint(1, 90)} for i in range(random.randint(1, 3))]

    @task
    def search(self):
        with self.client.get(
            "/flights",
            params={"from": self.origin, "to": self.destination, "date": self.date.isoformat(), "adults": sum(1 for p in self.passengers if p["age"] >= 18)},
            name="/flights",
            catch_response=True,
        ) as response:
            if response.status_code == 200:
                self.offers = response.json()["items"]
                self.offer = min(self.offers, key=lambda o: (o["price"], -o["id"]))
                response.success()
            else:
                response.failure("no flights")
                self.interrupt()

    @task
    class Seats(TaskSet):
        @task(3)
        def look(self):
            self.client.get(f"/flights/{self.parent.offer['id']}/seats", name="/flights/[id]/seats")

        @task(2)
        def pick(self):
            self.parent.seat = random.choice(self.parent.seats)
            self.client.put(f"/flights/{self.parent.offer['id']}/seats/{self.parent.seat}", name="/flights/[id]/seats/[seat]")
            self.interrupt(reschedule=False)

    @task
    def pay(self):
        total = self.offer["price"] * len(self.passengers)
        if random.random() < 0.3:
            raise PaymentFailed(f"card refused for {total:.2f} EUR")
        self.client.post("/payments", json={"total": total, "seat": self.seat, "passengers": self.passengers})

    @task
    def leave(self):
        self.interrupt()


class Traveller(HttpUser):
    wait_time = between(2, 6)
    tasks = [Booking]
