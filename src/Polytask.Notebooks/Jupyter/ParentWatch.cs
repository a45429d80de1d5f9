using System.Runtime.InteropServices;

namespace Polytask.Notebooks.Jupyter;

/// <summary>Notices that the program that started a kernel is gone, after which nobody would ever stop the kernel.</summary>
internal static partial class ParentWatch
{
    /// <summary>Set by Jupyter for the kernels that are to end with it.</summary>
    private const string Variable = "JPY_PARENT_PID";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Starts to watch where Jupyter asks for it; null where it does not.</summary>
    public static Timer? Start(Action gone)
    {
        if (Environment.GetEnvironmentVariable(Variable) is null || OperatingSystem.IsWindows())
            return null;
        var parent = Parent();
        return new Timer(_ =>
        {
            if (Parent() != parent)
                gone();
        }, null, Interval, Interval);
    }

    /// <summary>The process that started this one; another one adopts it when that ends.</summary>
    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int Parent();
}
