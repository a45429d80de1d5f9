using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A rule computed on arrays: what comes in is checked, what is remembered lies in buffers of float64.</summary>
internal abstract class DenseRule(string name, int tasks) : GramianRule(name)
{
    /// <summary>T.</summary>
    protected int Tasks { get; } = Refuse.NoTasks(name, tasks);

    /// <summary>Whether rows and columns are gradients of the same batch, as in any Gramian.</summary>
    internal virtual bool ReadsOneBatch => true;

    public sealed override Tensor forward(Tensor gramian, Tensor losses)
    {
        Refuse.Shape(GetName(), "the Gramian", gramian, Tasks, Tasks);
        Refuse.Shape(GetName(), "the losses", losses, Tasks);
        // Losses and squared norms first: a gradient that is no number is in the products of all other tasks too, who are not to blame.
        var values = Refuse.NotFinite(GetName(), "the losses", losses);
        Refuse.NotFinite(GetName(), "the Gramian", gramian.diagonal());
        var (entries, matrix) = (Refuse.NotFinite(GetName(), "the Gramian", gramian), new double[Tasks, Tasks]);
        Buffer.BlockCopy(entries, 0, matrix, 0, entries.Length * sizeof(double));
        return tensor(Weights(ReadsOneBatch ? NearestGramian.Of(matrix) : matrix, values));
    }

    /// <summary>w of a step.</summary>
    protected abstract double[] Weights(double[,] gramian, double[] losses);

    protected double[] Recall(string buffer) => get_buffer(buffer)!.cpu().contiguous().data<double>().ToArray();

    protected void Keep(string buffer, double[] values)
    {
        var place = get_buffer(buffer)!;
        using var value = tensor(values);
        place.copy_(value.reshape(place.shape));
    }
}
