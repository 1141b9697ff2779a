def system(): return "Linux"
def node(): return "localhost"
def python_version(): return "3.11.7"
def platform(): return "Linux"
