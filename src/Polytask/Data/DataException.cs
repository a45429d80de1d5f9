namespace Polytask;

/// <summary>Data that cannot be used: the message names the data set, the column or task, what was expected and what to do.</summary>
public sealed class DataException(string message, Exception? inner = null) : Exception(message, inner);
