// CUDA beyond operators: devices, memory figures, streams, events, graphs. Compiled only where CUDA's headers are.
// Streams and graphs are libtorch's own; events are plain CUDA ones, since ATen's header of them asks for cuBLAS's and others' too.
#include "shim.h"

#include <ATen/Context.h>
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAException.h>
#include <c10/cuda/CUDAFunctions.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>
#include <cuda_runtime_api.h>
#include <torch/csrc/api/include/torch/version.h>

#include <cstring>
#include <memory>
#include <stdexcept>

namespace allocator = c10::cuda::CUDACachingAllocator;
using c10::cuda::CUDAGuard;
using c10::cuda::CUDAStream;

#define TORCH_AT_LEAST(major, minor) (TORCH_VERSION_MAJOR > (major) || (TORCH_VERSION_MAJOR == (major) && TORCH_VERSION_MINOR >= (minor)))

namespace {

// The allocator knows no device before this; it costs nothing the second time.
void initialize() {
#if TORCH_AT_LEAST(2, 6)
  at::globalContext().lazyInitDevice(c10::DeviceType::CUDA);
#else
  at::globalContext().lazyInitCUDA();
#endif
}

CUDAStream stream(int32_t device, int64_t id) {
  c10::Device where(c10::DeviceType::CUDA, static_cast<c10::DeviceIndex>(device));
  return CUDAStream(c10::Stream(c10::Stream::UNSAFE, where, id));
}

// Made when it is recorded, on the stream's device, as PyTorch does it.
struct Event {
  cudaEvent_t handle = nullptr;
  unsigned flags;
};

}  // namespace

// ---- devices ------------------------------------------------------------------------------------------------------------------------

EXPORT int pt_cuda_current_device(int32_t* device) {
  return guarded([&] { *device = c10::cuda::current_device(); });
}

EXPORT int pt_cuda_set_device(int32_t device) {
  return guarded([&] { c10::cuda::set_device(static_cast<c10::DeviceIndex>(device)); });
}

// figures: compute capability (major, minor), multiprocessors
EXPORT int pt_cuda_properties(int32_t device, char* name, int32_t size, int32_t* figures) {
  return guarded([&] {
    cudaDeviceProp properties;
    C10_CUDA_CHECK(cudaGetDeviceProperties(&properties, device));
    std::strncpy(name, properties.name, size);
    name[size - 1] = 0;
    figures[0] = properties.major;
    figures[1] = properties.minor;
    figures[2] = properties.multiProcessorCount;
  });
}

EXPORT int pt_cuda_synchronize(int32_t device) {
  return guarded([&] {
    CUDAGuard guard(static_cast<c10::DeviceIndex>(device));
    c10::cuda::device_synchronize();
  });
}

// ---- memory -------------------------------------------------------------------------------------------------------------------------

EXPORT int pt_cuda_empty_cache() {
  return guarded([] { allocator::emptyCache(); });
}

// figures: bytes in tensors, bytes held by the allocator, the peaks of the two
EXPORT int pt_cuda_memory(int32_t device, int64_t* figures) {
  return guarded([&] {
    initialize();
    auto stats = allocator::getDeviceStats(static_cast<c10::DeviceIndex>(device));
    figures[0] = stats.allocated_bytes[0].current;
    figures[1] = stats.reserved_bytes[0].current;
    figures[2] = stats.allocated_bytes[0].peak;
    figures[3] = stats.reserved_bytes[0].peak;
  });
}

EXPORT int pt_cuda_reset_peaks(int32_t device) {
  return guarded([&] {
    initialize();
    allocator::resetPeakStats(static_cast<c10::DeviceIndex>(device));
  });
}

EXPORT int pt_cuda_device_memory(int32_t device, int64_t* free_bytes, int64_t* total_bytes) {
  return guarded([&] {
    CUDAGuard guard(static_cast<c10::DeviceIndex>(device));
    size_t available = 0, total = 0;
    C10_CUDA_CHECK(cudaMemGetInfo(&available, &total));
    *free_bytes = static_cast<int64_t>(available);
    *total_bytes = static_cast<int64_t>(total);
  });
}

// ---- streams: named by device and number; they live as long as the process ------------------------------------------------------------

EXPORT int pt_cuda_stream_new(int32_t device, int32_t high_priority, int64_t* id) {
  return guarded([&] {
    initialize();
    *id = c10::cuda::getStreamFromPool(high_priority != 0, static_cast<c10::DeviceIndex>(device)).id();
  });
}

EXPORT int pt_cuda_stream_current(int32_t device, int64_t* id) {
  return guarded([&] {
    initialize();
    *id = c10::cuda::getCurrentCUDAStream(static_cast<c10::DeviceIndex>(device)).id();
  });
}

EXPORT int pt_cuda_stream_default(int32_t device, int64_t* id) {
  return guarded([&] {
    initialize();
    *id = c10::cuda::getDefaultCUDAStream(static_cast<c10::DeviceIndex>(device)).id();
  });
}

EXPORT int pt_cuda_stream_make_current(int32_t device, int64_t id) {
  return guarded([&] { c10::cuda::setCurrentCUDAStream(stream(device, id)); });
}

EXPORT int pt_cuda_stream_synchronize(int32_t device, int64_t id) {
  return guarded([&] { stream(device, id).synchronize(); });
}

EXPORT int pt_cuda_stream_query(int32_t device, int64_t id, int32_t* done) {
  return guarded([&] { *done = stream(device, id).query(); });
}

// ---- events -------------------------------------------------------------------------------------------------------------------------

EXPORT Event* pt_cuda_event_new(int32_t timing, int32_t blocking) {
  unsigned flags = (timing ? cudaEventDefault : cudaEventDisableTiming) | (blocking ? cudaEventBlockingSync : cudaEventDefault);
  return new Event{nullptr, flags};
}

EXPORT void pt_cuda_event_free(Event* event) {
  // What this says is of no use to a finalizer, and after the driver has shut down it always fails.
  if (event->handle) (void)cudaEventDestroy(event->handle);
  delete event;
}

EXPORT int pt_cuda_event_record(Event* event, int32_t device, int64_t id) {
  return guarded([&] {
    CUDAGuard guard(static_cast<c10::DeviceIndex>(device));
    if (!event->handle) C10_CUDA_CHECK(cudaEventCreateWithFlags(&event->handle, event->flags));
    C10_CUDA_CHECK(cudaEventRecord(event->handle, stream(device, id).stream()));
  });
}

// An event that was never recorded has happened: what PyTorch says of it.
EXPORT int pt_cuda_event_wait(Event* event, int32_t device, int64_t id) {
  return guarded([&] {
    CUDAGuard guard(static_cast<c10::DeviceIndex>(device));
    if (event->handle) C10_CUDA_CHECK(cudaStreamWaitEvent(stream(device, id).stream(), event->handle, 0));
  });
}

EXPORT int pt_cuda_event_query(Event* event, int32_t* done) {
  return guarded([&] {
    auto status = event->handle ? cudaEventQuery(event->handle) : cudaSuccess;
    *done = status == cudaSuccess;
    if (status == cudaErrorNotReady) (void)cudaGetLastError();  // not an error, but remembered as one
    else C10_CUDA_CHECK(status);
  });
}

EXPORT int pt_cuda_event_synchronize(Event* event) {
  return guarded([&] {
    if (event->handle) C10_CUDA_CHECK(cudaEventSynchronize(event->handle));
  });
}

EXPORT int pt_cuda_event_elapsed(Event* from, Event* to, float* milliseconds) {
  return guarded([&] {
    if (!from->handle || !to->handle) throw std::runtime_error("both events must be recorded before the time between them is asked for");
    C10_CUDA_CHECK(cudaEventElapsedTime(milliseconds, from->handle, to->handle));
  });
}

// ---- graphs -------------------------------------------------------------------------------------------------------------------------

EXPORT int pt_cuda_graph_new(at::cuda::CUDAGraph** out) {
  return guarded([&] {
    initialize();
    *out = new at::cuda::CUDAGraph();
  });
}

EXPORT void pt_cuda_graph_free(at::cuda::CUDAGraph* graph) {
  (void)guarded([&] { delete graph; });
}

// mode: cudaStreamCaptureMode, for which versions before 2.1 have no argument: theirs is global (0)
EXPORT int pt_cuda_graph_begin(at::cuda::CUDAGraph* graph, uint64_t pool_first, uint64_t pool_second, int32_t mode) {
  return guarded([&] {
#if TORCH_AT_LEAST(2, 1)
    graph->capture_begin({pool_first, pool_second}, static_cast<cudaStreamCaptureMode>(mode));
#else
    if (mode != 0) throw std::runtime_error("this libtorch (" TORCH_VERSION ") captures with capture_error_mode \"global\" only");
    graph->capture_begin({pool_first, pool_second});
#endif
  });
}

EXPORT int pt_cuda_graph_end(at::cuda::CUDAGraph* graph) {
  return guarded([&] { graph->capture_end(); });
}

EXPORT int pt_cuda_graph_replay(at::cuda::CUDAGraph* graph) {
  return guarded([&] { graph->replay(); });
}

EXPORT int pt_cuda_graph_reset(at::cuda::CUDAGraph* graph) {
  return guarded([&] { graph->reset(); });
}

EXPORT int pt_cuda_graph_pool(at::cuda::CUDAGraph* graph, uint64_t* pool) {
  return guarded([&] {
    auto id = graph->pool();
    pool[0] = id.first;
    pool[1] = id.second;
  });
}

EXPORT int pt_cuda_graph_new_pool(uint64_t* pool) {
  return guarded([&] {
    auto id = at::cuda::graph_pool_handle();
    pool[0] = id.first;
    pool[1] = id.second;
  });
}
