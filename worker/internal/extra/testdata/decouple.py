import os

from decouple import Config, Csv, RepositoryEmpty, UndefinedValueError, config

os.environ.update(DC_A="1", DC_B="yes", DC_C="a, b ,c", DC_D="off")
print(config("DC_A", cast=int), config("DC_B", cast=bool), config("DC_C", cast=Csv()), config("DC_D", cast=bool), config("DC_NOPE", default=5), config("DC_NOPE", default="7", cast=int), config("DC_NOPE", default=False, cast=bool))
print(config("DC_C", cast=Csv(post_process=tuple)), Csv(int)("1,2"))
for f in (lambda: config("DC_NOPE"), lambda: config("DC_C", cast=bool)):
    try:
        f()
    except (UndefinedValueError, ValueError) as e:
        print(type(e).__name__, e)
