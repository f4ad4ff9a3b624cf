import tarfile

from archives import member, tar

with tar() as file:
    file.addfile(member("mlp.cpp", tarfile.SYMTYPE, "/etc/passwd")[0])
    file.addfile(member("a/mlp.cpp", tarfile.LNKTYPE, "/etc/passwd")[0])
    file.addfile(member("b", tarfile.SYMTYPE, "/")[0])
    file.addfile(*member("b/mlp.cpp", tarfile.LNKTYPE, "../../solutions/02_mlp/mlp.cpp"))
