from archives import code, member, tar

with tar() as file:
    for name in ("../../mlp.cpp", "/tmp/left-by-an-attack", "a/../../left-by-an-attack", "../.bashrc", "/mlp.cpp"):
        file.addfile(*member(name, data=b"#error outside\n"))
    file.addfile(*member("mlp.cpp", data=code))
