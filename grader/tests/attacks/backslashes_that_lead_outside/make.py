from archives import code, zip_file

with zip_file() as file:
    for name in ("..\\mlp.cpp", "..\\..\\labs\\02_mlp\\mlp.cpp"):
        file.writestr(name, code)
