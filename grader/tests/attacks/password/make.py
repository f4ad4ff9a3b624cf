import os

from archives import code, zip_file

with zip_file() as file:
    file.writestr("mlp.cpp", code)
with open(os.environ["name"] + ".zip", "r+b") as file:
    data = bytearray(file.read())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    file.seek(0)
    file.write(data)
