# gregaria: master only
"""A user's own plug-in of the master: a login, a tab with a table on Locust's page, and a page of its own with another, as in Locust's
documentation ("Extending the Web UI", "Adding authentication to the Web UI")."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import UserMixin, login_user
from locust import events

lengths = {}


class Person(UserMixin):
    def __init__(self, name):
        self.id = name


@events.request.add_listener
def count(request_type, name, response_length, **_):
    lengths[name] = lengths.get(name, 0) + response_length


@events.init.add_listener
def extend(environment, **_):
    web_ui = environment.web_ui
    if not web_ui:
        return
    own = Blueprint("own", __name__)
    table = [{"key": "content-length", "structure": [{"key": "name", "title": "Name"}, {"key": "length", "title": "Total content length"}]}]
    tabs = {"extendedTabs": [{"title": "Content Length", "key": "content-length"}], "extendedTables": table}
    web_ui.template_args.update(tabs, extendedCsvFiles=[{"href": "/own/csv", "title": "Download content length CSV"}])

    @own.route("/own")
    @web_ui.auth_required_if_enabled
    def page():
        web_ui.update_template_args()
        return render_template("index.html", template_args={**web_ui.template_args, **tabs})

    if environment.parsed_options.web_login:
        web_ui.app.secret_key = "of this test"
        web_ui.login_manager.user_loader(Person)
        web_ui.auth_args = {"username_password_callback": "/enter"}

        @own.route("/enter", methods=["POST"])
        def enter():
            if request.form.get("password") != "locust":
                return redirect(url_for("locust.login"))
            login_user(Person(request.form["username"]))
            return redirect(url_for("locust.index"))

    web_ui.app.register_blueprint(own)
