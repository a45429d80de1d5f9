using Polytask.Notebooks.Running;

namespace Polytask.Notebooks.Jupyter;

/// <summary>How a kernel serves.</summary>
public sealed record JupyterOptions
{
    /// <summary>The connection file, which says where.</summary>
    public required string ConnectionFile { get; init; }

    /// <summary>The language of cells that say no other: csharp or fsharp.</summary>
    public required string Language { get; init; }

    /// <summary>How to start the process in which cells run.</summary>
    public required WorkerCommand Worker { get; init; }

    /// <summary>The file that keeps the texts of cells; null: the user's own, one a language.</summary>
    public string? HistoryFile { get; init; }

    /// <summary>The folder in which cells run.</summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    /// <summary>The notebook's file, beside which its packages are recorded; null where that is not known.</summary>
    public string? Notebook { get; init; }
}
