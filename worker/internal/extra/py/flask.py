"""As much of Flask as there is on a worker: no application runs there, so views are registered and never called."""
import _absent

__getattr__ = _absent.names(
    "flask",
    "Config Flask Request Response abort after_this_request copy_current_request_context get_template_attribute json redirect"
    " stream_template stream_template_string stream_with_context views",
)
_REQUEST = """Working outside of request context.

This typically means that you attempted to use functionality that needed
an active HTTP request. Consult the documentation on testing for
information about how to avoid this problem."""
_APP = """Working outside of application context.

This typically means that you attempted to use functionality that needed
the current application. To solve this, set up an application context
with app.app_context(). See the documentation for more information."""


class LocalProxy:
    def __init__(self, why):
        object.__setattr__(self, "_why", why)

    def __getattr__(self, name):
        raise RuntimeError(self._why)

    def __setattr__(self, name, value):
        raise RuntimeError(self._why)

    def _outside(self, *args):
        raise RuntimeError(self._why)

    __getitem__ = __setitem__ = __delitem__ = __contains__ = __iter__ = __len__ = __call__ = _outside

    def __bool__(self):
        return False

    def __repr__(self):
        return "<LocalProxy unbound>"


request, session = LocalProxy(_REQUEST), LocalProxy(_REQUEST)
g, current_app = LocalProxy(_APP), LocalProxy(_APP)


def _outside(why):
    def outside(*args, **kwargs):
        raise RuntimeError(why)

    return outside


jsonify = url_for = make_response = render_template = render_template_string = _outside(_APP)
send_file = send_from_directory = flash = get_flashed_messages = _outside(_REQUEST)


def has_request_context():
    return False


has_app_context = has_request_context


class Blueprint:
    def __init__(
        self, name, import_name, static_folder=None, static_url_path=None, template_folder=None, url_prefix=None, subdomain=None, url_defaults=None,
        root_path=None, cli_group=None,
    ):
        if not name:
            raise ValueError("'name' may not be empty.")
        if "." in name:
            raise ValueError("'name' may not contain a dot '.' character.")
        self.name, self.import_name, self.url_prefix, self.subdomain, self.root_path = name, import_name, url_prefix, subdomain, root_path
        self.static_folder, self.static_url_path, self.template_folder = static_folder, static_url_path, template_folder
        self.url_values_defaults, self.cli_group, self.deferred_functions = url_defaults or {}, cli_group, []

    def __repr__(self):
        return f"<Blueprint {self.name!r}>"

    def record(self, func):
        self.deferred_functions.append(func)

    record_once = record

    def add_url_rule(self, rule, endpoint=None, view_func=None, provide_automatic_options=None, **options):
        if endpoint and "." in endpoint:
            raise ValueError("'endpoint' may not contain a dot '.' character.")
        self.record((rule, endpoint, view_func))

    def route(self, rule, **options):
        def decorator(f):
            self.add_url_rule(rule, options.pop("endpoint", None), f, **options)
            return f

        return decorator

    get = post = put = patch = delete = route

    def _kept(self, f):
        self.record(f)
        return f

    before_request = after_request = teardown_request = before_app_request = after_app_request = teardown_app_request = _kept
    context_processor = app_context_processor = url_value_preprocessor = app_url_value_preprocessor = url_defaults = app_url_defaults = _kept

    def _keeper(self, *args):
        return self._kept

    errorhandler = app_errorhandler = app_template_filter = app_template_global = app_template_test = endpoint = _keeper

    def register_error_handler(self, code_or_exception, f):
        self.record(f)

    def register_blueprint(self, blueprint, **options):
        if blueprint is self:
            raise ValueError("Cannot register a blueprint on itself")
        self.record(blueprint)
