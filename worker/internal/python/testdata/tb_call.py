def f(a, b):
    return a.strip(b)
try:
    f(1)
except TypeError as e:
    print(e)
data = {"k": [1, 2, {"z": None}]}
héllo = "ünï"
print(héllo, f(" é ", " "), data["k"][2]["z"]["q"])
