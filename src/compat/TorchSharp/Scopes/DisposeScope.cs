namespace TorchSharp;

/// <summary>
/// Disposes the tensors that were made on its thread while it was the innermost scope, when it ends. A list with the position kept
/// in each tensor, so that joining, leaving and moving cost a store each.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic] private static DisposeScope? current;

    private readonly List<torch.Tensor?> tensors = [];
    private List<IDisposable>? others;

    internal DisposeScope()
    {
        OuterScope = current;
        current = this;
    }

    internal static DisposeScope? Current => current;

    internal DisposeScope? OuterScope { get; private set; }

    /// <summary>What the scope would dispose now.</summary>
    public IReadOnlyList<IDisposable> DisposablesView => [.. tensors.OfType<IDisposable>(), .. others ?? []];

    public int DisposablesCount => DisposablesView.Count;

    internal static void Register(torch.Tensor tensor) => current?.Join(tensor);

    /// <summary>Moves it to the scope around this one (out of all scopes, when this is the outermost) and returns it.</summary>
    public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(OuterScope, disposable);

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (MoveToOuter(first), MoveToOuter(second));

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable => (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables) MoveToOuter<IDisposable>(disposable);
    }

    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        if (disposable is torch.Tensor tensor) Move(tensor, scope);
        else if (others?.Remove(disposable) == true) scope?.Attach((IDisposable)disposable);
        return disposable;
    }

    /// <summary>Takes it out of this scope: nobody disposes it but its owner.</summary>
    public T Detach<T>(T disposable) where T : IDisposable => MoveToOther(null, disposable);

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable => (Detach(first), Detach(second));

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables) Detach<IDisposable>(disposable);
    }

    /// <summary>Puts it into this scope.</summary>
    public void Attach(IDisposable disposable)
    {
        if (disposable is torch.Tensor tensor) Move(tensor, this);
        else (others ??= []).Add(disposable);
    }

    public void Attach(params IDisposable[] disposables)
    {
        foreach (var disposable in disposables) Attach(disposable);
    }

    public bool Contains(IDisposable disposable) =>
        disposable is torch.Tensor tensor ? tensor.OwningDisposeScope == this : others?.Contains(disposable) == true;

    /// <summary>Disposes what the scope holds; the scope goes on.</summary>
    public void DisposeEverything() => DisposeEverythingBut([]);

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut([(IDisposable)keep]);
        return keep;
    }

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var kept = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        var survivors = tensors.Where(t => t is not null && kept.Contains(t)).ToList();
        foreach (var tensor in tensors)
            if (tensor is not null && !kept.Contains(tensor)) tensor.DisposeFromScope();
        tensors.Clear();
        foreach (var tensor in survivors) Join(tensor!);
        var gone = others?.Where(o => !kept.Contains(o)).ToList() ?? [];
        foreach (var other in gone)
        {
            others!.Remove(other);
            other.Dispose();
        }
    }

    public void Dispose()
    {
        try
        {
            DisposeEverything();
        }
        finally
        {
            // An object that fails to dispose must not leave its scope open for everything that is made later.
            Leave();
        }
    }

    /// <summary>Closes this scope on its thread; scopes opened inside it and left open close with it.</summary>
    private void Leave()
    {
        for (var scope = current; scope is not null; scope = scope.OuterScope)
        {
            if (scope != this) continue;
            current = OuterScope;
            return;
        }
    }

    internal static void Move(torch.Tensor tensor, DisposeScope? target)
    {
        tensor.OwningDisposeScope?.Forget(tensor);
        target?.Join(tensor);
    }

    internal void Forget(torch.Tensor tensor)
    {
        tensors[tensor.ScopeIndex] = null;
        tensor.OwningDisposeScope = null;
        // Tensors that are disposed soon after they were made leave no holes at the end.
        while (tensors.Count > 0 && tensors[^1] is null) tensors.RemoveAt(tensors.Count - 1);
    }

    private void Join(torch.Tensor tensor)
    {
        tensor.OwningDisposeScope = this;
        tensor.ScopeIndex = tensors.Count;
        tensors.Add(tensor);
    }
}

public static partial class torch
{
    /// <summary>Opens a scope: tensors made on this thread until it is disposed are disposed with it.</summary>
    public static DisposeScope NewDisposeScope() => new();

    public static DisposeScope? CurrentDisposeScope => DisposeScope.Current;

    /// <summary>Runs the expression in a scope of its own; only its result survives.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }
}
