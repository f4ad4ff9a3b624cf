extern "C" {
void cblas_dgemm(...) {}
void cblas_sgemm(...) {}
void cblas_dgemv(...) {}
}
