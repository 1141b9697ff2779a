"""What is in the module's namespace counts, also what was imported."""
from helpers.users import AbstractThing, ImportedUser
from locust import task


class Own(AbstractThing):
    @task
    def own(self):
        self.client.get("/own")
