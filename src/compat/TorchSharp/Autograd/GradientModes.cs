using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>
/// A mode of the thread that it was made on, until it is disposed there. Modes nest: each gives back what it found, and the second
/// disposal does nothing.
/// </summary>
internal abstract class ThreadMode : IDisposable
{
    private readonly int thread = Environment.CurrentManagedThreadId;
    private bool ended;

    /// <exception cref="InvalidOperationException">on another thread, whose mode this would change while its own stays as it is</exception>
    public void Dispose()
    {
        if (ended) return;
        if (Environment.CurrentManagedThreadId != thread)
            throw new InvalidOperationException(
                "no_grad, enable_grad, inference_mode and autocast belong to the thread that called them, and this one was ended on another: " +
                "do not await inside such a block.");
        ended = true;
        Restore();
    }

    protected abstract void Restore();
}

/// <summary>Records gradients or not.</summary>
internal sealed class AutoGradMode : ThreadMode
{
    private readonly bool before = IsEnabled;

    public AutoGradMode(bool enabled) => NativeMethods.pt_set_grad_enabled(enabled ? 1 : 0);

    public static bool IsEnabled => NativeMethods.pt_grad_enabled() != 0;

    protected override void Restore() => NativeMethods.pt_set_grad_enabled(before ? 1 : 0);
}

/// <summary>Neither gradients nor version counters.</summary>
internal sealed class InferenceMode(bool mode) : ThreadMode
{
    private readonly nint guard = NativeMethods.pt_inference_enter(mode ? 1 : 0);

    protected override void Restore() => NativeMethods.pt_inference_leave(guard);
}

public static partial class torch
{
    /// <summary>
    /// No gradients are recorded until the result is disposed. As all modes here it holds on this thread only, so other threads
    /// need their own, it nests, and it must end on the thread that it began on: no await in between.
    /// </summary>
    public static IDisposable no_grad() => new AutoGradMode(false);

    /// <summary>Gradients are recorded again until the result is disposed; for use inside <see cref="no_grad"/>.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new AutoGradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new AutoGradMode(mode);

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_grad_enabled() => AutoGradMode.IsEnabled;

    public static bool is_inference_mode_enabled() => NativeMethods.pt_inference_enabled() != 0;
}
