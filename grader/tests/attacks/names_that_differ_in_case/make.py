from archives import code, member, tar

with tar() as file:
    for name in ("MLP.CPP", "Mlp.cpp"):
        file.addfile(*member(name, data=b"#error the wrong one\n"))
    file.addfile(*member("mlp.cpp", data=code))
