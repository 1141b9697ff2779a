def isfunction(x): return type(x).__name__ == "function"
def isclass(x): return isinstance(x, type)
