// Batched products of small float32 matrices on the CPU, such as attention's: one product for each image or sentence and head. Without MKL libtorch
// takes each matrix out of the batch as a tensor of its own and multiplies by the general operator, for a microsecond where the product takes a tenth
// of one. Here BLAS gets the same matrices in the same layout straight from the batch, so that the numbers stay the same (but for the last digit where
// there is a single column).
#include "shim_blas.h"

#include <ATen/Context.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/bmm_cpu_dispatch.h>
#include <ATen/ops/empty.h>
#include <torch/library.h>
#include <torch/version.h>

#include <limits>

namespace {

// Below the first libtorch has a loop of its own, above the second its detour does not matter.
constexpr int64_t kSmallest = 400, kLargest = 1 << 16;

// A matrix of a batch as BLAS reads it: by columns, so that rows side by side are a transposed matrix.
struct Factor {
  at::Tensor matrices;
  char transposed;
  int leading;

  explicit Factor(const at::Tensor& given) : matrices(given) {
    if (!read()) {
      // Not contiguous(): that leaves the strides of dimensions of length 1 as they are.
      matrices = given.clone(at::MemoryFormat::Contiguous);
      read();
    }
  }

  const float* at(int64_t i) const { return matrices.data_ptr<float>() + i * matrices.stride(0); }

private:
  bool read() {
    const auto rows = matrices.size(1), columns = matrices.size(2), down = matrices.stride(1), across = matrices.stride(2);
    const bool by_rows = across == 1 && down >= columns, by_columns = down == 1 && across >= rows;
    const auto next = by_rows ? down : across;
    if (!(by_rows || by_columns) || next > std::numeric_limits<int>::max()) return false;
    transposed = by_rows ? 'N' : 'T';
    leading = static_cast<int>(next);
    return true;
  }
};

at::Tensor bmm(const at::Tensor& a, const at::Tensor& b) {
  const bool is_pair = a.dim() == 3 && b.dim() == 3 && a.size(0) == b.size(0) && a.size(2) == b.size(1) && a.scalar_type() == at::kFloat &&
    b.scalar_type() == at::kFloat;
  const auto size = is_pair ? a.size(1) * a.size(2) * b.size(2) : 0;
  if (size < kSmallest || size > kLargest) return at::cpu::bmm(a, b);
  const Factor left(a), right(b);
  auto product = at::empty({a.size(0), a.size(1), b.size(2)}, a.options());
  const int m = static_cast<int>(b.size(2)), n = static_cast<int>(a.size(1)), k = static_cast<int>(a.size(2));
  const float one = 1, zero = 0;
  auto* to = product.data_ptr<float>();
  for (int64_t i = 0; i < a.size(0); i++)
    polytask::blas()(&right.transposed, &left.transposed, &m, &n, &k, &one, right.at(i), &right.leading, left.at(i), &left.leading, &zero,
      to + i * m * n, &m);
  return product;
}

struct Silent : c10::WarningHandler {
#if TORCH_VERSION_MAJOR < 2
  void process(const c10::SourceLocation&, const std::string&, const bool) override {}
  using Guard = c10::Warning::WarningHandlerGuard;
#else
  void process(const c10::Warning&) override {}
  using Guard = c10::WarningUtils::WarningHandlerGuard;
#endif
};

// Takes the operator's place, of which libtorch would warn. Never given back: other threads may be computing when the process ends.
const torch::Library* const replaced = []() -> torch::Library* {
  if (at::hasMKL() || polytask::blas() == nullptr) return nullptr;
  Silent silent;
  Silent::Guard guard(&silent);
  auto* library = new torch::Library(torch::Library::IMPL, "aten", c10::DispatchKey::CPU, __FILE__, __LINE__);
  library->impl("bmm", bmm);
  return library;
}();

}  // namespace
