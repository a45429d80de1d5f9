using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Polytask;

/// <summary>What a run ran with, for the record: nothing in it names the machine or a folder.</summary>
/// <param name="Polytask">The version of this library.</param>
/// <param name="Torch">The version of libtorch.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="Threads">The threads of one tensor operation.</param>
/// <param name="Device">The device, as the plan names it.</param>
/// <param name="Revision">
/// The commit of the working directory's git repository, with "+changes" where files differ from it and "+unknown" where no git is there to say; null
/// outside of one.
/// </param>
/// <param name="PeakMemory">The most bytes of memory that the process has had so far.</param>
public sealed record RunEnvironment(
    string Polytask, string Torch, string Runtime, int Threads, string Device, string? Revision, long PeakMemory)
{
    internal static RunEnvironment Of(string device)
    {
        using var process = Process.GetCurrentProcess();
        return new(typeof(RunEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
            torch.__version__, RuntimeInformation.FrameworkDescription, torch.get_num_threads(), device, GitRevision.Current,
            process.PeakWorkingSet64);
    }
}
