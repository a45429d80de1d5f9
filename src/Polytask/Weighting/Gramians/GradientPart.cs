using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A piece of the tasks' gradients: its share of the Gramian, and of the update.</summary>
internal abstract class GradientPart(Tensor target)
{
    /// <summary>What is differentiated by.</summary>
    public Tensor Target => target;

    /// <summary>J Jᵀ of this piece, float64 [T, T] on the CPU.</summary>
    public abstract Tensor Products();

    /// <summary>Jᵀ w of this piece, [...shape of the target].</summary>
    /// <param name="weights">w, [T], in the target's type and place.</param>
    public abstract Tensor Combined(Tensor weights);
}

/// <summary>The gradients themselves.</summary>
/// <param name="target">What is differentiated by.</param>
/// <param name="block">J, [T, ...shape of the target].</param>
internal sealed class ComputedPart(Tensor target, Tensor block) : GradientPart(target)
{
    /// <summary>J, [T, ...shape of the target].</summary>
    public Tensor Block => block;

    /// <summary>Of the tasks' single gradients, which are not kept; null for zeros.</summary>
    public static ComputedPart Of(Tensor target, Tensor?[] rows)
    {
        var block = stack([.. rows.Select(row => row ?? zeros_like(target))]);
        foreach (var row in rows) row?.Dispose();
        return new(target, block);
    }

    public override Tensor Products()
    {
        var rows = block.reshape(block.shape[0], -1);
        return DotProducts.Of(rows, rows);
    }

    public override Tensor Combined(Tensor weights) => weights.matmul(block.reshape(block.shape[0], -1)).reshape(Target.shape);
}

/// <summary>
/// The gradients of a weight as Dᵀ A, never multiplied out: with K = A Aᵀ, the dot product of tasks t and s is the sum of (K D_t) ∘ D_s. R² n + T R² m
/// multiplications instead of T R n m, and T R m numbers in place of T n m: less of both where there are fewer rows than inputs.
/// </summary>
/// <param name="layer">Its inputs.</param>
/// <param name="rows">For each task D, [R, m], or null for zeros.</param>
internal sealed class FactoredPart(TapedLayer layer, Tensor?[] rows) : GradientPart(layer.Weight)
{
    private readonly Tensor inputs = layer.InputRows();
    private readonly Tensor block = stack([.. rows.Select(row => row ?? zeros([layer.Rows, layer.Outputs], dtype: layer.Weight.dtype, device: layer.Weight.device))]);

    /// <summary>Whether this is the faster way. A number that is written and read again takes the time of some 64 multiplications.</summary>
    public static bool Pays(TapedLayer layer, int tasks)
    {
        var (rows, inputs, outputs) = ((double)layer.Rows, (double)layer.Inputs, (double)layer.Outputs);
        const double memory = 64;
        var factored = rows * rows * (inputs + tasks * outputs) + rows * inputs * outputs + memory * tasks * rows * outputs;
        var computed = tasks * rows * inputs * outputs + memory * tasks * inputs * outputs;
        return factored < computed;
    }

    public override Tensor Products()
    {
        var kernel = inputs.matmul(inputs.t());
        return DotProducts.Of(kernel.matmul(block).reshape(rows.Length, -1), block.reshape(rows.Length, -1));
    }

    public override Tensor Combined(Tensor weights) =>
        weights.matmul(block.reshape(rows.Length, -1)).reshape(block.shape[1..]).t().matmul(inputs).reshape(Target.shape);
}
