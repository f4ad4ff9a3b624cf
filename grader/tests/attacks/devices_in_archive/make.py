import tarfile

from archives import member, tar

with tar() as file:
    for name, kind in (("mlp.cpp", tarfile.CHRTYPE), ("a/mlp.cpp", tarfile.BLKTYPE), ("b/mlp.cpp", tarfile.FIFOTYPE)):
        file.addfile(member(name, kind)[0])
