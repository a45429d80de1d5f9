using System.Reflection;

namespace Polytask.Notebooks.Running.Resuming;

/// <summary>The types whose values can be saved and put back: those of files by their names, those of cells by their place in the chain.</summary>
internal sealed class SavableTypes
{
    private readonly ResumeSupport _host;
    private readonly IReadOnlyList<ValueSaver> _savers;
    private readonly IReadOnlyList<object> _submissions;
    private readonly IReadOnlyList<string> _savedNames;

    /// <param name="host">What the host says of its types.</param>
    /// <param name="submissions">The submissions whose cells may declare types.</param>
    /// <param name="savedNames">What the assemblies of the submissions were called where the values were saved; null: as they are called here.</param>
    public SavableTypes(ResumeSupport host, IReadOnlyList<object> submissions, IReadOnlyList<string>? savedNames = null)
    {
        (_host, _savers, _submissions) = (host, host.Savers(), submissions);
        _savedNames = savedNames ?? [.. submissions.Select(s => AssemblyOf(s).GetName().Name!)];
    }

    /// <summary>The names of the submissions' assemblies, for another process.</summary>
    public IReadOnlyList<string> CellAssemblies => _savedNames;

    /// <summary>The host's saver of exactly this type.</summary>
    public ValueSaver? SaverOf(Type type) => _savers.FirstOrDefault(s => s.Type == type);

    /// <summary>A type that another process finds again.</summary>
    public bool HasName(Type type) => type.HasElementType
        ? HasName(type.GetElementType()!)
        : (type.Assembly.Location.Length > 0 || IsOfCell(type)) && type.GetGenericArguments().All(HasName);

    /// <summary>Whether its instances can be saved field by field: with its base classes it is a cell's own, or the host vouches for it.</summary>
    public bool IsItsFields(Type type)
    {
        if (!HasName(type) || type.IsArray || type.IsPointer || type.IsByRefLike)
            return false;
        for (var at = type; at is not null && at != typeof(object) && at != typeof(ValueType); at = at.BaseType)
            if (!(IsOfCell(at) || _host.IsItsFields(at)))
                return false;
        return true;
    }

    /// <summary>Whether a function that a type holds is the same code in another process: the host's, which is part of a run's fingerprint.</summary>
    public bool HasCode(Type owner) => owner.Assembly.Location.Length > 0 && _host.IsItsFields(owner);

    /// <summary>The type of a name that was saved.</summary>
    /// <exception cref="NotSavableException">There is none here.</exception>
    public Type Find(string name) => Type.GetType(name, AssemblyOf, typeResolver: null)
        ?? throw new NotSavableException($"there is no type {name}");

    private Assembly? AssemblyOf(AssemblyName name)
    {
        for (var i = 0; i < _savedNames.Count && i < _submissions.Count; i++)
            if (_savedNames[i] == name.Name)
                return AssemblyOf(_submissions[i]);
        return Assembly.Load(name);
    }

    /// <summary>The object that holds a cell's variables is no value.</summary>
    private bool IsOfCell(Type type) => _submissions.Any(s => AssemblyOf(s) == type.Assembly && s.GetType() != type);

    private static Assembly AssemblyOf(object submission) => submission.GetType().Assembly;
}
