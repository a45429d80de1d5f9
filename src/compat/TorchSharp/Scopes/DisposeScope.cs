namespace TorchSharp;

/// <summary>
/// Disposes the tensors that were made on its thread while it was the innermost scope, when it ends. A list with the position kept
/// in each tensor, so that joining, leaving and moving cost a store each.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    private readonly DisposeScopeManager manager = DisposeScopeManager.OfThread;
    private readonly List<torch.Tensor?> tensors = [];
    private List<IDisposable>? others;
    private bool ended;

    internal DisposeScope()
    {
        OuterScope = manager.Current;
        manager.Current = this;
    }

    internal DisposeScope? OuterScope { get; private set; }

    /// <summary>What the scope would dispose now.</summary>
    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            CheckOpen();
            return [.. tensors.OfType<IDisposable>(), .. others ?? []];
        }
    }

    public int DisposablesCount => DisposablesView.Count;

    /// <summary>Moves it to the scope around this one (out of all scopes, when this is the outermost) and returns it.</summary>
    public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(OuterScope, disposable);

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        MoveToOther(OuterScope, first, second);

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable => MoveToOther(OuterScope, first, second, third);

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOther(OuterScope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(OuterScope, disposables);

    /// <summary>Moves it to another scope, or with null out of all scopes; what this scope does not hold stays where it is.</summary>
    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        CheckOpen();
        if (!Contains(disposable)) return disposable;
        if (disposable is torch.Tensor tensor)
        {
            if (scope is null) manager.Tensors.DetachedFromScopeCount++;
            Move(tensor, scope);
        }
        else
        {
            others!.Remove(disposable);
            scope?.Attach((IDisposable)disposable);
        }
        return disposable;
    }

    public (T1 first, T2 second) MoveToOther<T1, T2>(DisposeScope? scope, T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (MoveToOther(scope, first), MoveToOther(scope, second));

    public (T1 first, T2 second, T3 third) MoveToOther<T1, T2, T3>(DisposeScope? scope, T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (MoveToOther(scope, first), MoveToOther(scope, second), MoveToOther(scope, third));

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) => MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        // The type is given: else the overload of many objects would be called again, with one.
        foreach (var disposable in disposables) MoveToOther<IDisposable>(scope, disposable);
    }

    /// <summary>Takes it out of this scope: nobody disposes it but its owner.</summary>
    public T Detach<T>(T disposable) where T : IDisposable => MoveToOther(null, disposable);

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable => MoveToOther(null, first, second);

    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable => MoveToOther(null, first, second, third);

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    public void Detach(IEnumerable<IDisposable> disposables) => MoveToOther(null, disposables);

    /// <summary>Puts it into this scope, out of the one that it was in.</summary>
    public void Attach(IDisposable disposable)
    {
        CheckOpen();
        if (Contains(disposable)) return;
        if (disposable is torch.Tensor tensor)
        {
            manager.Tensors.AttachedToScopeCount++;
            Move(tensor, this);
        }
        else
        {
            (others ??= []).Add(disposable);
        }
    }

    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        var attached = disposables.ToList();
        foreach (var disposable in attached) Attach(disposable);
        return attached;
    }

    public bool Contains(IDisposable disposable) =>
        disposable is torch.Tensor tensor ? tensor.OwningDisposeScope == this : others?.Contains(disposable) == true;

    /// <summary>Forgets an object that its owner has disposed.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        CheckOpen();
        if (!Contains(disposable)) return;
        if (disposable is torch.Tensor tensor) Forget(tensor);
        else others!.Remove(disposable);
    }

    /// <summary>Disposes what the scope holds; the scope goes on.</summary>
    public void DisposeEverything() => DisposeEverythingBut([]);

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut([(IDisposable)keep]);
        return keep;
    }

    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        DisposeEverythingBut([(IDisposable)first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        DisposeEverythingBut([(IDisposable)first, second, third]);
        return (first, second, third);
    }

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        CheckOpen();
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
        if (ended) return;
        try
        {
            DisposeEverything();
        }
        finally
        {
            // An object that fails to dispose must not leave its scope open for everything that is made later.
            Leave();
            ended = true;
        }
    }

    /// <summary>Closes this scope; scopes opened inside it and left open stay, inside the one around this.</summary>
    private void Leave()
    {
        if (manager.Current == this)
        {
            manager.Current = OuterScope;
            return;
        }
        for (var scope = manager.Current; scope is not null; scope = scope.OuterScope)
        {
            if (scope.OuterScope != this) continue;
            scope.OuterScope = OuterScope;
            return;
        }
    }

    private void CheckOpen()
    {
        if (ended) throw new ObjectDisposedException(nameof(DisposeScope), "This dispose scope has ended.");
    }

    internal static void Move(torch.Tensor tensor, DisposeScope? target)
    {
        tensor.OwningDisposeScope?.Forget(tensor);
        if (target is null) tensor.Report();
        else target.Join(tensor);
    }

    internal void Forget(torch.Tensor tensor)
    {
        tensors[tensor.ScopeIndex] = null;
        tensor.OwningDisposeScope = null;
        // Tensors that are disposed soon after they were made leave no holes at the end.
        while (tensors.Count > 0 && tensors[^1] is null) tensors.RemoveAt(tensors.Count - 1);
    }

    internal void Join(torch.Tensor tensor)
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

    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.OfThread.Current;

    /// <summary>Runs the expression in a scope of its own; only its result survives.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }
}
