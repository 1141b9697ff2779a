import importlib

importlib.import_module("path_nowhere")
