using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A classifier that is never trained: logits are s times the cosines of a feature vector to a vector for each class. It stands where CLIP has its
/// text embeddings, which stay as they are while the image encoder is tuned, so that encoders of all tasks can be merged.
/// </summary>
public sealed class PrototypeHead : nn.Module<Tensor, Tensor>
{
    private readonly Tensor classes;
    private readonly double scale;

    private PrototypeHead(Tensor classes, double scale) : base(nameof(PrototypeHead))
    {
        (this.classes, this.scale) = (classes, scale);
        register_buffer(nameof(classes), classes);
    }

    /// <summary>
    /// From a few labelled rows: with f the normalised features, the vector of a class is the mean of f over its shots minus the mean of f over all
    /// rows, normalised.
    /// </summary>
    /// <param name="features">[rows, features], of the model before it is tuned.</param>
    /// <param name="labels">int64 [rows], from 0 on.</param>
    /// <param name="count">How many classes there are.</param>
    /// <param name="shots">Labelled rows per class: the first ones in the order of the rows, which are shuffled.</param>
    /// <param name="scale">s, the inverse temperature.</param>
    /// <exception cref="DataException">A class has fewer rows than shots.</exception>
    public static PrototypeHead Of(Tensor features, Tensor labels, int count, int shots = 2, double scale = 10)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var f = nn.functional.normalize(features, dim: 1);
        var centre = f.mean([0L]);
        var vectors = Enumerable.Range(0, count).Select(label =>
        {
            var rows = labels.eq(label).nonzero().view(-1);
            return rows.shape[0] >= shots ? f.index_select(0, rows.narrow(0, 0, shots)).mean([0L]) - centre
                : throw new DataException($"a prototype of {shots} rows was asked for, but class {label} has {rows.shape[0]} of {labels.shape[0]}");
        });
        return new(nn.functional.normalize(stack([.. vectors]), dim: 1).DetachFromDisposeScope(), scale);
    }

    /// <summary>[rows, features] to logits [rows, classes].</summary>
    public override Tensor forward(Tensor features)
    {
        using var scope = NewDisposeScope();
        return (scale * nn.functional.normalize(features, dim: 1).matmul(classes.t())).MoveToOuterDisposeScope();
    }
}
