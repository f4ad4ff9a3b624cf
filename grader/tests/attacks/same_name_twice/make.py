from archives import code, member, tar

with tar() as file:
    file.addfile(*member("mlp.cpp", data=code))
    file.addfile(*member("./mlp.cpp", data=b"#error the second one\n"))
