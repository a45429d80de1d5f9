// The backward pass: running it, functions and hooks that C# supplies for it, gradients for a batch of vectors, and where a NaN came from.
// An exception of the C# side travels through libtorch's engine as a ManagedError and comes out of pt_backward and pt_gradients as code -3.
#include "shim_values.h"

#include <ATen/core/Tensor.h>
#include <ATen/ops/_add_batch_dim.h>
#include <ATen/ops/_remove_batch_dim.h>
#include <ATen/ops/isnan.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/csrc/autograd/engine.h>
#if __has_include(<ATen/LegacyVmapMode.h>)
#include <ATen/LegacyVmapMode.h>
#else
#include <ATen/VmapMode.h>
#endif

#include <cstdlib>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>

namespace {

using torch::autograd::AnomalyMode;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// What C# offers. Each of the first four returns 0, or leaves an exception in *error (a handle that `release` frees) and returns -1.
// Outputs of forward come as a list that malloc made.
struct Callbacks {
  int (*forward)(void* state, AutogradContext* context, Value** outputs, int* count, void** error);
  int (*backward)(void* state, AutogradContext* context, Value* grads, int count, Value* results, int capacity, void** error);
  int (*hook)(void* state, Value* grad, Value* result, void** error);
  int (*stack)(char* text, int capacity, void** error);
  void (*release)(void* handle);
};

Callbacks callbacks;

// A handle that C# gave away; whoever lets go of it last gives it back.
struct Managed : torch::CustomClassHolder {
  explicit Managed(void* handle) : handle(handle) {}
  ~Managed() override { callbacks.release(handle); }
  void* handle;
};

using ManagedPtr = c10::intrusive_ptr<Managed>;

struct ManagedError : std::runtime_error {
  explicit ManagedError(void* handle) : std::runtime_error("an exception of the C# side"), exception(c10::make_intrusive<Managed>(handle)) {}
  ManagedPtr exception;
};

// The exception that the last call on this thread ended with.
thread_local ManagedPtr pending;

// By reference: it is read after the call that is the first argument.
void require(int code, void* const& error) {
  if (code != 0) throw ManagedError(error);
}

at::Tensor take(const Value& value) {
  if (value.tag != TensorTag) return at::Tensor();
  return at::Tensor(TensorPtr::reclaim(static_cast<c10::TensorImpl*>(value.p)));
}

variable_list take(const Value* values, int count) {
  variable_list list;
  for (int k = 0; k < count; k++) list.push_back(take(values[k]));
  return list;
}

// A list for C#, which frees it with pt_free_list.
Value give_list(variable_list&& list) {
  auto* values = static_cast<Value*>(std::malloc(sizeof(Value) * (list.size() + 1)));
  for (size_t k = 0; k < list.size(); k++) values[k] = give(std::move(list[k]));
  Value v{TensorList, static_cast<int32_t>(list.size()), {0}};
  v.p = values;
  return v;
}

// ---- where a NaN came from ------------------------------------------------------------------------------------------------------------

std::mutex trace_lock;
std::string trace;  // of the last failure; anomaly detection is a switch of the whole process, and so is this

// Base classes say what a node is held by: a shared_ptr in old versions, an intrusive_ptr in new ones.
template <typename Pointer>
Pointer parent_type(void (torch::autograd::AnomalyMetadata::*)(const Pointer&));
using NodePtr = decltype(parent_type(&torch::autograd::AnomalyMetadata::assign_parent));

struct CallStack : torch::autograd::AnomalyMetadata {
  void store_stack() override {
    char buffer[4096];
    void* error = nullptr;
    // Called from a constructor that promises not to throw.
    if (callbacks.stack(buffer, sizeof buffer, &error) == 0) text = buffer;
    else callbacks.release(error);
  }

  void assign_parent(const NodePtr& node) override { parent = node; }

  void print_stack(const std::string& name) override {
    std::string all = "\nThe call that recorded " + name + ":\n" + text;
    for (NodePtr node = parent; node;) {
      auto* metadata = dynamic_cast<CallStack*>(node->metadata());
      if (!metadata) break;
      all += "\nIt was made in the backward pass of " + node->name() + ", which was recorded by:\n" + metadata->text;
      node = metadata->parent;
    }
    std::lock_guard<std::mutex> lock(trace_lock);
    trace = std::move(all);
  }

  std::string text;
  NodePtr parent;
};

struct TracingEngine : torch::autograd::Engine {
  std::unique_ptr<torch::autograd::AnomalyMetadata> make_anomaly_metadata() override { return std::make_unique<CallStack>(); }

  // Never destroyed: its threads may outlive the statics of this library.
  static torch::autograd::Engine& get() {
    static auto* engine = new TracingEngine();
    return *engine;
  }
};

// ---- running a pass -------------------------------------------------------------------------------------------------------------------

constexpr int managed_failure = -3;

template <typename F>
int through_engine(F&& body) {
  pending.reset();
  if (AnomalyMode::is_enabled()) {
    std::lock_guard<std::mutex> lock(trace_lock);
    trace.clear();
  }
  bool managed = false;
  int code = guarded([&] {
    try {
      body();
    } catch (const ManagedError& e) {
      pending = e.exception;
      managed = true;
    } catch (const std::exception& e) {
      if (!AnomalyMode::is_enabled()) throw;
      auto* libtorch = dynamic_cast<const c10::Error*>(&e);
      std::string message = libtorch ? libtorch->what_without_backtrace() : e.what();
      std::lock_guard<std::mutex> lock(trace_lock);
      throw std::runtime_error(message + trace);
    }
  });
  return managed ? managed_failure : code;
}

// ---- functions whose two directions are written in C# ---------------------------------------------------------------------------------

constexpr const char* state_key = "polytask";

struct State : torch::CustomClassHolder {
  State(void* handle, std::string name) : managed(c10::make_intrusive<Managed>(handle)), name(std::move(name)) {}
  ManagedPtr managed;
  std::string name;
};

using StatePtr = c10::intrusive_ptr<State>;

void require_numbers(const variable_list& grads, const std::string& name) {
  if (!AnomalyMode::is_enabled() || !AnomalyMode::should_check_nan()) return;
  c10::AutoGradMode without(false);
  for (size_t k = 0; k < grads.size(); k++)
    if (grads[k].defined() && at::isnan(grads[k]).any().item<bool>())
      throw std::runtime_error("Function '" + name + "' returned nan values in its " + std::to_string(k) + "th output.");
}

struct ManagedFunction : torch::autograd::Function<ManagedFunction> {
  static variable_list forward(AutogradContext* context, const StatePtr& state, at::TensorList inputs) {
    // The node owns its context, so the state lives as long as the node does.
    context->saved_data[state_key] = c10::IValue::make_capsule(state);
    Value* outputs = nullptr;
    void* error = nullptr;
    int count = 0;
    require(callbacks.forward(state->managed->handle, context, &outputs, &count, &error), error);
    auto list = take(outputs, count);
    std::free(outputs);
    return list;
  }

  static variable_list backward(AutogradContext* context, const variable_list& grads) {
    auto state = c10::static_intrusive_pointer_cast<State>(context->saved_data.at(state_key).toCapsule());
    std::vector<Value> given;
    for (const auto& grad : grads) given.push_back(give(at::Tensor(grad)));
    // One for each tensor that went into forward, after the state, which has none.
    int count = static_cast<int>(context->saved_data.at("inputs").toInt());
    std::vector<Value> found(count, Value{None, 0, {0}});
    void* error = nullptr;
    require(callbacks.backward(state->managed->handle, context, given.data(), static_cast<int>(given.size()), found.data(), count, &error), error);
    auto results = take(found.data(), count);
    require_numbers(results, state->name);
    results.insert(results.begin(), at::Tensor());
    return results;
  }
};

// ---- hooks ------------------------------------------------------------------------------------------------------------------------------

struct Hook {
  c10::weak_intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl> tensor;
  unsigned position;
};

}  // namespace

EXPORT void pt_autograd_start(const Callbacks* given) { callbacks = *given; }

// The exception behind code -3, as the handle that C# gave, until it is forgotten. A thread that ends must not hold one: by then, the C# side may be gone.
EXPORT void* pt_pending_exception() { return pending ? pending->handle : nullptr; }
EXPORT void pt_forget_exception() { pending.reset(); }

EXPORT int pt_backward(void** outputs, int n_outputs, void** grads, int n_grads, int32_t retain, int32_t create, void** inputs, int n_inputs) {
  return through_engine([&] {
    torch::autograd::backward(tensors(outputs, n_outputs), tensors(grads, n_grads), retain != 0, create != 0, tensors(inputs, n_inputs));
  });
}

EXPORT int pt_gradients(void** outputs, int n_outputs, void** inputs, int n_inputs, void** grads, int n_grads, int32_t retain,
                        int32_t create, int32_t allow_unused, Value* results) {
  return through_engine([&] {
    auto found = torch::autograd::grad(tensors(outputs, n_outputs), tensors(inputs, n_inputs), tensors(grads, n_grads), retain != 0,
                                       create != 0, allow_unused != 0);
    for (size_t k = 0; k < found.size(); k++) results[k] = give(std::move(found[k]));
  });
}

// One pass for `batch` vectors at once: each gradient given has a further first dimension, and so has each one found.
EXPORT int pt_gradients_batched(void** outputs, int n_outputs, void** inputs, int n_inputs, void** grads, int n_grads, int64_t batch,
                                int32_t retain, int32_t create, int32_t allow_unused, Value* results) {
  return through_engine([&] {
    struct Level {
      int64_t number = at::impl::VmapMode::increment_nesting();
      ~Level() { at::impl::VmapMode::decrement_nesting(); }
    } level;
    auto vectors = tensors(grads, n_grads);
    for (auto& vector : vectors)
      if (vector.defined()) vector = at::_add_batch_dim(vector, 0, level.number);
    auto found = torch::autograd::grad(tensors(outputs, n_outputs), tensors(inputs, n_inputs), vectors, retain != 0, create != 0, allow_unused != 0);
    for (auto& gradient : found)
      if (gradient.defined()) gradient = at::_remove_batch_dim(gradient, level.number, batch, 0);
    for (size_t k = 0; k < found.size(); k++) results[k] = give(std::move(found[k]));
  });
}

// Calls forward and records backward. `state` belongs to the node from here on, also when this fails.
EXPORT int pt_function_apply(void* state, const char* name, void** inputs, int n_inputs, Value* outputs) {
  auto owned = c10::make_intrusive<State>(state, name);
  return through_engine([&] {
    auto given = tensors(inputs, n_inputs);
    *outputs = give_list(ManagedFunction::apply(owned, at::TensorList(given)));
  });
}

// What forward wants to be known of its tensors, told while it runs.
EXPORT int pt_context_set(AutogradContext* context, void** saved, int n_saved, void** dirty, int n_dirty, void** constant, int n_constant,
                          int32_t materialize, int64_t n_inputs) {
  return guarded([&] {
    context->save_for_backward(tensors(saved, n_saved));
    context->mark_dirty(tensors(dirty, n_dirty));
    context->mark_non_differentiable(tensors(constant, n_constant));
    context->set_materialize_grads(materialize != 0);
    context->saved_data["inputs"] = n_inputs;
  });
}

EXPORT int pt_context_saved(const AutogradContext* context, Value* saved) {
  return guarded([&] { *saved = give_list(context->get_saved_variables()); });
}

// A function to run on the tensor's gradient; `state` belongs to the tensor from here on, also when this fails.
EXPORT int pt_hook_add(void* handle, void* state, Hook** out) {
  auto owned = c10::make_intrusive<Managed>(state);
  return guarded([&] {
    auto tensor = borrow(handle);
    unsigned position = tensor.register_hook([owned](at::Tensor grad) -> at::Tensor {
      auto held = owned;  // a hook may remove itself, and this function with it
      auto given = give(at::Tensor(grad));
      Value result{None, 0, {0}};
      void* error = nullptr;
      require(callbacks.hook(held->handle, &given, &result, &error), error);
      return take(result);
    });
    *out = new Hook{decltype(Hook::tensor)(tensor.getIntrusivePtr()), position};
  });
}

EXPORT int pt_hook_remove(const Hook* hook) {
  return guarded([&] {
    auto tensor = hook->tensor.lock();
    if (tensor) at::Tensor(std::move(tensor)).remove_hook(hook->position);
  });
}

EXPORT void pt_hook_free(Hook* hook) { delete hook; }

EXPORT int32_t pt_anomaly_enabled() { return AnomalyMode::is_enabled(); }
EXPORT int32_t pt_anomaly_checks_nan() { return AnomalyMode::should_check_nan(); }

EXPORT void pt_set_anomaly(int32_t on, int32_t check_nan) {
  // Only who looks for anomalies leaves libtorch's own engine.
  if (on) torch::autograd::set_default_engine_stub(&TracingEngine::get);
  AnomalyMode::set_enabled(on != 0, check_nan != 0);
}
