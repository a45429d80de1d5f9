using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// tau = theta - theta_0 as a value (Ilharco et al., ICLR 2023): <c>(0.4 * (digits + letters) - noise).ApplyTo(pretrained)</c>. Tensors of whole
/// numbers have no part in it. All of it is in memory; <see cref="Merge"/> goes tensor by tensor.
/// </summary>
public sealed class TaskVector
{
    private readonly ImmutableSortedDictionary<string, Tensor> tensors;

    private TaskVector(IEnumerable<KeyValuePair<string, Tensor>> tensors) =>
        this.tensors = tensors.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The tensors by name: a view by layers.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors => tensors;

    /// <summary>The task vector of a tuned model.</summary>
    /// <exception cref="ArgumentException">The models do not fit each other; everything that is wrong is listed.</exception>
    public static TaskVector Of(IReadOnlyDictionary<string, Tensor> theta0, IReadOnlyDictionary<string, Tensor> tuned)
    {
        var names = PoolCheck.Merged(ParameterSource.Of(theta0, "base"), [ParameterSource.Of(tuned, "tuned model")], []);
        using var untracked = no_grad();
        return new(names.Select(name => KeyValuePair.Create(name, tuned[name].detach() - theta0[name].detach())));
    }

    /// <summary>The length of the vector, over all tensors.</summary>
    public double Norm() => Math.Sqrt(Dot(this));

    /// <summary>The inner product with another vector, over all tensors, in Float64.</summary>
    public double Dot(TaskVector other) => Paired(this, other).Sum(pair => Dot(pair.Left, pair.Right));

    /// <summary>The cosine of the angle between two vectors, in [-1, 1]; NaN where one of them is 0.</summary>
    public double Cosine(TaskVector other) => Dot(other) / (Norm() * other.Norm());

    /// <summary>Norm and cosine tensor by tensor, in the order of names; the cosine is NaN where a tensor is 0.</summary>
    public IEnumerable<(string Name, double Norm, double OtherNorm, double Cosine)> Layers(TaskVector other) => Paired(this, other).Select(pair =>
    {
        var (norm, otherNorm) = (Math.Sqrt(Dot(pair.Left, pair.Left)), Math.Sqrt(Dot(pair.Right, pair.Right)));
        return (pair.Name, norm, otherNorm, Dot(pair.Left, pair.Right) / (norm * otherNorm));
    });

    /// <summary>The part of the vector whose names are like a pattern, where <c>*</c> stands for any run of characters.</summary>
    /// <exception cref="ArgumentException">No tensor is named so.</exception>
    public TaskVector Of(string pattern)
    {
        var chosen = tensors.Where(pair => NamePattern.Matches(pattern, pair.Key)).ToArray();
        return chosen.Length > 0 ? new(chosen)
            : throw new ArgumentException($"no tensor of the task vector is named like '{pattern}'{Names.DidYouMean(pattern, tensors.Keys)}");
    }

    /// <summary>theta_0 + tau as a new state dictionary, with copies of the tensors in which the vector has no part; the caller disposes
    /// them.</summary>
    /// <exception cref="ArgumentException">The base lacks a tensor of the vector, or has it in another shape.</exception>
    public Dictionary<string, Tensor> ApplyTo(IReadOnlyDictionary<string, Tensor> theta0)
    {
        using var untracked = no_grad();
        foreach (var (name, tau) in tensors)
        {
            if (!theta0.TryGetValue(name, out var start))
                throw new ArgumentException($"the base has no '{name}', of which the task vector has a part{Names.DidYouMean(name, theta0.Keys)}");
            if (!start.shape.AsSpan().SequenceEqual(tau.shape))
                throw new ArgumentException($"'{name}' is {StoredTensor.Of(name, tau).Described} in the task vector, "
                    + $"but {StoredTensor.Of(name, start).Described} in the base");
        }
        return theta0.ToDictionary(pair => pair.Key, pair => tensors.TryGetValue(pair.Key, out var tau)
            ? (pair.Value.detach() + tau).to(pair.Value.dtype) : pair.Value.detach().clone());
    }

    /// <summary>The sum of two task vectors.</summary>
    /// <exception cref="ArgumentException">They have other tensors.</exception>
    public static TaskVector operator +(TaskVector left, TaskVector right) =>
        new(Paired(left, right).Select(pair => KeyValuePair.Create(pair.Name, pair.Left + pair.Right)));

    /// <summary>The difference of two task vectors.</summary>
    /// <inheritdoc cref="op_Addition"/>
    public static TaskVector operator -(TaskVector left, TaskVector right) =>
        new(Paired(left, right).Select(pair => KeyValuePair.Create(pair.Name, pair.Left - pair.Right)));

    /// <summary>The way back, which unlearns the task.</summary>
    public static TaskVector operator -(TaskVector vector) => -1 * vector;

    /// <summary>A multiple of a task vector.</summary>
    public static TaskVector operator *(double scale, TaskVector vector) =>
        new(vector.tensors.Select(pair => KeyValuePair.Create(pair.Key, pair.Value * scale)));

    /// <inheritdoc cref="op_Multiply(double, TaskVector)"/>
    public static TaskVector operator *(TaskVector vector, double scale) => scale * vector;

    private static IEnumerable<(string Name, Tensor Left, Tensor Right)> Paired(TaskVector left, TaskVector right)
    {
        var alone = left.tensors.Keys.Except(right.tensors.Keys).Concat(right.tensors.Keys.Except(left.tensors.Keys)).ToArray();
        if (alone.Length > 0) throw new ArgumentException($"only one of two task vectors has {Names.Listed(alone)}");
        foreach (var (name, tensor) in left.tensors)
        {
            var other = right.tensors[name];
            if (!tensor.shape.AsSpan().SequenceEqual(other.shape))
                throw new ArgumentException($"'{name}' is {StoredTensor.Of(name, tensor).Described} in one of two task vectors, "
                    + $"{StoredTensor.Of(name, other).Described} in the other");
            yield return (name, tensor, other);
        }
    }

    private static double Dot(Tensor left, Tensor right)
    {
        using var scope = NewDisposeScope();
        return left.reshape(-1).to(ScalarType.Float64).dot(right.reshape(-1).to(ScalarType.Float64)).item<double>();
    }
}
