from archives import code, member, tar

with tar() as file:
    file.addfile(*member("mlp.cpp", data=code))
    for number in range(20_000):
        file.addfile(*member(f"file-{number}"))
