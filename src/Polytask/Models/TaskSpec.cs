namespace Polytask;

/// <summary>One task of a model: its head, the loss it is trained by, and the tower of its own between the shared part and the head.</summary>
/// <param name="Name">The task's name, as in the data.</param>
/// <param name="Head">What it predicts.</param>
/// <param name="Loss">What training makes small.</param>
/// <param name="Tower">A block of the task's own before the head, or null.</param>
public sealed record TaskSpec(string Name, Head Head, Loss Loss, Block? Tower)
{
    internal string Place => $"task '{Name}'";

    /// <inheritdoc/>
    public override string ToString() => (Tower is null ? "" : $"{Tower} → ") + $"{Head}, {Loss}";
}
