"""A web UI that asks who is there, as Locust's documentation has it set up."""

from locust import User, events


class Nobody(User):
    fixed_count = 0


@events.init.add_listener
def set_up_login(environment, **_):
    environment.web_ui.login_manager.user_loader(lambda user_id: None)
    environment.web_ui.app.secret_key = "of a test"
    environment.web_ui.auth_args = {"username_password_callback": "/login_submit"}
