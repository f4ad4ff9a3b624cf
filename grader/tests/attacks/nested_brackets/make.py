import os

os.mkdir(os.environ["name"])
with open(os.environ["name"] + "/mlp.cpp", "w") as file:
    file.write("int nested = " + "(" * 100000 + "1" + ")" * 100000 + ";\n#error ends here\n")
