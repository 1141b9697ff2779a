# What Locust's own options are without a command line (locust.argument_parser.default_args_dict, Locust 2.47.0), on a worker.
DEFAULTS = {
    "autoquit": -1,
    "autostart": False,
    "build_path": "",
    "class_picker": False,
    "config": None,
    "config_users": None,
    "csv_prefix": None,
    "enable_rebalancing": False,
    "equal_weights": False,
    "exclude_tags": None,
    "exit_code_on_error": 1,
    "expect_slaves": None,
    "expect_workers": 1,
    "expect_workers_max_wait": 0,
    "headful": False,
    "headless": False,
    "host": None,
    "html_file": None,
    "json": False,
    "json_file": None,
    "legacy_ui": False,
    "list_commands": False,
    "locustfile": "locustfile.py",
    "logfile": None,
    "loglevel": "INFO",
    "master": False,
    "master_bind_host": "*",
    "master_bind_port": 5557,
    "master_host": "127.0.0.1",
    "master_port": 5557,
    "num_users": None,
    "only_summary": False,
    "otel": False,
    "print_stats": False,
    "processes": None,
    "profile": None,
    "reset_stats": False,
    "run_time": None,
    "show_task_ratio": False,
    "show_task_ratio_json": False,
    "skip_log_setup": False,
    "slave": None,
    "spawn_rate": None,
    "stats_history_enabled": False,
    "stop_timeout": 0,
    "tags": None,
    "tls_cert": "",
    "tls_key": "",
    "user_classes": [],
    "web_auth": None,
    "web_base_path": "",
    "web_host": "",
    "web_host_display_name": None,
    "web_login": False,
    "web_port": 8089,
    "worker": True,
}


class Namespace:
    def __init__(self, **kwargs):
        self.__dict__.update(kwargs)

    def __eq__(self, other):
        return isinstance(other, Namespace) and vars(self) == vars(other)

    def __contains__(self, key):
        return key in self.__dict__

    def __repr__(self):
        return "Namespace(" + ", ".join(f"{name}={value!r}" for name, value in vars(self).items()) + ")"


def options(more=None):
    values = {name: list(value) if isinstance(value, list) else value for name, value in DEFAULTS.items()}
    return Namespace(**{**values, **(more or {})})  # the file may have defaults of its own: parser.set_defaults
