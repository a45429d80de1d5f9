namespace Polytask.Notebooks.Documents;

/// <summary>A file that cannot be used as a notebook. The message names the file, the place, what was expected and what to do.</summary>
public sealed class NotebookFormatException(string message, Exception? inner = null) : Exception(message, inner);
