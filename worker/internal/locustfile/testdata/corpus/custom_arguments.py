from locust import HttpUser, events, task


@events.init_command_line_parser.add_listener
def _(parser):
    parser.add_argument("--api-version", type=str, env_var="LOCUST_API_VERSION", default="v2", help="Version of the API")
    parser.add_argument("--batch", type=int, default=3)
    parser.add_argument("--secret", include_in_web_ui=False, default="hidden")
    parser.add_argument("--verbose-log", action="store_true")


@events.test_start.add_listener
def show(environment, **kw):
    o = environment.parsed_options
    print(f"version {o.api_version}, batch {o.batch}, verbose {o.verbose_log}")


class ArgUser(HttpUser):
    @task
    def versioned(self):
        options = self.environment.parsed_options
        for n in range(options.batch):
            self.client.get(f"/api/{options.api_version}/items/{n}", name=f"/api/{options.api_version}/items/[n]")
