"""What the scripts that pack an attack share: the file of a student who has not begun, and archives for it."""
import io
import os
import tarfile
import zipfile

with open(os.environ["starter"] + "/mlp.cpp", "rb") as file:
    code = file.read()


def tar():
    return tarfile.open(os.environ["name"] + ".tar.gz", "w:gz")


def zip_file():
    return zipfile.ZipFile(os.environ["name"] + ".zip", "w", zipfile.ZIP_DEFLATED)


def member(name, kind=tarfile.REGTYPE, link="", data=b""):
    """The two arguments of TarFile.addfile."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.size = kind, link, len(data)
    return info, io.BytesIO(data)
