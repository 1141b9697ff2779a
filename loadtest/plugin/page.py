# The part of the plug-in that puts the tabs into Locust's web UI, and answers what they ask.


def has_tabs(options):
    """Whether the web UI is the one with tabs of plug-ins: 2.18 and 2.22 are the releases that brought it and made it the default."""
    if tuple(map(int, re.findall(r"\d+", locust.__version__)[:2])) < (2, 18):
        return False
    return getattr(options, "modern_ui", not getattr(options, "legacy_ui", False))


class Page:
    """What the web UI asks for: docs/loadtest.md, "Resources in Locust's web UI", and docs/timings.md."""

    def __init__(self, environment, hosts, timings, session=None):
        self.environment, self.hosts, self.timings, self.session = environment, hosts, timings, session
        self.tests = []  # [began, ended], in epoch seconds; ended is None while the test runs
        environment.events.test_start.add_listener(lambda **_: self.tests.append([time.time(), None]))
        environment.events.test_stop.add_listener(lambda **_: self.tests and self.tests[-1].__setitem__(1, time.time()))

    def register(self, web_ui):
        """Adds the routes, which ask for Locust's login where --web-login does, and the script to the pages that have tabs."""
        import flask

        base = getattr(self.environment.parsed_options, "web_base_path", None) or ""
        routes = flask.Blueprint("gregaria", __name__, url_prefix=base + "/gregaria")
        views = [("/", self.index), ("/now", self.now), ("/rows", self.rows), ("/csv", self.csv), ("/<name>", self.file)]
        if self.timings:
            views += [("/timings/now", self.timings.now), ("/timings/moment", self.timings.moment.now), ("/timings/rows", self.timings.series), ("/timings/csv", self.timings.csv)]
        if self.session:
            views += [("/tests", self.session.told)]
        for path, view in views:
            routes.add_url_rule(path, path.strip("/").replace("/", "_") or "index", web_ui.auth_required_if_enabled(view))
        web_ui.app.register_blueprint(routes)
        web_ui.app.after_request(self.add_script)
        if not has_tabs(self.environment.parsed_options):
            log.info("the web UI of this Locust has no tabs of plug-ins, as that of 2.22 has; resources and timings are at %s/gregaria/ of it", base)

    def add_script(self, response):
        """Adds the script to what shows Locust's tabs: its own page, and a plug-in's page that renders the same template."""
        import flask

        try:
            if response.mimetype != "text/html" or response.is_streamed or flask.request.path.endswith("/stats/report"):
                return response
            page = response.get_data()
            if b"window.templateArgs" in page:
                names = html.escape(json.dumps([host.name for host in self.hosts]))
                script = '<script src="./gregaria/tabs.js" data-hosts="%s" data-timings="%s"></script></body>' % (names, self.has_timings())
                response.set_data(page.replace(b"</body>", script.encode(), 1))
        except Exception:  # Locust's page without the tab is better than none
            log.exception("the tabs Resources and Timings cannot be shown")
        return response

    def has_timings(self):
        """What the script is told of timings: "csv" if there is a file, "tab" if not, and nothing in a Locust without workers."""
        return "" if not self.timings else "csv" if self.timings.table else "tab"

    def index(self):
        """Resources and timings on a page of their own."""
        return FILES["index.html"][1] % self.has_timings()

    def file(self, name):
        import flask

        if name not in FILES:
            flask.abort(404)
        kind, text = FILES[name]
        return flask.Response(text, content_type=kind + "; charset=utf-8", headers={"Cache-Control": "no-cache"})

    def now(self):
        """The hosts, the tests, and Locust's own history of the load from the entry `load` on."""
        import flask

        history, after = self.environment.runner.stats.history, flask.request.args.get("load", 0, int)
        if not 0 <= after <= len(history):  # Locust forgets it when a test starts
            after = 0
        after = max(after, len(history) - 4000)
        hosts = [{"name": host.name, "state": host.state()} for host in self.hosts]
        return flask.jsonify(hosts=hosts, tests=self.tests[-100:], first=after, load=history[after:], now=time.time())

    def host(self):
        import flask

        number = flask.request.args.get("host", 0, int)
        if not 0 <= number < len(self.hosts):
            flask.abort(404)
        return self.hosts[number]

    def rows(self):
        """Rows of a host's CSV: its header, then the lines after the position `after` of the file `file`."""
        import flask

        try:
            name, header, lines, after = self.host().rows(flask.request.args.get("file", ""), flask.request.args.get("after", -1, int))
        except OSError:
            name, header, lines, after = "", b"", b"", 0  # now() says why
        headers = {"Gregaria-File": name, "Gregaria-Next": str(after), "Cache-Control": "no-store"}
        return flask.Response(header + lines, content_type="text/csv; charset=utf-8", headers=headers)

    def csv(self):
        """A host's CSV, all of it."""
        import flask

        host = self.host()
        try:
            pieces, size = host.whole()
        except OSError:
            flask.abort(404, host.state())
        headers = {"Content-Disposition": 'attachment; filename="%s"' % os.path.basename(host.file()), "Content-Length": str(size)}
        return flask.Response(pieces, content_type="text/csv; charset=utf-8", headers=headers)
