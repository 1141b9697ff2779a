# The names of user classes before Locust 1.0 (locust/util/deprecation.py): they can be imported, but not extended.
def _renamed(old, new):
    def refuse(cls, **kwargs):
        raise ImportError(
            f"The {old} class has been renamed to {new} in version 1.0. "
            "For more info see: https://docs.locust.io/en/latest/changelog.html#changelog-1-0"
        )

    return type(f"Deprecated{old}Class", (), {"__init_subclass__": classmethod(refuse), "__module__": __name__})


DeprecatedLocustClass = _renamed("Locust", "User")
DeprecatedHttpLocustClass = _renamed("HttpLocust", "HttpUser")
DeprecatedFastHttpLocustClass = _renamed("FastHttpLocust", "FastHttpUser")
