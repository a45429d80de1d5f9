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

    /// <summary>For gradients that come one by one: room for them.</summary>
    /// <param name="target">What is differentiated by.</param>
    /// <param name="tasks">T.</param>
    public ComputedPart(Tensor target, int tasks) : this(target, empty([tasks, .. target.shape], dtype: target.dtype, device: target.device))
    {
    }

    /// <summary>Keeps a task's gradient, null for zeros, and lets go of the tensor while it is still in the processor's cache.</summary>
    public void Put(int task, Tensor? gradient) => Copy(block[task], gradient);

    public override Tensor Products()
    {
        var rows = block.reshape(block.shape[0], -1);
        return DotProducts.Of(rows, rows);
    }

    public override Tensor Combined(Tensor weights) => weights.matmul(block.reshape(block.shape[0], -1)).reshape(Target.shape);

    internal static void Copy(Tensor place, Tensor? gradient)
    {
        if (gradient is null) place.zero_();
        else place.copy_(gradient);
        gradient?.Dispose();
    }
}

/// <summary>
/// The gradients of a weight as Dᵀ A, never multiplied out: with K = A Aᵀ, the dot product of tasks t and s is the sum of (K D_t) ∘ D_s. R² n + T R² m
/// multiplications instead of T R n m, and T R m numbers in place of T n m: less of both where there are fewer rows than inputs.
/// </summary>
/// <param name="layer">Its inputs.</param>
/// <param name="tasks">T.</param>
internal sealed class FactoredPart(TapedLayer layer, int tasks) : GradientPart(layer.Weight)
{
    private readonly Tensor inputs = layer.InputRows();

    // A row of all tasks together, so that K meets them in one product.
    private readonly Tensor block = empty([layer.Rows, tasks, layer.Outputs], dtype: layer.Weight.dtype, device: layer.Weight.device);

    /// <summary>Whether this is the faster way. A number that is written and read again takes the time of some 64 multiplications.</summary>
    public static bool Pays(TapedLayer layer, int tasks)
    {
        var (rows, inputs, outputs) = ((double)layer.Rows, (double)layer.Inputs, (double)layer.Outputs);
        const double memory = 64;
        var factored = rows * rows * (inputs + tasks * outputs) + rows * inputs * outputs + memory * tasks * rows * outputs;
        var computed = tasks * rows * inputs * outputs + memory * tasks * inputs * outputs;
        return factored < computed;
    }

    /// <summary>Keeps a task's D, [R, m], null for zeros.</summary>
    public void Put(int task, Tensor? rows) => ComputedPart.Copy(block.select(1, task), rows);

    public override Tensor Products()
    {
        var weighed = inputs.matmul(inputs.t()).matmul(block.reshape(block.shape[0], -1)).reshape(block.shape);
        // Row by row in the gradients' own type, over the rows in double precision.
        return weighed.bmm(block.transpose(1, 2)).sum([0L], type: ScalarType.Float64).cpu();
    }

    public override Tensor Combined(Tensor weights)
    {
        var factors = weights.cpu().to(ScalarType.Float64).data<double>();
        var sum = block.select(1, 0) * factors[0];
        for (var task = 1; task < tasks; task++) sum.add_(block.select(1, task), factors[task]);
        return sum.t().matmul(inputs).reshape(Target.shape);
    }
}
