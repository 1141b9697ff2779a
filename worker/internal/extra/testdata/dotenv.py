import io
import os
import tempfile

from dotenv import dotenv_values, load_dotenv

text = """
# comment
A=1
export B = two words  # comment
C='single $A \\n' # c
D="double\\nline ${A}"
E=${A}-${B}-${NOPE:-dflt}-${NOPE}
F=
G
H=a#b
  I=  spaced
J="quote \\" in"
K='it\\'s'
"""
print(dotenv_values(stream=io.StringIO(text)))
print(dotenv_values(stream=io.StringIO(text), interpolate=False)["E"])
os.environ["SET_BEFORE"] = "old"
os.environ.pop("GREGARIA_X", None)
print(load_dotenv(stream=io.StringIO("SET_BEFORE=new\nGREGARIA_X=x")), os.environ["SET_BEFORE"], os.environ["GREGARIA_X"], os.getenv("GREGARIA_X"))
print(load_dotenv(stream=io.StringIO("SET_BEFORE=new"), override=True), os.environ["SET_BEFORE"])
with tempfile.TemporaryDirectory() as d:
    name = os.path.join(d, ".env")
    with open(name, "w") as f:
        f.write("P=file\n")
    print(dotenv_values(name), load_dotenv(name), os.environ["P"], load_dotenv(os.path.join(d, "nope")))
