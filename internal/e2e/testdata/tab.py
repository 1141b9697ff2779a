# A page of the master's web UI, with what CPython alone has.
# gregaria: master only
import ctypes
import sqlite3

from locust import events

ROWS = sqlite3.connect(":memory:", check_same_thread=False)
ROWS.execute("create table texts (text)")
POINTER = ctypes.sizeof(ctypes.c_void_p)


@events.init_command_line_parser.add_listener
def options(parser):
    parser.add_argument("--tab-text", default="none")


@events.init.add_listener
def page(environment, **kwargs):
    if environment.web_ui:
        ROWS.execute("insert into texts values (?)", [environment.parsed_options.tab_text])

        @environment.web_ui.app.route("/tab")
        def tab():
            return f"{ROWS.execute('select text from texts').fetchone()[0]} {POINTER}"
