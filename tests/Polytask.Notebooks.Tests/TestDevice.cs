using Polytask.Notebooks.Running;

namespace Polytask.Notebooks.Tests;

/// <summary>A device whose memory the cells of these tests take by calling it.</summary>
public sealed class TestDevice : IDeviceMemory
{
    private static long? _peak;

    /// <inheritdoc />
    public long? Peak => _peak;

    /// <summary>Has so many bytes in use for a moment.</summary>
    public static void Take(long bytes) => _peak = Math.Max(_peak ?? 0, bytes);

    /// <inheritdoc />
    public void Restart() => _peak = null;
}
