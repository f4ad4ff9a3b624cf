import os

from archives import code

os.mkdir(os.environ["name"])
with open(os.environ["name"] + "/mlp.cpp", "wb") as file:
    file.write(code.decode().encode("utf-16"))
