namespace Polytask.Notebooks.Running;

/// <summary>Counts the memory of a device (a GPU) while cells run; a host that knows one gives it to its worker.</summary>
public interface IDeviceMemory
{
    /// <summary>Starts to count anew.</summary>
    void Restart();

    /// <summary>The most that was in use since then, in bytes; null where there is no device or none was touched.</summary>
    long? Peak { get; }
}
