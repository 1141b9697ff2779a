from pathsetup import add

add("lib", "../shared")

import path_helper

print(path_helper.NAME)

import path_shared

print(path_shared.NAME)
