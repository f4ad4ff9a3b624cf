#pragma once

// BLAS as xtensor-blas offers it, with one name for float and double:
//
//     cxxblas::gemm(order, transpose_a, transpose_b, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
//
// C = alpha op(A) op(B) + beta C, where op(A) is (m, k), op(B) is (k, n) and C is (m, n) (BLAS xGEMM; Dongarra et al.
// 1990). order is cxxblas::RowMajor; the flags are cxxblas::NoTrans or cxxblas::Trans; sizes are int, alpha and beta
// Real, and a, b, c point to the first numbers. The leading dimensions lda, ldb, ldc are the distances, in numbers,
// between the starts of two rows of A, B, C as *stored*, before op. Sizes are not checked.
// Nothing is compiled here: common/blas/gemm.cpp defines gemm for Real and int. Sizes of other types do not link,
// because xtensor-blas would use slow loops of its own for them. Do not include OpenBLAS's <cblas.h> together with this
// header.
#include <complex>
#include <xtensor-blas/xblas_config.hpp>  // says that there is a CBLAS to call

#include "xflens/cxxblas/level3/gemm.h"
