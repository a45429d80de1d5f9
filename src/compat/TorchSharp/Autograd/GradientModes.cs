using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>
/// Records gradients or not until it is disposed. The mode belongs to the thread: dispose it on the thread that made it, and do
/// not await in between.
/// </summary>
internal sealed class AutoGradMode : IDisposable
{
    private readonly bool before = IsEnabled;

    public AutoGradMode(bool enabled) => NativeMethods.pt_set_grad_enabled(enabled ? 1 : 0);

    public void Dispose() => NativeMethods.pt_set_grad_enabled(before ? 1 : 0);

    public static bool IsEnabled => NativeMethods.pt_grad_enabled() != 0;
}

/// <summary>Inference mode until it is disposed, on this thread: no gradients and no version counters.</summary>
internal sealed class InferenceMode(bool mode) : IDisposable
{
    private nint guard = NativeMethods.pt_inference_enter(mode ? 1 : 0);

    public void Dispose()
    {
        var owned = Interlocked.Exchange(ref guard, 0);
        if (owned != 0) NativeMethods.pt_inference_leave(owned);
    }
}

public static partial class torch
{
    /// <summary>No gradients are recorded on this thread until the result is disposed.</summary>
    public static IDisposable no_grad() => new AutoGradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new AutoGradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new AutoGradMode(mode);

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_grad_enabled() => AutoGradMode.IsEnabled;

    public static bool is_inference_mode_enabled() => NativeMethods.pt_inference_enabled() != 0;
}
