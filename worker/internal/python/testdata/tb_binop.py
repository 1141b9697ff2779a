def f(a, b):
    x = 1 + a * (b + "s") - 3
    return x
print("before")
f(1, 2)
