def f():
    pass
return 1  # fails: SyntaxError: 'return' outside function
