import os
import socket

os.mkdir(os.environ["name"])
os.chdir(os.environ["name"])
socket.socket(socket.AF_UNIX).bind("mlp.cpp")
