def proper_round(val, digits=0):
    """Rounds halves up: a little more than the digits of the number is added first."""
    number = float(val)
    return round(number + 10 ** -(len(str(number)) + 1), digits)
