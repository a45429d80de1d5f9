using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;
using Lanes = System.Numerics.Vector;

namespace Polytask;

/// <summary>
/// Mixes rows of experts and the gradients of it, float32 on the CPU, a row after the other, so that what a row needs stays in the nearest cache.
/// Operators take a call for each row (a product) or several passes over all features (a sum of multiples).
/// </summary>
internal sealed unsafe class MixtureKernel
{
    // Rows taken at a time, so that memory is read in runs.
    private const int Together = 16;

    private readonly int[][] seen;
    private readonly Row[] experts;
    private readonly int width;
    private readonly long rows;

    /// <param name="seen">For each consumer the experts that it weighs, in the order of its weights.</param>
    /// <param name="features">The experts' outputs as <see cref="Experts"/> takes them.</param>
    public MixtureKernel(int[][] seen, IReadOnlyList<Tensor> features)
    {
        (this.seen, experts) = (seen, Experts(features));
        (rows, width) = (features[0].shape[0], (int)features[0].shape[2]);
    }

    /// <summary>Each consumer's sum_i w_i f_i.</summary>
    /// <param name="weights">[rows, experts it sees] each, without gaps.</param>
    /// <param name="mixed">[rows, features] each, without gaps, to be written.</param>
    public void Mix(IReadOnlyList<Tensor> weights, IReadOnlyList<Tensor> mixed)
    {
        Row[] from = [.. weights.Select(Whole)], to = [.. mixed.Select(Whole)];
        InParts((start, end) =>
        {
            fixed (float* own = new float[Together * experts.Length * width])
                for (var first = start; first < end; first += Together)
                {
                    var count = (int)Math.Min(Together, end - first);
                    Gather(experts, first, count, own);
                    for (var k = 0; k < seen.Length; k++)
                        for (var i = 0; i < count; i++)
                            Sum(from[k][first + i], own + i * experts.Length * width, seen[k], to[k][first + i]);
                }
        });
    }

    /// <summary>The gradients of features and weights.</summary>
    /// <param name="weights">As in <see cref="Mix"/>.</param>
    /// <param name="gradients">Those of the mixed rows, null where there is none.</param>
    /// <param name="ofWeights">To be written, null where there is no gradient.</param>
    /// <param name="ofFeatures">To be written, laid out as <see cref="Experts"/> takes them.</param>
    public void Back(
        IReadOnlyList<Tensor> weights, IReadOnlyList<Tensor?> gradients, IReadOnlyList<Tensor?> ofWeights, IReadOnlyList<Tensor> ofFeatures)
    {
        int[] there = [.. Enumerable.Range(0, seen.Length).Where(k => gradients[k] is not null)];
        Row[] given = [.. there.Select(k => Whole(gradients[k]!))];
        Row[] from = [.. there.Select(k => Whole(weights[k]))], to = [.. there.Select(k => Whole(ofWeights[k]!))];
        var features = Experts(ofFeatures);
        // For each expert the consumers that see it, and where among their weights it stands.
        var readers = new int[experts.Length][];
        var places = new int[experts.Length][];
        for (var e = 0; e < experts.Length; e++)
        {
            readers[e] = [.. Enumerable.Range(0, there.Length).Where(k => seen[there[k]].Contains(e))];
            places[e] = Array.ConvertAll(readers[e], k => Array.IndexOf(seen[there[k]], e));
        }
        InParts((start, end) =>
        {
            fixed (float* own = new float[Together * given.Length * width])
                for (var first = start; first < end; first += Together)
                {
                    var count = (int)Math.Min(Together, end - first);
                    Gather(given, first, count, own);
                    for (var e = 0; e < experts.Length; e++)
                        for (var i = 0; i < count; i++) BackOne(e, first + i, own + i * given.Length * width);
                }
        });

        void BackOne(int e, long row, float* own)
        {
            var (consumers, at) = (readers[e], places[e]);
            float* x = experts[e][row], result = features[e][row];
            if (consumers.Length == 0) new Span<float>(result, width).Clear();
            for (var i = 0; i < consumers.Length; i += 2)
            {
                // In pairs; the last of an odd number is paired with itself at weight 0.
                var isPair = i + 1 < consumers.Length;
                var (one, other) = (consumers[i], consumers[isPair ? i + 1 : i]);
                var dots = Pair(x, result, i == 0, from[one][row][at[i]], own + one * width,
                    isPair ? from[other][row][at[i + 1]] : 0, own + other * width);
                to[one][row][at[i]] = dots.One;
                if (isPair) to[other][row][at[i + 1]] = dots.Other;
            }
        }
    }

    // For each of some rows what all have there, side by side: rows that lie a power of two apart would drive each other out of the cache.
    private void Gather(Row[] from, long first, int count, float* to)
    {
        for (var k = 0; k < from.Length; k++)
            for (var i = 0; i < count; i++)
                new ReadOnlySpan<float>(from[k][first + i], width).CopyTo(new Span<float>(to + (i * from.Length + k) * width, width));
    }

    // sum_i w_i x_i over the chosen ones of gathered rows.
    private void Sum(float* weights, float* from, int[] chosen, float* to)
    {
        var (at, lanes) = (0, Vector<float>.Count);
        for (; at <= width - 4 * lanes; at += 4 * lanes)
        {
            Vector<float> a = default, b = default, c = default, d = default;
            for (var i = 0; i < chosen.Length; i++)
            {
                var weight = new Vector<float>(weights[i]);
                var x = from + chosen[i] * width + at;
                a = Lanes.FusedMultiplyAdd(weight, Lanes.Load(x), a);
                b = Lanes.FusedMultiplyAdd(weight, Lanes.Load(x + lanes), b);
                c = Lanes.FusedMultiplyAdd(weight, Lanes.Load(x + 2 * lanes), c);
                d = Lanes.FusedMultiplyAdd(weight, Lanes.Load(x + 3 * lanes), d);
            }
            a.Store(to + at);
            b.Store(to + at + lanes);
            c.Store(to + at + 2 * lanes);
            d.Store(to + at + 3 * lanes);
        }
        for (; at < width; at++)
        {
            var sum = 0f;
            for (var i = 0; i < chosen.Length; i++) sum = MathF.FusedMultiplyAdd(weights[i], from[chosen[i] * width + at], sum);
            to[at] = sum;
        }
    }

    // x . y and x . z, and w y + v z written to a row or added to what is there.
    private (float One, float Other) Pair(float* x, float* to, bool isFirst, float w, float* y, float v, float* z)
    {
        var at = 0;
        Vector<float> one = default, other = default;
        for (; at <= width - Vector<float>.Count; at += Vector<float>.Count)
        {
            var (left, right, expert) = (Lanes.Load(y + at), Lanes.Load(z + at), Lanes.Load(x + at));
            one = Lanes.FusedMultiplyAdd(expert, left, one);
            other = Lanes.FusedMultiplyAdd(expert, right, other);
            var before = isFirst ? default : Lanes.Load(to + at);
            Lanes.FusedMultiplyAdd(new Vector<float>(w), left, Lanes.FusedMultiplyAdd(new Vector<float>(v), right, before)).Store(to + at);
        }
        var (dot, dotOther) = (Lanes.Sum(one), Lanes.Sum(other));
        for (; at < width; at++)
        {
            dot = MathF.FusedMultiplyAdd(x[at], y[at], dot);
            dotOther = MathF.FusedMultiplyAdd(x[at], z[at], dotOther);
            to[at] = MathF.FusedMultiplyAdd(w, y[at], MathF.FusedMultiplyAdd(v, z[at], isFirst ? 0 : to[at]));
        }
        return (dot, dotOther);
    }

    // [rows, experts, features] without gaps, or the transpose of [experts, rows, features] without gaps.
    private static Row[] Experts(IReadOnlyList<Tensor> features) => [.. features.SelectMany(tensor =>
    {
        var (rows, count, width) = (tensor.shape[0], (int)tensor.shape[1], tensor.shape[2]);
        var byRow = tensor.is_contiguous();
        var first = Pointer(byRow ? tensor : tensor.transpose(0, 1));
        return Enumerable.Range(0, count).Select(e => byRow ? new Row(first + e * width, count * width) : new Row(first + e * rows * width, width));
    })];

    private static Row Whole(Tensor tensor) => new(Pointer(tensor), tensor.shape[1]);

    // The memory is libtorch's, which no collection moves.
    private static float* Pointer(Tensor tensor) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));

    private void InParts(Action<long, long> work)
    {
        var parts = Math.Min(get_num_threads(), (int)Math.Min(rows / 64, int.MaxValue));
        if (parts <= 1) work(0, rows);
        else Parallel.For(0, parts, part => work(rows * part / parts, rows * (part + 1) / parts));
    }

    /// <summary>The first row of some rows, and how far the next one is.</summary>
    private readonly struct Row(float* first, long step)
    {
        private readonly float* first = first;
        private readonly long step = step;

        public float* this[long row] => first + row * step;
    }
}
