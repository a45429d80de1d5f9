namespace Polytask.Notebooks.Kernels;

/// <summary>
/// Stands in for a kernel until a cell needs it: a notebook that never does loads nothing of that language, neither its compiler nor
/// its library.
/// </summary>
/// <param name="language">The language's name.</param>
/// <param name="create">Makes the kernel.</param>
internal sealed class LateKernel(string language, Func<ICellKernel> create) : ICellKernel
{
    private readonly List<string> _references = [];
    private ICellKernel? _kernel;

    /// <inheritdoc />
    public string Language => language;

    /// <inheritdoc />
    public IReadOnlyList<KernelVariable> Variables => _kernel?.Variables ?? [];

    /// <inheritdoc />
    public KernelVariable? Find(string name) => _kernel?.Find(name);

    /// <inheritdoc />
    public void AddReference(string assemblyPath)
    {
        if (_kernel is null)
            _references.Add(assemblyPath);
        else
            _kernel.AddReference(assemblyPath);
    }

    /// <inheritdoc />
    public CellValue Run(CellCode code) => Kernel().Run(code);

    /// <inheritdoc />
    public void Declare(string name, object? value, Type type) => Kernel().Declare(name, value, type);

    /// <inheritdoc />
    public bool LoadFile(string path) => Kernel().LoadFile(path);

    /// <inheritdoc />
    public string? Print(object? value, Type type) => _kernel?.Print(value, type);

    /// <inheritdoc />
    public Completions Complete(string source, int position) => Kernel().Complete(source, position);

    /// <inheritdoc />
    public Inspection? Inspect(string source, int position) => Kernel().Inspect(source, position);

    /// <inheritdoc />
    public Completeness IsComplete(string source) => Kernel().IsComplete(source);

    private ICellKernel Kernel()
    {
        if (_kernel is not null)
            return _kernel;
        _kernel = create();
        foreach (var path in _references)
            _kernel.AddReference(path);
        return _kernel;
    }
}
