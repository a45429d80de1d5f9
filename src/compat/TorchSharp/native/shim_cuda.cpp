// What a CUDA device has left, and giving cached memory back. Compiled only where CUDA's headers are.
#include <c10/cuda/CUDACachingAllocator.h>
#include <cuda_runtime_api.h>

#include <cstdint>

#define EXPORT extern "C" __attribute__((visibility("default")))

EXPORT int32_t pt_cuda_synchronize(int32_t device) {
  int before = 0;
  cudaGetDevice(&before);
  if (device >= 0) cudaSetDevice(device);
  auto status = cudaDeviceSynchronize();
  cudaSetDevice(before);
  return static_cast<int32_t>(status);
}

EXPORT int32_t pt_cuda_empty_cache() {
  try {
    c10::cuda::CUDACachingAllocator::emptyCache();
    return 0;
  } catch (...) {
    return -1;
  }
}

// out: bytes in tensors, bytes held by the allocator, peak bytes in tensors, free bytes of the device, total bytes of the device
EXPORT int32_t pt_cuda_memory(int32_t device, int64_t* out) {
  try {
    auto stats = c10::cuda::CUDACachingAllocator::getDeviceStats(static_cast<c10::DeviceIndex>(device));
    out[0] = stats.allocated_bytes[0].current;
    out[1] = stats.reserved_bytes[0].current;
    out[2] = stats.allocated_bytes[0].peak;
    int before = 0;
    size_t free_bytes = 0, total_bytes = 0;
    cudaGetDevice(&before);
    cudaSetDevice(device);
    cudaMemGetInfo(&free_bytes, &total_bytes);
    cudaSetDevice(before);
    out[3] = static_cast<int64_t>(free_bytes);
    out[4] = static_cast<int64_t>(total_bytes);
    return 0;
  } catch (...) {
    return -1;
  }
}
