namespace Polytask;

/// <summary>Where a layer is built.</summary>
/// <param name="Map">The streams.</param>
/// <param name="Input">The shape that every stream has before it.</param>
/// <param name="Available">The streams there are before it.</param>
/// <param name="Required">The streams that the layers after it read.</param>
/// <param name="Gate">The model's gate, for a layer that names none.</param>
/// <param name="Place">In messages: "model 'ple': experts".</param>
internal sealed record LayerSite(StreamMap Map, Shape Input, bool[] Available, bool[] Required, Gate Gate, string Place)
{
    /// <summary>For a layer that gives a stream per task and none that all share.</summary>
    /// <param name="giver">What gives them, in messages: "stitched towers".</param>
    /// <exception cref="DeclarationException">A later layer reads the shared stream.</exception>
    public void RefuseSharedStream(string giver)
    {
        if (Required[Map.Shared])
            throw new DeclarationException($"{Place}: a later layer reads the shared stream, but {giver} leave none; put that layer before them");
    }
}
