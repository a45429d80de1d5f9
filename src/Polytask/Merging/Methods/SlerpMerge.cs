using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Spherical interpolation of two models (Shoemake, SIGGRAPH 1985), per tensor, flattened: with O the angle between v_0 and v_1, v = [sin((1 - t)
/// O) v_0 + sin(t O) v_1] / sin O; linear where |cos O| > 0.9995 or a vector is 0, as in mergekit. Of the models themselves, or of their task
/// vectors: fine-tuned models are so near each other that theirs is nearly always linear.
/// </summary>
internal sealed record SlerpMerge(double Position, bool OfTaskVectors) : TensorMethod
{
    private const double Parallel = 0.9995;

    internal override void Check(int tasks, IReadOnlyList<StoredTensor> merged)
    {
        if (tasks != 2) throw new DeclarationException($"SLERP goes between two models, but there are {tasks}");
    }

    public override Tensor Merge(MergedTensors tensors)
    {
        if (!OfTaskVectors) return Between(tensors.Tuned[0], tensors.Tuned[1], Position);
        var taus = tensors.Taus.ToArray();
        return tensors.Base + Between(taus[0], taus[1], Position);
    }

    public override string ToString() => FormattableString.Invariant($"SLERP {Position}{(OfTaskVectors ? " of task vectors" : "")}");

    private static Tensor Between(Tensor v0, Tensor v1, double t)
    {
        var cosine = Cosine.Of(v0, v1);
        if (cosine is null || Math.Abs(cosine.Value) > Parallel) return (1 - t) * v0 + t * v1;
        var angle = Math.Acos(cosine.Value);
        return (Math.Sin((1 - t) * angle) * v0 + Math.Sin(t * angle) * v1) / Math.Sin(angle);
    }
}
