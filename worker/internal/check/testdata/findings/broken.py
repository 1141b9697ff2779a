x = 1
y = (1 +  # fails: SyntaxError: invalid syntax
