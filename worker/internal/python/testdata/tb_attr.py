class A:
    def __init__(self):
        self.x = None
    def go(self):
        return self.x.missing.name
def gen():
    yield 1
    yield A().go()
total = sum(len(v) for v in [[1], [2]])
print(total)
for i in gen():
    print(i)
