import queue
from locust import HttpUser, task

accounts = queue.Queue()
for n in range(1, 6):
    accounts.put({"id": n, "email": f"user{n:03d}@example.com"})


class PoolUser(HttpUser):
    @task
    def use_account(self):
        account = accounts.get()
        self.client.get(f"/accounts/{account['id']}", name="/accounts/[id]", params={"email": account["email"]})
        accounts.put(account)

    @task
    def drain(self):
        try:
            account = accounts.get(block=False)
        except queue.Empty:
            print("no accounts left")
            return
        self.client.post("/drain", json=account)
        print(accounts.qsize(), accounts.empty())
