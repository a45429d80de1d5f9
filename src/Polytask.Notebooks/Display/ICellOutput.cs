namespace Polytask.Notebooks.Display;

/// <summary>Where the outputs of the running cell go.</summary>
public interface ICellOutput
{
    /// <summary>Text printed to "stdout" or "stderr".</summary>
    void Stream(string name, string text);

    /// <summary>A displayed value. With an identifier it can be updated in place later.</summary>
    void Display(MimeBundle bundle, string? displayId);

    /// <summary>The new form of what was displayed under an identifier, in whichever cell that was.</summary>
    void Update(MimeBundle bundle, string displayId);

    /// <summary>The value of the cell's last expression.</summary>
    void Result(MimeBundle bundle);
}

/// <summary>The place that <c>display</c> and its relatives write to.</summary>
public static class CellOutput
{
    private static int _lastId;

    /// <summary>The process's output; a worker sets it once.</summary>
    public static ICellOutput? Current { get; set; }

    internal static string NewId() => $"display-{Interlocked.Increment(ref _lastId)}";

    internal static ICellOutput Required =>
        Current ?? throw new InvalidOperationException("Nothing can be displayed here: no cell is running in this process.");
}
