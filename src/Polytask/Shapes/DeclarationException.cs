namespace Polytask;

/// <summary>A declaration that cannot be built: the message names the part of the declaration, what it expects and what it got.</summary>
public sealed class DeclarationException(string message) : Exception(message);
