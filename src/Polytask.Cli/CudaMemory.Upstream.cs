using Polytask.Notebooks.Running;

namespace Polytask.Cli;

/// <summary>TorchSharp has no figures of the GPUs' memory: cells record none.</summary>
internal sealed class CudaMemory : IDeviceMemory
{
    /// <inheritdoc />
    public void Restart()
    {
    }

    /// <inheritdoc />
    public long? Peak => null;
}
