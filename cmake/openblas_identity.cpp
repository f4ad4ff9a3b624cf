// Prints the name, the version and the threads of the BLAS library; links with OpenBLAS only.
#include <cblas.h>
#include <cstdio>

int main() { std::printf("%s, %d threads", openblas_get_config(), openblas_get_num_threads()); }
