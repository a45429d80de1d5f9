using TorchSharp;

namespace Polytask;

/// <summary>The tensors that flow between two layers.</summary>
internal sealed class Streams(StreamMap map)
{
    private readonly torch.Tensor?[] tensors = new torch.Tensor?[map.Count];

    /// <summary>What all read at the start.</summary>
    public static Streams Of(StreamMap map, torch.Tensor x) => new(map) { [map.Shared] = x };

    public StreamMap Map => map;

    /// <summary>The tensor that a stream is read from, or sets a stream's own.</summary>
    public torch.Tensor this[int stream]
    {
        get => tensors[stream] ?? (map.GroupOf(stream) is >= 0 and var group ? tensors[group] : null) ?? tensors[map.Shared]
            ?? throw new InvalidOperationException($"{map.Name(stream)} is read, but no layer gives it");
        set => tensors[stream] = value;
    }

    /// <summary>The stream's own tensor, or null.</summary>
    public torch.Tensor? Own(int stream) => tensors[stream];

    /// <summary>The same streams, one of them replaced.</summary>
    public Streams As(int stream, torch.Tensor tensor)
    {
        var replaced = new Streams(map);
        for (var i = 0; i < tensors.Length; i++) replaced.tensors[i] = i == stream ? tensor : tensors[i];
        return replaced;
    }

    /// <summary>The streams, each with a tensor of its own, that the asked ones are read from.</summary>
    public int[] Serving(bool[] asked)
    {
        var available = Array.ConvertAll(tensors, tensor => tensor is not null);
        return [.. StreamMap.In(asked).Select(stream => map.Source(stream, available)).Distinct()];
    }

    /// <summary>Whether several streams are read from one tensor.</summary>
    public bool AreSame(IReadOnlyList<int> streams)
    {
        for (var i = 1; i < streams.Count; i++)
            if (!ReferenceEquals(this[streams[0]], this[streams[i]])) return false;
        return true;
    }
}
