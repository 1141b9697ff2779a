x = 3j  # fails: SyntaxError: complex numbers are not supported; REMEDY
