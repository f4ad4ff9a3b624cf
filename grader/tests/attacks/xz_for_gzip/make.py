import os
import tarfile

from archives import code, member

with tarfile.open(os.environ["name"] + ".tar.gz", "w:xz") as file:
    file.addfile(*member("mlp.cpp", data=code))
