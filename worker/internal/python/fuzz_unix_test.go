package python

import "os"

type osFileMode = os.FileMode
