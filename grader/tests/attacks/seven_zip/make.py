import os

with open(os.environ["name"] + ".zip", "wb") as file:
    file.write(b"7z\xbc\xaf\x27\x1c" + bytes(100))
