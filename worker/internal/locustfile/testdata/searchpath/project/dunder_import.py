__import__("sys").path.append(__import__("os").path.join(__import__("os").path.dirname(__file__), "lib"))

import path_helper

print(path_helper.NAME)
