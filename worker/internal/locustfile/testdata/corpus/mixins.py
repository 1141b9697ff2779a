from locust import HttpUser, task


class LoginMixin:
    def login(self, name="guest"):
        self.client.post("/login", json={"name": name})
        self.logged_in = True


class CartMixin:
    def add(self, item, *, quantity=1, **options):
        return self.client.post("/cart", json={"item": item, "quantity": quantity, **options})


class MixedUser(LoginMixin, CartMixin, HttpUser):
    def on_start(self):
        self.login("mixed")

    @task
    def cart(self):
        self.add("lamp")
        self.add("chair", quantity=2, colour="red", gift=True)
        print(self.logged_in, [c.__name__ for c in type(self).__mro__[:4]])
