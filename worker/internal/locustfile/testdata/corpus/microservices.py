import os
from locust import HttpUser, TaskSet, constant, task

SERVICES = {
    "users": os.getenv("USERS_PREFIX", "/users-svc"),
    "orders": os.getenv("ORDERS_PREFIX", "/orders-svc"),
    "stock": os.getenv("STOCK_PREFIX", "/stock-svc"),
}


class ServiceTasks(TaskSet):
    service = None

    def path(self, suffix):
        return SERVICES[self.service] + suffix

    @task
    def health(self):
        self.client.get(self.path("/health"), name=f"{self.service} health")

    @task
    def leave(self):
        self.interrupt()


class Users(ServiceTasks):
    service = "users"

    @task(2)
    def list_users(self):
        self.client.get(self.path("/users"))


class Orders(ServiceTasks):
    service = "orders"

    @task(2)
    def list_orders(self):
        self.client.get(self.path("/orders"))


class Everything(HttpUser):
    wait_time = constant(0)
    tasks = [Users, Orders, Orders]
