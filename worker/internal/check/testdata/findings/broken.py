x = 1
y = (1 +  # fails: SyntaxError: '(' was never closed
