namespace Polytask.Notebooks.Running.Resuming;

/// <summary>A value cannot be put back exactly as it was; the message continues the name of the variable ("is a Random, ...").</summary>
public sealed class NotSavableException(string message) : Exception(message);

/// <summary>Saves the values of one type of a host's library.</summary>
/// <param name="Type">The type; values of types derived from it are others.</param>
/// <param name="Write">The bytes of a value. Throws <see cref="NotSavableException" /> where reading them would not give the same.</param>
/// <param name="Read">The value of bytes.</param>
public sealed record ValueSaver(Type Type, Func<object, byte[]> Write, Func<byte[], object> Read);

/// <summary>State of the process that a host's library keeps beside all variables, such as that of a generator of random numbers.</summary>
/// <param name="Name">Names it in what is saved.</param>
/// <param name="Save">Its bytes; null while the library has none. Throws <see cref="NotSavableException" /> where it cannot be put back.</param>
/// <param name="Restore">Puts it back.</param>
public sealed record ProcessState(string Name, Func<byte[]?> Save, Action<byte[]> Restore);

/// <summary>What a host knows of its library that lets a run be continued without running the cells that used it.</summary>
public sealed record ResumeSupport
{
    /// <summary>Savers, made anew for every state that is saved or put back, so that they can see what its values share.</summary>
    public Func<IReadOnlyList<ValueSaver>> Savers { get; init; } = () => [];

    /// <summary>Whether instances of a type are no more than their fields: no resource, no lock, no place in a static table.</summary>
    public Func<Type, bool> IsItsFields { get; init; } = _ => false;

    /// <summary>
    /// Whether a member, by the full name of its type and its own, does nothing beyond its result, its arguments, outputs, files and
    /// <see cref="States" />.
    /// </summary>
    public Func<string, string, bool> KeepsToItself { get; init; } = (_, _) => false;

    /// <summary>The library's own state.</summary>
    public IReadOnlyList<ProcessState> States { get; init; } = [];
}
