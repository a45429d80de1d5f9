// Matrix products in float32. libtorch calls BLAS's sgemm_, and finds this one when the shim is loaded before it. oneDNN, which libtorch brings for
// convolutions, takes 0.75 to 0.9 of OpenBLAS's time from some 500,000 multiplications on; small and thin products stay with BLAS.
#include "shim.h"
#include "shim_blas.h"

#include <cstdint>

// Not there in a libtorch that has it inside and calls no sgemm_ from outside.
extern "C" __attribute__((weak)) int dnnl_sgemm(
    char transa, char transb, int64_t m, int64_t n, int64_t k, float alpha, const float* a, int64_t lda, const float* b, int64_t ldb, float beta,
    float* c, int64_t ldc);

namespace {

bool is_transposed(char flag) { return flag != 'N' && flag != 'n'; }

}  // namespace

EXPORT void sgemm_(const char* transa, const char* transb, const int* m, const int* n, const int* k, const float* alpha, const float* a, const int* lda,
    const float* b, const int* ldb, const float* beta, float* c, const int* ldc) {
    const bool is_large = *m >= 4 && *n >= 4 && static_cast<int64_t>(*m) * *n * *k >= 1 << 19;
    // Columns in BLAS, rows in oneDNN: the transposed product, of the factors in turned order.
    if (is_large && dnnl_sgemm != nullptr &&
        dnnl_sgemm(is_transposed(*transb) ? 'T' : 'N', is_transposed(*transa) ? 'T' : 'N', *n, *m, *k, *alpha, b, *ldb, a, *lda, *beta, c, *ldc) == 0)
        return;
    polytask::blas()(transa, transb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}
