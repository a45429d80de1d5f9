using Polytask.Notebooks.Kernels;
using Polytask.Notebooks.Running;

namespace Polytask.Notebooks.Tests;

/// <summary>The worker process of these tests.</summary>
public static class TestWorker
{
    public static readonly KernelOptions Options = new()
    {
        Usings = KernelOptions.CommonUsings,
        SuppliedPackage = id => id == "Supplied" ? "Supplied is here already." : null,
        About = () => "the tests",
        DeviceMemory = new TestDevice(),
    };

    public static WorkerCommand Command => new("dotnet", [typeof(TestWorker).Assembly.Location]);

    public static int Main(string[] arguments) => Worker.Serve(arguments[0], Options);
}
