"""As much of Flask-Login as there is on a worker: nobody logs in there."""
import _absent
from flask import LocalProxy, _APP, _REQUEST, _outside

__getattr__ = _absent.names("flask_login", "FlaskLoginClient confirm_login fresh_login_required login_fresh login_url set_login_view encode_cookie decode_cookie")


class UserMixin:
    __hash__ = object.__hash__

    @property
    def is_active(self):
        return True

    @property
    def is_authenticated(self):
        return self.is_active

    @property
    def is_anonymous(self):
        return False

    def get_id(self):
        try:
            return str(self.id)
        except AttributeError:
            raise NotImplementedError("No `id` attribute - override `get_id`") from None

    def __eq__(self, other):
        return self.get_id() == other.get_id() if isinstance(other, UserMixin) else NotImplemented


class AnonymousUserMixin:
    is_authenticated = is_active = False
    is_anonymous = True

    def get_id(self):
        return None


class LoginManager:
    def __init__(self, app=None, add_context_processor=True):
        self.anonymous_user, self.login_view, self.blueprint_login_views = AnonymousUserMixin, None, {}
        self.login_message, self.login_message_category, self.session_protection = "Please log in to access this page.", "message", "basic"

    def user_loader(self, callback):
        self._user_callback = callback
        return callback

    def request_loader(self, callback):
        self._request_callback = callback
        return callback

    def unauthorized_handler(self, callback):
        self.unauthorized_callback = callback
        return callback


current_user = LocalProxy(_REQUEST)
login_user = logout_user = _outside(_REQUEST)


def login_required(func):
    import functools

    return functools.wraps(func)(_outside(_APP))
