from locust import HttpUser, between, task

QUERY = """
query Product($id: ID!) {
  product(id: $id) {
    name
    price
  }
}
"""


class GraphQLUser(HttpUser):
    wait_time = between(1, 2)

    def execute(self, query, variables=None, name=None):
        with self.client.post("/graphql", json={"query": query, "variables": variables or {}}, name=name or "/graphql", catch_response=True) as response:
            try:
                data = response.json()
            except ValueError:
                response.failure("not JSON")
                return None
            if "errors" in data:
                response.failure(data["errors"][0]["message"])
            return data

    @task(3)
    def product(self):
        print(self.execute(QUERY, {"id": 5}, name="product"))

    @task
    def mutation(self):
        self.execute("mutation { addToCart(id: 5, quantity: 2) { total } }")
