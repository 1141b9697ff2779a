# What becomes of a generator when the loop over it is left.


def numbers(tag, n=3):
    try:
        for i in range(n):
            yield i
        print(tag, "at its end")
    finally:
        print(tag, "over")


def nested(tag):
    for x in numbers(tag + " inner"):
        yield x


class Box:
    def items(self, tag):
        yield from numbers(tag)

    def kept(self, tag):
        self.it = numbers(tag)
        return self.it


for x in numbers("break"):
    break
print("after break")


def returns():
    for x in numbers("return"):
        return x


print(returns(), "returned")

try:
    for x in numbers("raise"):
        raise KeyError(x)
except KeyError:
    print("caught")

for x in numbers("whole"):
    pass
else:
    print("else")

for x in numbers("continue"):
    if x == 0:
        continue
    break
print("after continue")

it = numbers("variable")
for x in it:
    break
print("variable goes on with", next(it))
for x in it:
    print("and", x)

for x in nested("nested"):
    break
print("after nested")

box = Box()
for x in box.items("method"):
    break
print("after method")
for x in box.kept("kept"):
    break
print("kept goes on with", next(box.it))
box.it.close()



def two():
    for x in numbers("outer"):
        for y in numbers("inner"):
            if y == 1:
                break
        if x == 1:
            return


two()


def fails(tag):
    try:
        yield 1
    finally:
        print(tag, "fails")


def swallows():
    for x in fails("swallows"):
        yield x


g = swallows()
next(g)
g.close()
print("end")
