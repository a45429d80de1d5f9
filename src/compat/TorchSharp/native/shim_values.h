// Arguments and results as they travel between C# and the shim, and tensors behind the handles that C# owns.
#pragma once
#include "shim.h"

#include <ATen/core/Tensor.h>

#include <vector>

namespace polytask {

enum Tag : int32_t { None, TensorTag, Int, Double, Bool, String, IntList, DoubleList, TensorList, GeneratorTag, DeviceTag };

// One argument or result. `extra` is a list's or a string's length; for a resulting tensor, the KiB it keeps alive.
struct Value {
  int32_t tag;
  int32_t extra;
  union { int64_t i; double d; void* p; };
};

using TensorPtr = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;

// A second reference to a handle that C# owns; a null handle is an undefined tensor.
inline at::Tensor borrow(void* handle) {
  if (!handle) return at::Tensor();
  auto* impl = static_cast<c10::TensorImpl*>(handle);
  c10::raw::intrusive_ptr::incref(impl);
  return at::Tensor(TensorPtr::reclaim(impl));
}

inline int32_t kib_owned(const at::Tensor& tensor) {
  auto* impl = tensor.unsafeGetTensorImpl();
  if (!impl->has_storage()) return 0;
  const auto& storage = impl->storage();
  if (!storage || storage.use_count() != 1) return 0;  // a view: its base has been counted
  auto kib = storage.nbytes() >> 10;
  return kib > INT32_MAX ? INT32_MAX : static_cast<int32_t>(kib);
}

inline Value give(at::Tensor&& tensor) {
  Value v{None, 0, {0}};
  if (!tensor.defined()) return v;
  v.tag = TensorTag;
  v.extra = kib_owned(tensor);
  v.p = tensor.unsafeReleaseTensorImpl();
  return v;
}

// A tensor lent to a typed call: no reference count is touched, and nothing is released when the call throws.
struct Lent {
  at::Tensor tensor;
  explicit Lent(void* handle)
      : tensor(handle ? at::Tensor(TensorPtr::reclaim(static_cast<c10::TensorImpl*>(handle))) : at::Tensor()) {}
  ~Lent() { if (tensor.defined()) tensor.unsafeReleaseTensorImpl(); }
  Lent(const Lent&) = delete;
};

inline std::vector<at::Tensor> tensors(void** handles, int count) {
  std::vector<at::Tensor> list;
  list.reserve(count);
  for (int k = 0; k < count; k++) list.push_back(borrow(handles[k]));
  return list;
}

}  // namespace polytask

using namespace polytask;
