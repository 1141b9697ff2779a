import sys
from loguru import logger

logger.remove()
first = logger.add(sys.stdout, format="{level} {level: <8}| {message} {extra}", level="INFO")
logger.debug("not shown")
logger.info("plain")
logger.info("hello {} and {name}", 1, name="two")
logger.success("yes")
logger.warning("braces {{}} {}", 3)
logger.bind(user="u1").error("bound")
logger.log("CRITICAL", "by name")
logger.log(35, "by number")
with logger.contextualize(task=1):
    logger.info("in context")
logger.info("out of context")
lines = []
second = logger.add(lines.append, format="<green>{time:YYYY}</green> <level>{message}</level>", level=40)
logger.error("to both")
print(len(lines), lines[0].record["message"], lines[0].record["level"].no, lines[0][4:])
logger.remove(second)
logger.error("to one")
try:
    logger.remove(99)
except ValueError as e:
    print(e)
logger.opt(lazy=True).info("lazy {}", lambda: 5)
logger.opt(raw=True).info("raw\n")
logger.remove()
logger.add(sys.stdout, format="{message}", filter=lambda r: "yes" in r["message"])
logger.info("no")
logger.info("yes")
logger.remove()
logger.add(sys.stdout, format="{file}:{line}:{function} {message}")


def inside():
    logger.info("where")


inside()
