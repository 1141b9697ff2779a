"""Hooks."""
HOOKS = ["response"]


def default_hooks():
    return {event: [] for event in HOOKS}


def dispatch_hook(key, hooks, hook_data, **kwargs):
    hooks = (hooks or {}).get(key)
    if hooks:
        for hook in [hooks] if callable(hooks) else hooks:
            new = hook(hook_data, **kwargs)
            if new is not None:
                hook_data = new
    return hook_data
