using System.Collections.Immutable;
using Polytask.Analysis;
using Polytask.Notebooks.Running.Resuming;
using TorchSharp;

namespace Polytask.Cli.Resuming;

/// <summary>
/// What a continued run may take over of values of the multi-task library and of what it stands on: which of their types are no more than
/// their fields, how tensors and frames are saved, which calls leave nothing behind but the state of torch's random numbers.
/// </summary>
internal static class LibraryResuming
{
    /// <summary>Members outside the tensor, module and optimiser types that leave something behind in the process or the thread.</summary>
    private static readonly string[] TorchSettings = ["set_", "Set", "Initialize", "InitializeDevice", "use_deterministic"];

    private static readonly string[] TorchTypes =
    [
        "TorchSharp.Scalar", "TorchSharp.ScalarExtensionMethods", "TorchSharp.TensorExtensionMethods", "TorchSharp.Size",
        "TorchSharp.Utils.TensorAccessor",
    ];

    private static readonly string[] TorchFolders = ["TorchSharp.torch.nn.", "TorchSharp.torch.optim."];

    private static readonly string[] Namespaces = ["Deedle.", "Microsoft.FSharp.Core.", "Microsoft.FSharp.Collections."];

    public static ResumeSupport Support { get; } = new()
    {
        Savers = () => [.. new TensorSavers().All, .. FrameSavers.All],
        IsItsFields = IsItsFields,
        KeepsToItself = KeepsToItself,
        States = [new ProcessState("the state of torch's random numbers", RandomState, RestoreRandomState)],
    };

    private static bool IsItsFields(Type type) =>
        type == typeof(object)
        || type.Assembly == typeof(Model).Assembly || type.Assembly == typeof(Ledger).Assembly
        || type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
        || typeof(torch.nn.Module).IsAssignableFrom(type);

    private static bool KeepsToItself(string type, string member) =>
        type.StartsWith("Polytask.", StringComparison.Ordinal)
            ? type is not "Polytask.Progress" && !type.StartsWith("Polytask.Notebooks.", StringComparison.Ordinal)
        : type.StartsWith("TorchSharp.", StringComparison.Ordinal) ? TorchKeepsToItself(type, member)
        : type.StartsWith("Plotly.NET.", StringComparison.Ordinal) ? !type.StartsWith("Plotly.NET.Defaults", StringComparison.Ordinal)
        : Array.Exists(Namespaces, n => type.StartsWith(n, StringComparison.Ordinal));

    private static bool TorchKeepsToItself(string type, string member)
    {
        if (type.StartsWith("TorchSharp.Modules.", StringComparison.Ordinal) || Array.IndexOf(TorchTypes, type) >= 0)
            return true;
        if (type is "TorchSharp.torch.Tensor" || Array.Exists(TorchFolders, folder => $"{type}.".StartsWith(folder, StringComparison.Ordinal)))
            return true;
        return type is "TorchSharp.torch" or "TorchSharp.torch.random" or "TorchSharp.torch.Generator" or "TorchSharp.torch.autograd"
            or "TorchSharp.torch.linalg" or "TorchSharp.torch.special" or "TorchSharp.torch.fft" or "TorchSharp.torch.Device"
            or "TorchSharp.torch.TensorIndex"
            && !Array.Exists(TorchSettings, s => member.StartsWith(s, StringComparison.Ordinal));
    }

    private static byte[]? RandomState()
    {
        if (!LoadedLibraries.HasLibtorch)
            return null;
        if (torch.cuda.is_available())
            throw new NotSavableException("is also that of a GPU, which cannot be saved");
        using var state = torch.get_rng_state();
        return state.bytes.ToArray();
    }

    private static void RestoreRandomState(byte[] saved)
    {
        using var state = torch.tensor(saved, dtype: torch.ScalarType.Byte);
        torch.set_rng_state(state);
    }
}
