NAME = "shared/path_shared"
