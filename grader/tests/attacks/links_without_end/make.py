import tarfile

from archives import code, member, tar

with tar() as file:
    for i in range(20000):
        file.addfile(member(f"link{i}", tarfile.SYMTYPE, "/etc/passwd")[0])
    file.addfile(*member("mlp.cpp", data=code))
