using Polytask.Notebooks.Running;
using TorchSharp;

namespace Polytask.Cli;

/// <summary>The memory that tensors take on the GPUs, for the metadata of cells. A notebook without tensors does not load libtorch for it.</summary>
internal sealed class CudaMemory : IDeviceMemory
{
    private bool _unknown;

    /// <inheritdoc />
    public void Restart() => _ = OfEach(device =>
    {
        torch.cuda.reset_peak_memory_stats(device);
        return 0;
    });

    /// <inheritdoc />
    public long? Peak => OfEach(torch.cuda.max_memory_allocated);

    /// <summary>The sum over the devices; null where there is none, or the figures cannot be had.</summary>
    private long? OfEach(Func<torch.Device, long> figure)
    {
        if (_unknown || !LoadedLibraries.HasLibtorch)
            return null;
        try
        {
            var count = torch.cuda.device_count();
            _unknown = count == 0;
            return _unknown ? null : Enumerable.Range(0, count).Sum(i => figure(torch.device($"cuda:{i}")));
        }
        catch (InvalidOperationException)
        {
            // The bridge to libtorch was compiled without CUDA's headers: `polytask doctor` and any use of these figures say so.
            _unknown = true;
            return null;
        }
    }
}
