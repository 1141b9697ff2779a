def f():
    try:
        pass
    except* ValueError:  # fails: except* (exception groups) is not supported; REMEDY
        pass
