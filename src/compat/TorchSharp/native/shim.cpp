// The whole of libtorch through one door: find an operator, call it with packed arguments, look at tensors, run gradients.
// Nothing here knows a single operator by name; the C# side binds operators by name, overload and argument names.
// Compiles against libtorch 1.13 and 2.x. Errors come back as text: a function returns 0, or -1 (failed), -2 (out of memory).
#include "shim_direct.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/core/Generator.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <c10/util/Logging.h>
#include <torch/csrc/api/include/torch/version.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace {

enum class Kind : uint8_t { Tensor, Int, Float, Number, Bool, IntList, FloatList, TensorList, OptionalTensorList, Other };

struct Operator {
  c10::OperatorHandle handle;
  std::vector<int> positions;               // mapped argument -> position in the schema
  std::vector<Kind> kinds;                  // kind of each mapped argument
  std::vector<bool> optional;               // may each mapped argument be None
  std::vector<c10::IValue> defaults;        // one per schema argument
  std::string missing;                      // a required argument that was not mapped
  bool in_place = false;                    // the result is the first argument
  std::unique_ptr<Direct> direct;           // the short way, where there is one
};

thread_local std::string last_error;

const char* dtype_name(at::ScalarType type) {
  switch (type) {
    case at::kByte: return "uint8";
    case at::kChar: return "int8";
    case at::kShort: return "int16";
    case at::kInt: return "int32";
    case at::kLong: return "int64";
    case at::kHalf: return "float16";
    case at::kFloat: return "float32";
    case at::kDouble: return "float64";
    case at::kBool: return "bool";
    case at::kBFloat16: return "bfloat16";
    default: return c10::toString(type);
  }
}

void describe(std::ostream& out, const at::Tensor& tensor) {
  if (!tensor.defined()) { out << "null"; return; }
  out << dtype_name(tensor.scalar_type()) << tensor.sizes();
  if (!tensor.device().is_cpu()) out << "@" << tensor.device();
}

// "torch.mm(self: float32[2, 3], mat2: float32[4, 5])": what the caller needs beside libtorch's message.
std::string describe_call(const Operator& op, const Value* args, int count) {
  std::ostringstream out;
  const auto& schema = op.handle.schema();
  out << "\n  in " << schema.name() << "(";
  for (int k = 0; k < count && k < static_cast<int>(op.positions.size()); k++) {
    if (k) out << ", ";
    out << schema.arguments()[op.positions[k]].name() << ": ";
    const auto& v = args[k];
    switch (v.tag) {
      case TensorTag: describe(out, borrow(v.p)); break;
      case Int: out << v.i; break;
      case Double: out << v.d; break;
      case Bool: out << (v.i ? "true" : "false"); break;
      case String: out << '"' << std::string(static_cast<char*>(v.p), v.extra) << '"'; break;
      case IntList: out << at::IntArrayRef(static_cast<int64_t*>(v.p), v.extra); break;
      case TensorList: {
        out << "[";
        for (int j = 0; j < v.extra; j++) {
          if (j) out << ", ";
          if (j == 8) { out << "... " << v.extra << " in all"; break; }
          describe(out, borrow(static_cast<void**>(v.p)[j]));
        }
        out << "]";
        break;
      }
      case None: out << "null"; break;
      default: out << "..."; break;
    }
  }
  out << ")";
  return out.str();
}

bool is_int(const c10::TypePtr& t) {
  auto k = t->kind();
  return k == c10::TypeKind::IntType || k == c10::TypeKind::SymIntType || k == c10::TypeKind::ScalarTypeType ||
         k == c10::TypeKind::LayoutType || k == c10::TypeKind::MemoryFormatType;
}

Kind kind_of(const c10::TypePtr& declared) {
  auto t = declared;
  if (auto o = t->cast<c10::OptionalType>()) t = o->getElementType();
  if (is_int(t)) return Kind::Int;
  switch (t->kind()) {
    case c10::TypeKind::TensorType: return Kind::Tensor;
    case c10::TypeKind::FloatType: return Kind::Float;
    case c10::TypeKind::NumberType: return Kind::Number;
    case c10::TypeKind::BoolType: return Kind::Bool;
    case c10::TypeKind::ListType: {
      auto e = t->castRaw<c10::ListType>()->getElementType();
      if (is_int(e)) return Kind::IntList;
      if (e->kind() == c10::TypeKind::FloatType) return Kind::FloatList;
      if (e->kind() == c10::TypeKind::TensorType) return Kind::TensorList;
      if (e->kind() == c10::TypeKind::OptionalType) return Kind::OptionalTensorList;
      return Kind::Other;
    }
    default: return Kind::Other;
  }
}

c10::IValue number(const Value& v) {
  switch (v.tag) {
    case Int: return v.i;
    case Double: return v.d;
    default: return v.i != 0;
  }
}

// Boxed calls are strict about kinds, so each value becomes exactly what the schema declares.
c10::IValue convert(const Value& v, Kind kind) {
  switch (v.tag) {
    case TensorTag: return kind == Kind::Number ? c10::IValue(scalar(v)) : c10::IValue(borrow(v.p));
    case Int:
    case Double:
    case Bool:
      switch (kind) {
        case Kind::Int: return as_int(v);
        case Kind::Float: return as_double(v);
        case Kind::Bool: return as_int(v) != 0;
        case Kind::IntList: return c10::List<int64_t>({as_int(v)});
        case Kind::FloatList: return c10::List<double>({as_double(v)});
        default: return number(v);
      }
    case String: return std::string(static_cast<char*>(v.p), v.extra);
    case IntList: {
      auto* first = static_cast<int64_t*>(v.p);
      c10::List<int64_t> list;
      list.reserve(v.extra);
      for (int k = 0; k < v.extra; k++) list.push_back(first[k]);
      return list;
    }
    case DoubleList: {
      auto* first = static_cast<double*>(v.p);
      c10::List<double> list;
      list.reserve(v.extra);
      for (int k = 0; k < v.extra; k++) list.push_back(first[k]);
      return list;
    }
    case TensorList: {
      auto** first = static_cast<void**>(v.p);
      if (kind == Kind::OptionalTensorList) {
        c10::List<OptionalTensor> list;
        list.reserve(v.extra);
        for (int k = 0; k < v.extra; k++) list.push_back(first[k] ? OptionalTensor(borrow(first[k])) : OptionalTensor());
        return list;
      }
      c10::List<at::Tensor> list;
      list.reserve(v.extra);
      for (int k = 0; k < v.extra; k++) list.push_back(borrow(first[k]));
      return list;
    }
    case GeneratorTag: return *static_cast<at::Generator*>(v.p);
    case DeviceTag: return c10::Device(static_cast<c10::DeviceType>(v.i), static_cast<c10::DeviceIndex>(v.extra));
    default: return c10::IValue();
  }
}

// Asked of all results before the first one is given away: a reference that C# never hears of would never be released.
void require_carried(const c10::IValue& value) {
  if (value.isTensor() || value.isInt() || value.isDouble() || value.isBool() || value.isTensorList() || value.isNone()) return;
  throw std::runtime_error("an operator returned a kind of value that the shim does not carry: " + value.tagKind());
}

Value result(c10::IValue&& value) {
  Value v{None, 0, {0}};
  if (value.isTensor()) return give(std::move(value).toTensor());
  if (value.isInt()) { v.tag = Int; v.i = value.toInt(); return v; }
  if (value.isDouble()) { v.tag = Double; v.d = value.toDouble(); return v; }
  if (value.isBool()) { v.tag = Bool; v.i = value.toBool(); return v; }
  if (value.isTensorList()) {
    auto tensors = value.toTensorVector();
    auto* out = static_cast<Value*>(std::malloc(sizeof(Value) * (tensors.size() + 1)));
    for (size_t k = 0; k < tensors.size(); k++) out[k] = give(std::move(tensors[k]));
    v.tag = TensorList;
    v.extra = static_cast<int32_t>(tensors.size());
    v.p = out;
    return v;
  }
  return v;
}

void require_all_values(const Operator& op) {
  if (!op.missing.empty()) throw std::runtime_error("argument '" + op.missing + "' of " + op.handle.schema().name() + " has no value");
}

void call_boxed(const Operator& op, const Value* args, int count, Value* results, int capacity) {
  // One stack per thread: libtorch may call back into another operator, so it is taken, not shared.
  static thread_local std::vector<c10::IValue> spare;
  std::vector<c10::IValue> stack = std::move(spare);
  stack.clear();
  for (const auto& d : op.defaults) stack.push_back(d);
  for (int k = 0; k < count; k++) {
    const auto& v = args[k];
    if (v.tag == None && !op.optional[k]) {
      if (op.kinds[k] == Kind::Tensor) stack[op.positions[k]] = at::Tensor();
      continue;  // the schema's default
    }
    stack[op.positions[k]] = convert(v, op.kinds[k]);
  }
  op.handle.callBoxed(&stack);
  if (!op.in_place) {
    if (static_cast<int>(stack.size()) > capacity) throw std::runtime_error(op.handle.schema().name() + " returned more values than expected");
    for (const auto& value : stack) require_carried(value);
    for (size_t k = 0; k < stack.size(); k++) results[k] = result(std::move(stack[k]));
    for (int k = static_cast<int>(stack.size()); k < capacity; k++) results[k] = Value{None, 0, {0}};
  }
  stack.clear();
  spare = std::move(stack);
}

void call(const Operator& op, const Value* args, int count, Value* results, int capacity) {
  require_all_values(op);
  if (op.direct) op.direct->call(op.defaults, args, count, results);
  else call_boxed(op, args, count, results, capacity);
}

// The arguments that calls pass must be the schema's first ones, in its order.
std::unique_ptr<Direct> direct_path(const Operator& op) {
  const auto& returns = op.handle.schema().returns();
  if (returns.size() != 1 || returns[0].type()->kind() != c10::TypeKind::TensorType) return nullptr;
  for (size_t k = 0; k < op.positions.size(); k++)
    if (op.positions[k] != static_cast<int>(k)) return nullptr;
  return Hot::make(op.handle, op.in_place, op.positions.size());
}

}  // namespace

int polytask::fail(std::string message) {
  while (!message.empty() && (message.back() == '\n' || message.back() == ' ')) message.pop_back();
  bool memory = message.find("out of memory") != std::string::npos || message.find("not enough memory") != std::string::npos ||
                message.find("can't allocate memory") != std::string::npos;
  last_error = std::move(message);
  return memory ? -2 : -1;
}

EXPORT const char* pt_last_error() { return last_error.c_str(); }

EXPORT const char* pt_version() { return TORCH_VERSION; }

// What the loaded library says of itself (its build line holds its version), to be compared with pt_version.
EXPORT const char* pt_config() {
  static std::string config = at::show_config();
  return config.c_str();
}

EXPORT void pt_start() {
  // A backtrace costs 2 ms an exception and is of no use to a C# caller.
  c10::SetStackTraceFetcher([]() -> std::string { return std::string(); });
}

// Binds name.overload; `names` are the arguments that calls will pass, separated by commas ("#0": whatever comes first).
EXPORT int pt_bind(const char* name, const char* overload, const char* names, Operator** out) {
  return guarded([&] {
    auto found = c10::Dispatcher::singleton().findSchema({name, overload});
    if (!found) {
      std::string full = std::string(name) + (*overload ? "." : "") + overload;
      throw std::runtime_error("this libtorch (" TORCH_VERSION ") has no operator " + full);
    }
    auto op = std::make_unique<Operator>(Operator{*found});
    const auto& schema = found->schema();
    const auto& arguments = schema.arguments();
    std::vector<bool> mapped(arguments.size(), false);
    std::stringstream list(names);
    std::string wanted;
    while (std::getline(list, wanted, ',')) {
      int position = -1;
      if (wanted == "#0") position = 0;
      else
        for (size_t k = 0; k < arguments.size(); k++)
          // Newer versions put an underscore after a name that is a word of Python's.
          if (arguments[k].name() == wanted || arguments[k].name() == wanted + "_") position = static_cast<int>(k);
      if (position < 0 || position >= static_cast<int>(arguments.size()))
        throw std::runtime_error("operator " + toString(schema.operator_name()) + " of libtorch " TORCH_VERSION " has no argument '" + wanted + "'");
      mapped[position] = true;
      op->positions.push_back(position);
      op->kinds.push_back(kind_of(arguments[position].type()));
      op->optional.push_back(arguments[position].type()->kind() == c10::TypeKind::OptionalType);
    }
    for (size_t k = 0; k < arguments.size(); k++) {
      const auto& d = arguments[k].default_value();
      op->defaults.push_back(d ? *d : c10::IValue());
      if (!mapped[k] && !d && op->missing.empty()) op->missing = arguments[k].name();
    }
    const auto& plain = schema.name();
    op->in_place = !plain.empty() && plain.back() == '_' && !arguments.empty() && arguments[0].alias_info() &&
                   arguments[0].alias_info()->isWrite();
    op->direct = direct_path(*op);
    *out = op.release();
  });
}

EXPORT int pt_call(const Operator* op, const Value* args, int count, Value* results, int capacity) {
  int code = guarded([&] { call(*op, args, count, results, capacity); });
  if (code != 0) {
    auto message = std::move(last_error);
    // A tensor that cannot be described must not hide what went wrong, still less let an exception out of here.
    if (guarded([&] { message += describe_call(*op, args, count); }) != 0) message += "\n  in " + op->handle.schema().name();
    last_error = std::move(message);
  }
  return code;
}

EXPORT void pt_free_list(void* list) { std::free(list); }

EXPORT void pt_release(void* handle) { c10::raw::intrusive_ptr::decref(static_cast<c10::TensorImpl*>(handle)); }

EXPORT void* pt_retain(void* handle) {
  c10::raw::intrusive_ptr::incref(static_cast<c10::TensorImpl*>(handle));
  return handle;
}

// ---- what a tensor is -------------------------------------------------------------------------------------------------------------

EXPORT int64_t pt_dim(void* handle) { Lent t(handle); return t.tensor.dim(); }
EXPORT int64_t pt_numel(void* handle) { Lent t(handle); return t.tensor.numel(); }
EXPORT int32_t pt_dtype(void* handle) { Lent t(handle); return static_cast<int32_t>(t.tensor.scalar_type()); }
EXPORT int64_t pt_element_size(void* handle) { Lent t(handle); return static_cast<int64_t>(t.tensor.element_size()); }
EXPORT int32_t pt_requires_grad(void* handle) { Lent t(handle); return t.tensor.requires_grad(); }
EXPORT int32_t pt_is_leaf(void* handle) { Lent t(handle); return t.tensor.is_leaf(); }
EXPORT int32_t pt_is_contiguous(void* handle) { Lent t(handle); return !t.tensor.is_sparse() && t.tensor.is_contiguous(); }
EXPORT int32_t pt_is_sparse(void* handle) { Lent t(handle); return t.tensor.is_sparse(); }

EXPORT void pt_device(void* handle, int32_t* type, int32_t* index) {
  Lent t(handle);
  *type = static_cast<int32_t>(t.tensor.device().type());
  *index = t.tensor.device().index();
}

// The number of dimensions, and the sizes where there is room for them; a negative number where it fails.
EXPORT int pt_sizes(void* handle, int64_t* sizes, int32_t room) {
  int32_t dimensions = -1;
  guarded([&] {
    Lent t(handle);
    auto s = t.tensor.sizes();
    if (static_cast<int32_t>(s.size()) <= room) std::copy(s.begin(), s.end(), sizes);
    dimensions = static_cast<int32_t>(s.size());
  });
  return dimensions;
}

EXPORT int pt_strides(void* handle, int64_t* strides) {
  return guarded([&] {
    Lent t(handle);
    auto s = t.tensor.strides();
    std::copy(s.begin(), s.end(), strides);
  });
}

EXPORT int pt_data(void* handle, void** data, int64_t* storage_offset) {
  return guarded([&] {
    Lent t(handle);
    *data = t.tensor.data_ptr();
    *storage_offset = t.tensor.storage_offset();
  });
}

// ---- gradients --------------------------------------------------------------------------------------------------------------------

EXPORT int pt_set_requires_grad(void* handle, int32_t on) {
  return guarded([&] { Lent t(handle); t.tensor.set_requires_grad(on != 0); });
}

EXPORT int pt_retain_grad(void* handle) {
  return guarded([&] { Lent t(handle); t.tensor.retain_grad(); });
}

EXPORT int pt_grad(void* handle, Value* out) {
  return guarded([&] {
    Lent t(handle);
    *out = give(at::Tensor(t.tensor.is_leaf() || t.tensor.retains_grad() ? t.tensor.grad() : at::Tensor()));
  });
}

EXPORT int pt_set_grad(void* handle, void* grad) {
  return guarded([&] { Lent t(handle); t.tensor.mutable_grad() = borrow(grad); });
}

// Replaces the tensor's data in place, keeping its identity (what `x.data = y` does in Python).
EXPORT int pt_set_data(void* handle, void* data) {
  return guarded([&] { Lent t(handle); t.tensor.set_data(borrow(data)); });
}

// The elements of a tensor that plain code may read one after the other: float32, in main memory, without gaps; null for any other.
// Autograd must learn of a change that no operator makes, so that a later backward pass over old values is refused.
EXPORT float* pt_floats(c10::TensorImpl* impl, int32_t writes) {
  if (!impl->has_storage() || !impl->device().is_cpu() || impl->dtype() != caffe2::TypeMeta::Make<float>() || !impl->is_contiguous()) return nullptr;
  if (writes) {
    if (impl->is_inference()) return nullptr;
    impl->bump_version();
  }
  // Through the tensor: TensorImpl's own data() gives bytes that may be written in old versions and constant ones in new versions.
  Lent t(impl);
  return static_cast<float*>(t.tensor.data_ptr());
}

EXPORT int32_t pt_grad_enabled() { return c10::GradMode::is_enabled(); }
EXPORT void pt_set_grad_enabled(int32_t on) { c10::GradMode::set_enabled(on != 0); }
EXPORT int32_t pt_inference_enabled() { return c10::InferenceMode::is_enabled(); }
EXPORT void* pt_inference_enter(int32_t on) { return new c10::InferenceMode(on != 0); }
EXPORT void pt_inference_leave(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

// ---- random numbers ---------------------------------------------------------------------------------------------------------------

EXPORT int pt_manual_seed(uint64_t seed) {
  return guarded([&] { at::manual_seed(seed); });
}

EXPORT int pt_generator_new(int32_t device_type, int32_t device_index, at::Generator** out) {
  return guarded([&] {
    auto type = static_cast<c10::DeviceType>(device_type);
    if (type == c10::DeviceType::CPU) {
      *out = new at::Generator(at::make_generator<at::CPUGeneratorImpl>());
    } else {
      c10::Device device(type, static_cast<c10::DeviceIndex>(device_index));
      *out = new at::Generator(at::globalContext().defaultGenerator(device).clone());
    }
  });
}

EXPORT int pt_generator_default(int32_t device_type, int32_t device_index, at::Generator** out) {
  return guarded([&] {
    c10::Device device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index));
    *out = new at::Generator(at::globalContext().defaultGenerator(device));
  });
}

EXPORT void pt_generator_free(at::Generator* g) { delete g; }

EXPORT int pt_generator_set_seed(at::Generator* g, uint64_t seed) {
  return guarded([&] {
    std::lock_guard<std::mutex> lock(g->mutex());
    g->set_current_seed(seed);
  });
}

EXPORT uint64_t pt_generator_seed(at::Generator* g, int32_t fresh) {
  std::lock_guard<std::mutex> lock(g->mutex());
  return fresh ? g->seed() : g->current_seed();
}

EXPORT int pt_generator_state(at::Generator* g, Value* out) {
  return guarded([&] {
    std::lock_guard<std::mutex> lock(g->mutex());
    *out = give(g->get_state());
  });
}

EXPORT int pt_generator_set_state(at::Generator* g, void* state) {
  return guarded([&] {
    std::lock_guard<std::mutex> lock(g->mutex());
    g->set_state(borrow(state));
  });
}

// ---- the machine ------------------------------------------------------------------------------------------------------------------

EXPORT int32_t pt_threads() { return at::get_num_threads(); }
EXPORT int pt_set_threads(int32_t n) { return guarded([&] { at::set_num_threads(n); }); }
EXPORT int32_t pt_interop_threads() { return static_cast<int32_t>(at::get_num_interop_threads()); }
EXPORT int pt_set_interop_threads(int32_t n) { return guarded([&] { at::set_num_interop_threads(n); }); }
EXPORT int32_t pt_cuda_devices() {
  int32_t n = 0;
  guarded([&] { n = at::hasCUDA() ? static_cast<int32_t>(at::getNumGPUs()) : 0; });
  return n;
}
