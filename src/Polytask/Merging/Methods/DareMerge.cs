using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;
using Registers = System.Numerics.Vector;

namespace Polytask;

/// <summary>
/// DARE (Yu et al., ICML 2024, equation 1): each element of tau_t is dropped with probability p and the others are divided by 1 - p, so that the
/// mean over draws is tau_t; another method then merges. A draw follows from the seed, the model's place, the tensor's name and the element's
/// place alone: it is the same from files and from memory. No pass more than the other method takes.
/// </summary>
internal sealed record DareMerge(double Rate, BlockMethod Then, int Seed) : BlockMethod
{
    internal override IReadOnlyList<IParameterSource> Statistics => Then.Statistics;

    internal override void Check(int tasks, IReadOnlyList<StoredTensor> merged) => Then.Check(tasks, merged);

    public override BlockRule<T> Prepare<T>(BlockPasses<T> passes)
    {
        var (tasks, rescale) = (passes.Tasks, T.CreateChecked(1 / (1 - Rate)));
        var limit = (uint)Math.Min(Rate * (1L << 32), uint.MaxValue);
        var seeds = new ConcurrentDictionary<string, ulong[]>();
        BlockRule<T> drop = (in Block<T> block) =>
        {
            var ofTasks = seeds.GetOrAdd(block.Tensor, tensor =>
                [.. Enumerable.Range(0, tasks).Select(task => StableRandom.For(Seed, $"DARE {task} {tensor}").NextBits())]);
            for (var task = 0; task < tasks; task++)
            {
                var draws = MemoryMarshal.Cast<T, uint>(block.Scratch(0))[..block.Length];
                CounterRandom.Fill(draws, ofTasks[task], block.Start);
                Drop(block.Tau(task), draws, limit, rescale);
            }
        };
        var rule = Then.Prepare(passes.After(drop));
        return (in Block<T> block) =>
        {
            drop(block);
            rule(block);
        };
    }

    public override string ToString() => FormattableString.Invariant($"DARE {Rate}, seed {Seed}, then {Then}");

    private static void Drop<T>(Span<T> tau, ReadOnlySpan<uint> draws, uint limit, T rescale) where T : unmanaged, INumber<T>
    {
        if (typeof(T) != typeof(float))
        {
            for (var i = 0; i < tau.Length; i++) tau[i] = draws[i] < limit ? T.Zero : tau[i] * rescale;
            return;
        }
        var x = SpanArithmetic.Vectors(tau);
        var d = SpanArithmetic.Vectors(draws);
        var (limits, scales) = (new Vector<uint>(limit), new Vector<T>(rescale));
        for (var i = 0; i < x.Length; i++)
        {
            var kept = Registers.GreaterThanOrEqual(d[i], limits);
            x[i] = Registers.As<uint, T>(Registers.As<T, uint>(x[i] * scales) & kept);
        }
        for (var i = x.Length * Vector<T>.Count; i < tau.Length; i++) tau[i] = draws[i] < limit ? T.Zero : tau[i] * rescale;
    }
}
