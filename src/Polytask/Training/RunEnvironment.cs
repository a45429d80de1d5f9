using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Polytask;

/// <summary>What a run ran with, for the record.</summary>
/// <param name="Polytask">The version of this library.</param>
/// <param name="Torch">The version of libtorch.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="Threads">The threads of one tensor operation.</param>
public sealed record RunEnvironment(string Polytask, string Torch, string Runtime, int Threads)
{
    internal static RunEnvironment Current => new(
        typeof(RunEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
        torch.__version__, RuntimeInformation.FrameworkDescription, torch.get_num_threads());
}
