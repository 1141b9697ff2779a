NAME = "lib/path_helper"
