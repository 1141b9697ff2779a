"""No worker has a web UI or workers of its own: what a file does for them is never reached, whatever it needs."""
import sys

import jinja2
import werkzeug.security
from flask import Blueprint, Response, abort, current_app, redirect, request, session
from flask_login import LoginManager, UserMixin, login_required, login_user
from locust import HttpUser, LoadTestShape, events, task
from locust.runners import LocalRunner, MasterRunner, WorkerRunner

pages = Blueprint("pages", __name__, url_prefix="/pages")
logins = LoginManager()


class Operator(UserMixin):
    def __init__(self, name):
        self.id = name


@pages.route("/hello")
def hello():
    return Response(jinja2.Template("hello {{ name }}").render(name=request.args["name"]))


@pages.get("/secret")
@login_required
def secret():
    if "user" not in session:
        abort(403)
    return redirect(werkzeug.security.safe_join("/", "x"))


@logins.user_loader
def load(name):
    return Operator(name)


def add_pages(app):
    app.register_blueprint(pages)
    app.jinja_env.undefined = jinja2.StrictUndefined


class Steps(LoadTestShape):
    def tick(self):
        return (1, 1) if jinja2.Template("x") else None


@events.init.add_listener
def on_init(environment, runner=None, web_ui=None, **kwargs):
    print(type(runner).__name__, web_ui, environment.web_ui, type(environment.runner) is WorkerRunner)
    if environment.web_ui:
        add_pages(environment.web_ui.app)

        @environment.web_ui.app.route("/inside")
        def inside():
            return jinja2.Template("inside").render()
    if web_ui:
        jinja2.Template("a")
    if web_ui is not None and environment.web_ui.app:
        jinja2.Template("b")
    if isinstance(environment.runner, (MasterRunner, LocalRunner)):
        jinja2.Template("c")
    if not isinstance(runner, WorkerRunner):
        jinja2.Template("d")
    is_master = isinstance(runner, MasterRunner)
    if is_master:
        jinja2.Template("e")
    if type(runner) is MasterRunner or runner.__class__.__name__ == "MasterRunner":
        jinja2.Template("f")
    ui = environment.web_ui
    text = jinja2.Template("g") if ui else "no web UI"
    print(text, ui and jinja2.Template("h"), getattr(environment, "web_ui", None) and jinja2.Template("i"))
    if environment.web_ui is None:
        print("a worker")
    else:
        jinja2.Template("j")


@events.init.add_listener
def early(environment, **kwargs):
    if not environment.web_ui:
        return
    jinja2.Template("k")


@events.init.add_listener
def earlier(environment, web_ui=None, **kwargs):
    if web_ui is None:
        return
    environment.web_ui.app.add_url_rule("/x", "x", lambda: jinja2.Template("l"))


if "--master" in sys.argv:
    jinja2.Template("m")


class U(HttpUser):
    @task
    def t(self):
        print(bool(request), pages, Operator("a").get_id(), Operator("a") == Operator("a"))
        try:
            print(request.args)
        except RuntimeError as e:
            print(str(e).splitlines()[0])
        try:
            print(current_app.name)
        except RuntimeError as e:
            print(str(e).splitlines()[0])
        self.client.get("/plain")
