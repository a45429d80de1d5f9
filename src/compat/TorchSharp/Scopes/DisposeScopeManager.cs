namespace TorchSharp;

/// <summary>A thread's innermost scope, and its statistics.</summary>
public class DisposeScopeManager
{
    [ThreadStatic] private static DisposeScopeManager? ofThread;

    private readonly ThreadDisposeScopeStatistics statistics = new();

    internal static DisposeScopeManager OfThread => ofThread ??= new DisposeScopeManager();

    internal DisposeScope? Current { get; set; }

    internal LifetimeStatistics Tensors => statistics.TensorStatistics;

    /// <summary>What this thread made, disposed and moved since it began, or since they were reset.</summary>
    public static ThreadDisposeScopeStatistics Statistics => OfThread.statistics;

    internal void Made(torch.Tensor tensor)
    {
        if (Current is null)
        {
            Tensors.CreatedOutsideScopeCount++;
            return;
        }
        Tensors.CreatedInScopeCount++;
        Current.Join(tensor);
    }

    internal void Disposed(bool inScope)
    {
        if (inScope) Tensors.DisposedInScopeCount++;
        else Tensors.DisposedOutsideScopeCount++;
    }
}
