// Calls that go straight through an operator's typed handle instead of through boxed values, for the commonest signatures.
// Which operators these are is found when they are bound: a signature fits where the schema's kinds do and libtorch knows the kernel by it.
#pragma once
#include "shim_values.h"

#include <ATen/core/IListRef.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/SymIntArrayRef.h>
#include <c10/util/OptionalArrayRef.h>

#include <memory>
#include <stdexcept>
#include <tuple>
#include <utility>
#include <vector>

namespace polytask {

// Optional values are of c10's own type in old versions and of the standard library's in new ones: whatever the headers use.
template <template <typename> class Optional, typename T>
Optional<at::Tensor> of_tensor(const Optional<T>&);
using OptionalTensor = decltype(of_tensor(std::declval<const c10::Argument&>().N()));

template <template <typename> class Optional, typename T>
Optional<at::ScalarType> of_type(const Optional<T>&);
using OptionalType = decltype(of_type(std::declval<const c10::Argument&>().N()));

template <template <typename> class Optional, typename T>
Optional<c10::SymInt> of_length(const Optional<T>&);
using OptionalLength = decltype(of_length(std::declval<const c10::Argument&>().N()));

inline double as_double(const Value& v) { return v.tag == Double ? v.d : static_cast<double>(v.i); }
inline int64_t as_int(const Value& v) { return v.tag == Double ? static_cast<int64_t>(v.d) : v.i; }

// A complex number, for which the layout has no room, comes as a tensor without dimensions.
inline at::Scalar scalar(const Value& v) {
  switch (v.tag) {
    case TensorTag: return borrow(v.p).item();
    case Int: return v.i;
    case Double: return v.d;
    default: return v.i != 0;
  }
}

// One argument of a call: what was given, and the schema's default where nothing was.
struct Given {
  const Value* value;
  const c10::IValue& fallback;
  bool is_missing() const { return !value || value->tag == None; }
};

inline c10::TypeKind kind(const c10::Argument& argument) { return argument.type()->kind(); }

inline c10::TypeKind optional_kind(const c10::Argument& argument) {
  auto type = argument.type()->cast<c10::OptionalType>();
  return type ? type->getElementType()->kind() : c10::TypeKind::NoneType;
}

// Symbolic sizes are plain ones to a schema, and so are the numbers of types.
inline bool is_int(c10::TypeKind k) {
  return k == c10::TypeKind::IntType || k == c10::TypeKind::SymIntType || k == c10::TypeKind::ScalarTypeType;
}

inline bool is_list_of(const c10::TypePtr& type, bool (*element)(c10::TypeKind)) {
  auto list = type->cast<c10::ListType>();
  return list && element(list->getElementType()->kind());
}

// How each C++ type of an argument is made. `fits`: may it stand for this argument; `given`: is it among those that calls pass.
template <typename T>
struct Made;

struct MadeTensor : Lent {
  explicit MadeTensor(const Given& given) : Lent(given.is_missing() ? nullptr : given.value->p) {}
  static bool fits(const c10::Argument& argument, bool given) { return given && kind(argument) == c10::TypeKind::TensorType; }
};

template <>
struct Made<const at::Tensor&> : MadeTensor {
  using MadeTensor::MadeTensor;
  const at::Tensor& get() const { return tensor; }
};

template <>
struct Made<at::Tensor&> : MadeTensor {
  using MadeTensor::MadeTensor;
  at::Tensor& get() { return tensor; }
};

template <>
struct Made<const OptionalTensor&> {
  OptionalTensor tensor;
  explicit Made(const Given& given) {
    if (!given.is_missing()) tensor = borrow(given.value->p);
  }
  const OptionalTensor& get() const { return tensor; }
  static bool fits(const c10::Argument& argument, bool) { return optional_kind(argument) == c10::TypeKind::TensorType; }
};

template <>
struct Made<const at::Scalar&> {
  at::Scalar number;
  explicit Made(const Given& given) : number(given.is_missing() ? given.fallback.toScalar() : scalar(*given.value)) {}
  const at::Scalar& get() const { return number; }
  static bool fits(const c10::Argument& argument, bool given) {
    return kind(argument) == c10::TypeKind::NumberType && (given || argument.default_value());
  }
};

template <>
struct Made<int64_t> {
  int64_t number;
  explicit Made(const Given& given) : number(given.is_missing() ? given.fallback.toInt() : as_int(*given.value)) {}
  int64_t get() const { return number; }
  static bool fits(const c10::Argument& argument, bool given) { return is_int(kind(argument)) && (given || argument.default_value()); }
};

template <>
struct Made<c10::SymInt> : Made<int64_t> {
  using Made<int64_t>::Made;
  c10::SymInt get() const { return c10::SymInt(number); }
};

template <>
struct Made<double> {
  double number;
  explicit Made(const Given& given) : number(given.is_missing() ? given.fallback.toDouble() : as_double(*given.value)) {}
  double get() const { return number; }
  static bool fits(const c10::Argument& argument, bool given) {
    return kind(argument) == c10::TypeKind::FloatType && (given || argument.default_value());
  }
};

template <>
struct Made<bool> {
  bool on;
  explicit Made(const Given& given) : on(given.is_missing() ? given.fallback.toBool() : as_int(*given.value) != 0) {}
  bool get() const { return on; }
  static bool fits(const c10::Argument& argument, bool given) {
    return kind(argument) == c10::TypeKind::BoolType && (given || argument.default_value());
  }
};

template <>
struct Made<OptionalType> {
  OptionalType type;
  explicit Made(const Given& given) {
    if (!given.is_missing()) type = static_cast<at::ScalarType>(as_int(*given.value));
  }
  OptionalType get() const { return type; }
  static bool fits(const c10::Argument& argument, bool) { return argument.name() == "dtype" && is_int(optional_kind(argument)); }
};

template <>
struct Made<OptionalLength> {
  OptionalLength length;
  explicit Made(const Given& given) {
    if (!given.is_missing()) length = c10::SymInt(as_int(*given.value));
  }
  OptionalLength get() const { return length; }
  static bool fits(const c10::Argument& argument, bool) { return argument.name() != "dtype" && is_int(optional_kind(argument)); }
};

// A single number stands for a list of one.
inline at::IntArrayRef integers(const Value& value) {
  return value.tag == IntList ? at::IntArrayRef(static_cast<int64_t*>(value.p), value.extra) : at::IntArrayRef(&value.i, 1);
}

inline bool carries_integers(const Given& given) { return given.value->tag == IntList || given.value->tag == Int; }

template <>
struct Made<at::IntArrayRef> {
  at::IntArrayRef list;
  explicit Made(const Given& given) {
    if (given.is_missing() || !carries_integers(given)) throw std::runtime_error("expected a list of integers");
    list = integers(*given.value);
  }
  at::IntArrayRef get() const { return list; }
  static bool fits(const c10::Argument& argument, bool given) { return given && is_list_of(argument.type(), is_int); }
};

template <>
struct Made<c10::SymIntArrayRef> : Made<at::IntArrayRef> {
  explicit Made(const Given& given) : Made<at::IntArrayRef>(given) {
    // Far below zero lie the codes of symbolic sizes.
    for (auto size : list)
      if (size < -(int64_t(1) << 60)) throw std::runtime_error("a size of " + std::to_string(size));
  }
  c10::SymIntArrayRef get() const { return c10::fromIntArrayRefUnchecked(list); }
};

template <>
struct Made<at::OptionalIntArrayRef> {
  at::OptionalIntArrayRef list;
  explicit Made(const Given& given) {
    if (given.is_missing()) return;
    if (!carries_integers(given)) throw std::runtime_error("expected a list of integers");
    list = integers(*given.value);
  }
  at::OptionalIntArrayRef get() const { return list; }
  static bool fits(const c10::Argument& argument, bool) {
    auto type = argument.type()->cast<c10::OptionalType>();
    return type && is_list_of(type->getElementType(), is_int);
  }
};

struct MadeTensors {
  std::vector<at::Tensor> list;
  explicit MadeTensors(const Given& given) : list(tensors(static_cast<void**>(given.value->p), given.value->extra)) {}
  static bool fits(const c10::Argument& argument, bool given) {
    return given && is_list_of(argument.type(), [](c10::TypeKind k) { return k == c10::TypeKind::TensorType; });
  }
};

template <>
struct Made<at::TensorList> : MadeTensors {
  using MadeTensors::MadeTensors;
  at::TensorList get() const { return list; }
};

template <>
struct Made<const at::ITensorListRef&> : MadeTensors {
  at::ITensorListRef reference;
  explicit Made(const Given& given) : MadeTensors(given), reference(at::TensorList(list)) {}
  const at::ITensorListRef& get() const { return reference; }
};

// A way to call an operator with unboxed arguments.
struct Direct {
  virtual ~Direct() = default;
  virtual void call(const std::vector<c10::IValue>& defaults, const Value* args, int count, Value* results) const = 0;
};

template <typename Signature>
struct DirectOf;

template <typename Result, typename... Arguments>
struct DirectOf<Result(Arguments...)> : Direct {
  c10::TypedOperatorHandle<Result(Arguments...)> handle;

  explicit DirectOf(const c10::OperatorHandle& op) : handle(op.typed<Result(Arguments...)>()) {}

  void call(const std::vector<c10::IValue>& defaults, const Value* args, int count, Value* results) const override {
    call(defaults, args, count, results, std::index_sequence_for<Arguments...>());
  }

  template <size_t... K>
  void call(const std::vector<c10::IValue>& defaults, const Value* args, int count, Value* results, std::index_sequence<K...>) const {
    std::tuple<Made<Arguments>...> made(Given{static_cast<int>(K) < count ? args + K : nullptr, defaults[K]}...);
    if (std::is_reference<Result>::value) handle.call(std::get<K>(made).get()...);
    else results[0] = give(at::Tensor(handle.call(std::get<K>(made).get()...)));
  }

  template <size_t... K>
  static bool fits(const std::vector<c10::Argument>& arguments, size_t given, std::index_sequence<K...>) {
    bool all[] = {true, Made<Arguments>::fits(arguments[K], K < given)...};
    for (bool one : all)
      if (!one) return false;
    return true;
  }

  // Null where the operator has another signature; libtorch throws where its kernels were registered with another one.
  static std::unique_ptr<Direct> make(const c10::OperatorHandle& op, bool in_place, size_t given) {
    const auto& arguments = op.schema().arguments();
    if (std::is_reference<Result>::value != in_place || arguments.size() != sizeof...(Arguments) || given > arguments.size()) return nullptr;
    if (!fits(arguments, given, std::index_sequence_for<Arguments...>())) return nullptr;
    try {
      return std::make_unique<DirectOf>(op);
    } catch (const c10::Error&) {
      return nullptr;
    }
  }
};

template <typename... Signatures>
struct DirectSignatures {
  static std::unique_ptr<Direct> make(const c10::OperatorHandle& op, bool in_place, size_t given) {
    std::unique_ptr<Direct> found;
    (void)std::initializer_list<int>{(found ? 0 : (found = DirectOf<Signatures>::make(op, in_place, given), 0))...};
    return found;
  }
};

using T = const at::Tensor&;
using Written = at::Tensor&;
using Number = const at::Scalar&;

using Hot = DirectSignatures<
    at::Tensor(T), at::Tensor(T, T), at::Tensor(T, T, Number), at::Tensor(T, Number), at::Tensor(T, Number, Number),
    at::Tensor(T, T, T), at::Tensor(T, T, T, Number), at::Tensor(T, T, T, Number, Number), at::Tensor(T, T, const OptionalTensor&),
    at::Tensor(T, int64_t), at::Tensor(T, int64_t, int64_t), at::Tensor(T, int64_t, c10::SymInt),
    at::Tensor(T, int64_t, int64_t, int64_t), at::Tensor(T, int64_t, c10::SymInt, c10::SymInt),
    at::Tensor(T, int64_t, OptionalLength, OptionalLength, c10::SymInt),
    at::Tensor(T, c10::SymIntArrayRef), at::Tensor(T, at::IntArrayRef), at::Tensor(T, c10::SymIntArrayRef, bool), at::Tensor(T, at::IntArrayRef, bool),
    at::Tensor(T, OptionalType), at::Tensor(T, int64_t, OptionalType), at::Tensor(T, at::OptionalIntArrayRef, bool, OptionalType),
    at::Tensor(T, at::IntArrayRef, bool, OptionalType),
    at::Tensor(T, int64_t, T), at::Tensor(T, int64_t, T, bool), at::Tensor(T, T, int64_t), at::Tensor(T, double, bool),
    at::Tensor(const at::ITensorListRef&, int64_t), at::Tensor(at::TensorList, int64_t),
    at::Tensor&(Written), at::Tensor&(Written, T), at::Tensor&(Written, T, Number), at::Tensor&(Written, Number), at::Tensor&(Written, Number, Number),
    at::Tensor&(Written, T, T, Number)>;

}  // namespace polytask
