# The environment of a test on a worker (locust/env.py).
from locust.event import Events
from locust.exception import RunnerAlreadyExistsError
from locust.stats import RequestStats


class Environment:
    def __init__(
        self,
        *,
        user_classes=None,
        shape_class=None,
        tags=None,
        locustfile=None,
        exclude_tags=None,
        events=None,
        host=None,
        reset_stats=False,
        stop_timeout=None,
        catch_exceptions=True,
        parsed_options=None,
        parsed_locustfiles=None,
        available_user_classes=None,
        available_shape_classes=None,
        available_user_tasks=None,
        dispatcher_class=None,
        profile=None,
    ):
        self.runner = None
        self.web_ui = None
        self.process_exit_code = None
        self.events = events or Events()
        self.locustfile = locustfile
        self.user_classes = user_classes or []
        self.shape_class = shape_class
        self.tags = tags
        self.exclude_tags = exclude_tags
        self.stats = RequestStats()
        self.host = host
        self.reset_stats = reset_stats
        self.profile = profile
        if stop_timeout is None:
            stop_timeout = float(getattr(parsed_options, "stop_timeout", 0.0))
        self.stop_timeout = stop_timeout
        self.catch_exceptions = catch_exceptions
        self.parsed_options = parsed_options
        self.parsed_locustfiles = parsed_locustfiles
        self.available_user_classes = available_user_classes
        self.available_shape_classes = available_shape_classes
        self.available_user_tasks = available_user_tasks
        self.dispatcher_class = dispatcher_class
        self.worker_logs = {}

    @property
    def user_classes_by_name(self):
        return {cls.__name__: cls for cls in self.user_classes}

    def assign_equal_weights(self):
        for cls in self.user_classes:
            cls.weight = 1
            left, flat = list(cls.tasks), []
            while left:
                one = left.pop()
                if hasattr(one, "tasks"):
                    left.extend(one.tasks)
                elif not callable(one):
                    raise ValueError("Unrecognized task type in user")
                elif one not in flat:
                    flat.append(one)
            cls.tasks = flat

    def update_user_class(self, user_settings):
        name = user_settings.get("user_class_name")
        cls, tasks = self.available_user_classes[name], self.available_user_tasks[name]
        for key, value in user_settings.items():
            if key == "tasks":
                cls.tasks = [task for task in tasks if task.__name__ in value]
            elif key != "user_class_name":
                setattr(cls, key, value)

    def update_worker_logs(self, worker_log_report):
        if worker_log_report.get("worker_id"):
            self.worker_logs[worker_log_report["worker_id"]] = worker_log_report.get("logs", [])

    def _obey_command_line(self):
        for user_settings in [one for many in self.parsed_options.config_users or [] for one in many]:
            try:
                self.update_user_class(user_settings)
            except KeyError as e:
                from locust.argument_parser import _Problem

                problem = _Problem(2)
                problem.origin = ""
                problem.text = "Error applying user config, probably you tried to specify config for a User not present in your locustfile: " + str(e)
                raise problem
        if self.parsed_options.equal_weights:
            self.events.init.add_listener(lambda environment, **kwargs: environment.assign_equal_weights())

    def _filter_tasks_by_tags(self):
        if getattr(self, "_tasks_filtered", False):
            return
        self._tasks_filtered = True
        wanted = self._tags("tags")
        unwanted = self._tags("exclude_tags")
        for cls in self.user_classes:
            _filter(cls, wanted, unwanted, {})

    def _tags(self, option):
        tags = getattr(self, option)
        if tags is None:
            tags = getattr(self.parsed_options, option, None) or None
        return None if tags is None else set(tags)

    def _no_runner(self, *args, **kwargs):
        if self.runner is not None:
            raise RunnerAlreadyExistsError(f"Environment.runner already exists ({self.runner})")
        raise NotImplementedError("a Gregaria worker makes no runners: use Locust as a library with Python")

    create_local_runner = create_master_runner = create_worker_runner = create_web_ui = _no_runner


def _filter(holder, wanted, unwanted, checked):
    left = []
    for one in holder.tasks:
        if one not in checked:
            checked[one] = _passes(one, wanted, unwanted, checked)
        if checked[one]:
            left.append(one)
    holder.tasks = left
    if not left and not _markov(holder):
        import logging

        logging.warning(f"{holder.__name__} had no tasks left after filtering, instantiating it will fail!")


def _passes(one, wanted, unwanted, checked):
    if hasattr(one, "tasks"):
        _filter(one, wanted, unwanted, checked)
        return len(one.tasks) > 0 or _markov(one)
    tags = getattr(one, "locust_tag_set", set())
    if wanted is not None and not tags & wanted:
        return False
    return unwanted is None or not tags & unwanted


def _markov(one):
    return hasattr(one, "current") and not getattr(one, "abstract", True)
