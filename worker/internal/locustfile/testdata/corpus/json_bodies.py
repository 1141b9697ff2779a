import json
from locust import HttpUser, task

with open("data/products.json", encoding="utf-8") as f:
    CATALOGUE = json.load(f)


class JsonUser(HttpUser):
    @task
    def types(self):
        self.client.post("/json", json={
            "text": "Ünï \"quoted\" \\ /slash\n\t", "int": 12, "big": 2**70, "float": 1.0, "small": 1e-7, "large": 1e16, "neg": -0.0,
            "true": True, "none": None, "list": [1, [2, [3, []]], {}], "emoji": "🚀", "html": "<b>&'</b>", 5: "int key", 1.5: "float key", True: "bool key", None: "none key",
        })

    @task
    def dumped(self):
        for p in CATALOGUE["products"]:
            self.client.post("/json", data=json.dumps(p, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8"), headers={"content-type": "application/json"})
        self.client.post("/json", data=json.dumps(CATALOGUE, indent=2))

    @task
    def loaded(self):
        text = self.client.get("/numbers").text
        try:
            numbers = json.loads(text)
        except json.JSONDecodeError as e:
            numbers = {"error": str(e), "pos": e.pos}
        print(numbers)
        self.client.post("/json", json=numbers)

    @task
    def empties(self):
        self.client.post("/json", json={})
        self.client.post("/json", json=[])
        self.client.post("/json", json="just text")
        self.client.post("/json", json=0)
        self.client.post("/json", json=None)
