import pathboot

import path_helper

print(path_helper.NAME)
