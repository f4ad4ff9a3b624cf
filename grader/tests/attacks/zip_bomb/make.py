from archives import zip_file

with zip_file() as file:
    with file.open("mlp.cpp", "w", force_zip64=True) as out:
        for _ in range(300):
            out.write(bytes(1 << 20))
