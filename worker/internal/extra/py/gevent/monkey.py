"""Everything that waits lets other greenlets run already, so there is nothing to patch."""


def patch_all(*args, **kwargs):
    return True


def _nothing(*args, **kwargs):
    pass


patch_socket = patch_ssl = patch_time = patch_thread = patch_select = patch_selectors = patch_dns = patch_os = _nothing
patch_queue = patch_subprocess = patch_signal = patch_builtins = patch_sys = patch_contextvars = patch_module = _nothing


def is_module_patched(mod_name):
    return mod_name in ("socket", "ssl", "time", "threading", "_thread", "select", "selectors", "os", "queue", "subprocess", "signal")


def is_anything_patched():
    return True


def is_object_patched(mod_name, item_name):
    return is_module_patched(mod_name)


def get_original(mod_name, item_name):
    import importlib
    return getattr(importlib.import_module(mod_name), item_name)


saved = {}
