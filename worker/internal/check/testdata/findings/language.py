async def fetch():  # fails: async functions are not supported; REMEDY
    await fetch()  # fails: await is not supported; REMEDY


def f():
    try:
        pass
    except* ValueError:  # fails: except* (exception groups) is not supported; REMEDY
        pass
