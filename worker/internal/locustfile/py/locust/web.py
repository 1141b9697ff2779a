# The web UI (locust/web.py) is the master's: on a worker environment.web_ui is None, and its class is for annotations.
class WebUI:
    def __init__(self, *args, **kwargs):
        raise RuntimeError("a worker has no web UI: it is the master's")
