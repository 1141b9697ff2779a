import random
random.seed(42)
print(random.random(), random.randint(1, 100), random.choice("abcdef"), random.uniform(1, 5))
l = list(range(10)); random.shuffle(l); print(l)
print(random.sample(range(100), 5), random.sample(list("abc"), 2), random.sample(range(1000), 30))
print(random.choices([1, 2, 3], k=5), random.choices("ab", weights=[1, 9], k=10), random.choices("ab", cum_weights=[1, 3], k=3))
print(random.gauss(0, 1), random.gauss(0, 1), random.normalvariate(0, 1), random.expovariate(1.5), random.triangular(1, 2, 1.5), random.betavariate(2, 3), random.gammavariate(0.5, 2), random.lognormvariate(0, 1), random.paretovariate(3), random.weibullvariate(1, 2))
print(random.getrandbits(10), random.getrandbits(100), random.randrange(10), random.randrange(0, 100, 7), random.randrange(10, 0, -3), random.randint(0, 10**30), random.randbytes(5))
for s in ("hello", b"x", 1.5, 0, -7, 2**100): random.seed(s); print(random.random())
r = random.Random(7); print(r.random(), r.choice([1, 2, 3]))
for f in (lambda: random.choice([]), lambda: random.randint(5, 1), lambda: random.sample([1], 2), lambda: random.randrange(0), lambda: random.sample({1, 2}, 1), lambda: random.choices([], k=1), lambda: random.randint(1), lambda: random.choices([1], weights=[1, 2])):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
