#pragma once

// BLAS as xtensor-blas offers it, with one name for float and double:
//
//     cxxblas::gemm(order, transpose_a, transpose_b, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
//
// C = alpha op(A) op(B) + beta C, where op(A) is (m, k), op(B) is (k, n) and C is (m, n) (BLAS xGEMM; Dongarra et al.
// 1990). order is cxxblas::RowMajor; the flags are cxxblas::NoTrans or cxxblas::Trans; sizes are int, alpha and beta
// Real, and a, b, c point to the first numbers. The leading dimensions lda, ldb, ldc say how many numbers lie between
// the starts of two rows of A, B, C as they are *stored*, before op. Sizes are not checked.
//
// Nothing is compiled here: common/blas/gemm.cpp holds gemm for Real and int. Sizes of another type do not link; for
// them xtensor-blas would take slow loops of its own. OpenBLAS's <cblas.h> cannot be included beside this header.
#include <complex>
#include <xtensor-blas/xblas_config.hpp>  // says that there is a CBLAS to call

#include "xflens/cxxblas/level3/gemm.h"
