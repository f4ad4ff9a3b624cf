from archives import code, member, tar

with tar() as file:
    for name in ("a\nb", "\x1b[2J", "<script>alert(1)</script>", "-rf", "--version", "=1+1", "`rm`", "$(rm)", "\udcff\udcfe",
                 "a" * 5000, "\u202e", "mlp.cpp\n", " mlp.cpp", "# 100 of 100"):
        file.addfile(*member(name, data=b"x"))
    file.addfile(*member("mlp.cpp", data=code))
