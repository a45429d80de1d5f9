using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>
/// Anomaly detection until it is disposed, which brings back what was before. It holds for the whole process, and it is slow: each
/// operator that is recorded keeps the stack of its call. While it is on, an error of a backward pass ends with the call that recorded
/// the operator, and with <c>check_nan</c> a NaN in the result of an operator's backward function is an error that names it.
/// </summary>
public class AnomalyMode : IDisposable
{
    private readonly bool wasEnabled = IsEnabled;
    private readonly bool checkedNaN = ShouldCheckNaN;

    public AnomalyMode(bool enabled, bool check_nan = true) => Set(enabled, check_nan);

    /// <summary>Whether anomalies are looked for.</summary>
    public static bool IsEnabled => NativeMethods.pt_anomaly_enabled() != 0;

    /// <summary>Whether a NaN in a backward pass is an error while they are.</summary>
    public static bool ShouldCheckNaN => NativeMethods.pt_anomaly_checks_nan() != 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing) Set(wasEnabled, checkedNaN);
    }

    private static void Set(bool enabled, bool check_nan)
    {
        AutogradCallbacks.EnsureStarted();
        NativeMethods.pt_set_anomaly(enabled ? 1 : 0, check_nan ? 1 : 0);
    }
}

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>Looks for anomalies in backward passes until the result is disposed.</summary>
        /// <param name="check_nan">whether a NaN in a backward pass is an error</param>
        public static AnomalyMode detect_anomaly(bool check_nan = true) => new(true, check_nan);

        /// <summary>Looks for anomalies, or does not, until the result is disposed.</summary>
        /// <param name="mode">whether anomalies are looked for</param>
        /// <param name="check_nan">whether a NaN in a backward pass is an error</param>
        public static AnomalyMode set_detect_anomaly(bool mode, bool check_nan = true) => new(mode, check_nan);
    }
}
