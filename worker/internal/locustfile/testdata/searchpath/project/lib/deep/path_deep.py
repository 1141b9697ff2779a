NAME = "lib/deep/path_deep"
