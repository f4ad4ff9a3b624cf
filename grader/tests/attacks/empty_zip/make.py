from archives import zip_file

zip_file().close()
