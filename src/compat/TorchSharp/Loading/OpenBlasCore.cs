using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp.Loading;

/// <summary>
/// The processor that OpenBLAS takes this one for. It goes by the model's number: one that is newer than the library is taken for the oldest of all, a
/// Prescott of 2004, and matrix products are then four to five times slower than they need be.
/// </summary>
internal static class OpenBlasCore
{
    private const string Variable = "OPENBLAS_CORETYPE";

    private static readonly string[] beforeAvx = ["Prescott", "Core2", "Penryn", "Dunnington", "Nehalem", "Atom"];

    /// <summary>What a library that took the processor for <paramref name="core"/> should be told instead; null where it is right.</summary>
    internal static string? Better(string core, bool hasAvx2, bool hasAvx512) => !hasAvx2 || !beforeAvx.Contains(core, StringComparer.OrdinalIgnoreCase)
        ? null
        : hasAvx512 ? "SkylakeX" : "Haswell";

    /// <summary>Loads OpenBLAS; once more, and told the processor, where it is mistaken and nobody else told it.</summary>
    internal static void Load(string file)
    {
        var library = NativeLibrary.Load(file);
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 }) return;
        if (Better(Of(library), Avx2.IsSupported && Fma.IsSupported, Avx512F.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported) is not { } core)
            return;
        // It asks once, when it is loaded.
        NativeLibrary.Free(library);
        ProcessEnvironment.Set(Variable, core);
        NativeLibrary.Load(file);
    }

    /// <summary>What a loaded OpenBLAS takes the processor for; "" where it does not say.</summary>
    internal static string Of(nint library) => NativeLibrary.TryGetExport(library, "openblas_get_corename", out var name)
        ? Marshal.PtrToStringUTF8(Marshal.GetDelegateForFunctionPointer<CoreName>(name)()) ?? ""
        : "";

    private delegate nint CoreName();
}
