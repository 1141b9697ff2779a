from locust import HttpUser, TaskSet, task, constant


class Visitor(HttpUser):
    wait_time = constant(0.1)

    @task(2)
    class Catalogue(TaskSet):
        visited = 0

        @task(4)
        def page(self):
            self.visited += 1
            self.client.get("/catalogue/%d" % self.visited, name="/catalogue/[n]")
            if self.visited >= 3:
                self.interrupt()

        @task(1)
        class Details(TaskSet):
            @task
            def detail(self):
                self.client.get("/catalogue/detail")
                print(type(self.parent).__name__, type(self.user).__name__)
                self.interrupt()

    @task(1)
    def home(self):
        self.client.get("/home")
