using System.Runtime.CompilerServices;
using TorchSharp;

// torch's generator is one for the process: tests that seed it must not run beside each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Polytask.Analysis.Tests;

internal static class Single
{
    [ModuleInitializer]
    internal static void Thread() => torch.set_num_threads(1);
}
