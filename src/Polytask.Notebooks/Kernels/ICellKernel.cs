namespace Polytask.Notebooks.Kernels;

/// <summary>A piece of a cell in one language.</summary>
/// <param name="Text">The source, with as many lines before it as in the cell, so that line numbers are those of the cell.</param>
/// <param name="Path">What traces and messages call the source: cell-3, or the path of a loaded file.</param>
public sealed record CellCode(string Text, string Path);

/// <summary>A variable of a session.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its declared type.</param>
/// <param name="Value">Its value now.</param>
public sealed record KernelVariable(string Name, Type Type, object? Value);

/// <summary>What a piece of a cell gave.</summary>
/// <param name="HasValue">Whether it ends in an expression with a value to show.</param>
/// <param name="Value">The value.</param>
/// <param name="Type">The type that the language gives it; null where that is no more than the value's own.</param>
public readonly record struct CellValue(bool HasValue, object? Value, Type? Type = null);

/// <summary>A session in one language. Cells run one at a time; all kernels of a worker share its assemblies.</summary>
public interface ICellKernel
{
    /// <summary>The language's name in magic commands and metadata: csharp, fsharp.</summary>
    string Language { get; }

    /// <summary>The session's variables, newest declaration of each name, sorted by name.</summary>
    IReadOnlyList<KernelVariable> Variables { get; }

    /// <summary>The variable of a name, or null.</summary>
    KernelVariable? Find(string name) => Variables.FirstOrDefault(v => v.Name == name);

    /// <summary>Makes an assembly's types usable in the cells that follow.</summary>
    void AddReference(string assemblyPath);

    /// <summary>Compiles and runs source on the calling thread.</summary>
    /// <exception cref="CellFailedException">It does not compile, or it threw.</exception>
    CellValue Run(CellCode code);

    /// <summary>Declares a variable that holds a value of another kernel, by reference.</summary>
    /// <param name="name">The variable's name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="type">The type that it was declared with.</param>
    /// <exception cref="InvalidOperationException">The language cannot name it, or cannot use values of its type.</exception>
    void Declare(string name, object? value, Type type);

    /// <summary>Runs a source file that a cell loads, where the language has its own way to do so.</summary>
    /// <returns>Whether it has; else the file's text is run like a cell's.</returns>
    bool LoadFile(string path) => false;

    /// <summary>A value as the language itself prints it; null where it has no way of its own.</summary>
    string? Print(object? value, Type type) => null;

    /// <summary>What could stand at a position of a source, given the session so far.</summary>
    Completions Complete(string source, int position) => new(position, position, []);

    /// <summary>What is known of the name at a position of a source; null where nothing is.</summary>
    Inspection? Inspect(string source, int position) => null;

    /// <summary>Whether a source can run as it stands.</summary>
    Completeness IsComplete(string source) => Completeness.Complete;
}
