// The precision that operators compute in: autocast per thread and kind of device, and the process's choices for CUDA's libraries.
// They exist without CUDA too.
#include "shim.h"

#include <ATen/Context.h>
#include <ATen/autocast_mode.h>
#include <torch/csrc/api/include/torch/version.h>

#include <stdexcept>
#include <type_traits>

// Since 2.4 one function with the kind of device as its argument; before, a function for each kind.
#define AUTOCAST_TAKES_DEVICE (TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4))

// ---- autocast, of this thread; `cuda` says which of the two kinds of device is meant ------------------------------------------------

EXPORT int32_t pt_autocast_enabled(int32_t cuda) {
#if AUTOCAST_TAKES_DEVICE
  return at::autocast::is_autocast_enabled(cuda ? at::kCUDA : at::kCPU);
#else
  return cuda ? at::autocast::is_enabled() : at::autocast::is_cpu_enabled();
#endif
}

EXPORT void pt_autocast_set_enabled(int32_t cuda, int32_t on) {
#if AUTOCAST_TAKES_DEVICE
  at::autocast::set_autocast_enabled(cuda ? at::kCUDA : at::kCPU, on != 0);
#else
  cuda ? at::autocast::set_enabled(on != 0) : at::autocast::set_cpu_enabled(on != 0);
#endif
}

EXPORT int32_t pt_autocast_dtype(int32_t cuda) {
#if AUTOCAST_TAKES_DEVICE
  return static_cast<int32_t>(at::autocast::get_autocast_dtype(cuda ? at::kCUDA : at::kCPU));
#else
  return static_cast<int32_t>(cuda ? at::autocast::get_autocast_gpu_dtype() : at::autocast::get_autocast_cpu_dtype());
#endif
}

EXPORT void pt_autocast_set_dtype(int32_t cuda, int32_t dtype) {
  auto type = static_cast<at::ScalarType>(dtype);
#if AUTOCAST_TAKES_DEVICE
  at::autocast::set_autocast_dtype(cuda ? at::kCUDA : at::kCPU, type);
#else
  cuda ? at::autocast::set_autocast_gpu_dtype(type) : at::autocast::set_autocast_cpu_dtype(type);
#endif
}

EXPORT int32_t pt_autocast_cache_enabled() { return at::autocast::is_autocast_cache_enabled(); }
EXPORT void pt_autocast_set_cache_enabled(int32_t on) { at::autocast::set_autocast_cache_enabled(on != 0); }
EXPORT void pt_autocast_enter() { at::autocast::increment_nesting(); }

// The weights that were cast are kept while any autocast block of the thread is open.
EXPORT void pt_autocast_leave() {
  if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
}

// ---- switches of the whole process; `setting` is the C# side's BackendSetting ---------------------------------------------------------

namespace {

enum Setting : int32_t { MatmulTf32, MatmulHalfReduction, CudnnTf32, CudnnBenchmark, CudnnDeterministic, CudnnEnabled, FlashAttention, MathAttention };

// Whether half precision may be summed in half precision: a Boolean, in new versions a choice whose first value is yes.
template <typename Choice>
bool allowed(Choice choice) { return std::is_same<Choice, bool>::value ? static_cast<bool>(choice) : static_cast<int>(choice) == 0; }

}  // namespace

EXPORT int pt_backend_set(int32_t setting, int32_t on) {
  return guarded([&] {
    auto& context = at::globalContext();
    switch (setting) {
      case MatmulTf32: context.setAllowTF32CuBLAS(on != 0); break;
      case MatmulHalfReduction: context.setAllowFP16ReductionCuBLAS(on != 0); break;
      case CudnnTf32: context.setAllowTF32CuDNN(on != 0); break;
      case CudnnBenchmark: context.setBenchmarkCuDNN(on != 0); break;
      case CudnnDeterministic: context.setDeterministicCuDNN(on != 0); break;
      case CudnnEnabled: context.setUserEnabledCuDNN(on != 0); break;
      case FlashAttention: context.setSDPUseFlash(on != 0); break;
      case MathAttention: context.setSDPUseMath(on != 0); break;
      default: throw std::runtime_error("no such setting of a backend");
    }
  });
}

EXPORT int pt_backend_get(int32_t setting, int32_t* on) {
  return guarded([&] {
    auto& context = at::globalContext();
    switch (setting) {
      case MatmulTf32: *on = context.allowTF32CuBLAS(); break;
      case MatmulHalfReduction: *on = allowed(context.allowFP16ReductionCuBLAS()); break;
      case CudnnTf32: *on = context.allowTF32CuDNN(); break;
      case CudnnBenchmark: *on = context.benchmarkCuDNN(); break;
      case CudnnDeterministic: *on = context.deterministicCuDNN(); break;
      case CudnnEnabled: *on = context.userEnabledCuDNN(); break;
      case FlashAttention: *on = context.userEnabledFlashSDP(); break;
      case MathAttention: *on = context.userEnabledMathSDP(); break;
      default: throw std::runtime_error("no such setting of a backend");
    }
  });
}

EXPORT int32_t pt_has_cudnn() { return at::globalContext().hasCuDNN(); }
