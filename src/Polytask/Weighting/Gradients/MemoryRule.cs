using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A rule on the rows of J that remembers a number for each of their entries, T P in all, from zeros on.</summary>
internal abstract class MemoryRule : RowsRule
{
    private int blocks;

    protected MemoryRule(string name, int tasks) : base(name, tasks) => register_buffer("steps", zeros(1, dtype: ScalarType.Float64));

    public override void Reserve(IReadOnlyList<Tensor> parameters)
    {
        if (blocks > 0) throw new InvalidOperationException($"{GetName()}: the rule remembers the gradients of other parameters already");
        foreach (var parameter in parameters)
            register_buffer($"memory{blocks++}", zeros([Tasks, .. parameter.shape], dtype: parameter.dtype, device: parameter.device));
    }

    /// <summary>What is remembered for each block, [T, ...shape].</summary>
    protected Tensor[] Memory => [.. Enumerable.Range(0, blocks).Select(i => get_buffer($"memory{i}")!)];

    /// <summary>Counts a step, from 1 on.</summary>
    protected int NextStep() => (int)get_buffer("steps")!.add_(1).item<double>();

    protected sealed override void Prepare(ImmutableArray<Tensor> rows)
    {
        if (blocks == 0) Reserve([.. rows.Select(block => block[0])]);
        foreach (var (memory, block) in Memory.Zip(rows))
            if (!memory.shape.SequenceEqual(block.shape) || blocks != rows.Length)
                throw new ArgumentException($"{GetName()}: the rule remembers gradients of shape [{string.Join(", ", memory.shape)}], "
                    + $"but got [{string.Join(", ", block.shape)}]; start a rule for each set of parameters");
    }
}
