import tarfile

from archives import code, member, tar

with tar() as file:
    file.addfile(*member("mlp.cpp", data=code))
    info = tarfile.TarInfo("zeros")
    info.size = 300 << 20
    with open("/dev/zero", "rb") as zeros:
        file.addfile(info, zeros)
