# task and tag (locust/user/task.py).
import logging


def task(weight=1):
    if callable(weight):
        return _weigh(weight, 1)
    return lambda func: _weigh(func, weight)


def _weigh(func, weight):
    if func.__name__ in ("on_stop", "on_start"):
        logging.warning(
            "You have tagged your on_stop/start function with @task. This will make the method get called both as a task AND on stop/start."
        )
    if func.__name__ == "run":
        raise Exception(
            "User.run() is a method used internally by Locust, and you must not override it or register it as a task"
        )
    func.locust_task_weight = weight
    return func


def tag(*tags):
    if not tags or callable(tags[0]):
        raise ValueError("No tag name was supplied")

    def mark(decorated):
        if hasattr(decorated, "tasks"):
            decorated.tasks = [mark(t) for t in decorated.tasks]
            return decorated
        if "locust_tag_set" not in decorated.__dict__:
            decorated.locust_tag_set = set()
        decorated.locust_tag_set |= set(tags)
        return decorated

    return mark
