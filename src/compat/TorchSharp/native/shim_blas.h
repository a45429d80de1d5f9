// BLAS's product of float32 matrices, as libtorch would call it.
#pragma once
#include <dlfcn.h>

namespace polytask {

using Sgemm = void (*)(const char*, const char*, const int*, const int*, const int*, const float*, const float*, const int*, const float*, const int*,
    const float*, float*, const int*);

// Null for a libtorch that has it inside and calls no sgemm_ from outside.
inline Sgemm blas() {
  static const Sgemm next = reinterpret_cast<Sgemm>(dlsym(RTLD_NEXT, "sgemm_"));
  return next;
}

}  // namespace polytask
