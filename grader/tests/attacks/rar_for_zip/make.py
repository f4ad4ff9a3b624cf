import os

with open(os.environ["name"] + ".zip", "wb") as file:
    file.write(b"Rar!\x1a\x07\x01\x00" + bytes(100))
