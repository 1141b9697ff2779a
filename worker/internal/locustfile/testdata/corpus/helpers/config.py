import os

API = os.getenv("HELPERS_API", "/api")
RETRIES = 2


class Settings:
    timeout = 5
    names = ["x", "y"]

    @classmethod
    def describe(cls):
        return f"{cls.__name__}(timeout={cls.timeout}, names={cls.names})"
