"""The versions of the packages that stock Locust comes with, as far as this worker stands in for them."""


class PackageNotFoundError(ModuleNotFoundError):
    def __str__(self):
        return f"No package metadata was found for {self.args[0]}"


def version(distribution_name):
    import gevent
    import locust
    import requests
    import urllib3

    found = {"locust": locust.__version__, "requests": requests.__version__, "urllib3": urllib3.__version__, "gevent": gevent.__version__}
    try:
        return found[distribution_name.lower()]
    except KeyError:
        raise PackageNotFoundError(distribution_name) from None
