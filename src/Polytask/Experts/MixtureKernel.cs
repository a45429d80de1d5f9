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
            for (var row = start; row < end; row++)
                for (var k = 0; k < seen.Length; k++)
                    Sum(from[k][row], experts, seen[k], row, to[k][row]);
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
            var own = stackalloc float[there.Length];
            for (var row = start; row < end; row++)
                for (var e = 0; e < experts.Length; e++)
                {
                    var x = experts[e][row];
                    for (var i = 0; i < readers[e].Length; i++)
                    {
                        var k = readers[e][i];
                        own[i] = from[k][row][places[e][i]];
                        to[k][row][places[e][i]] = Dot(given[k][row], x);
                    }
                    Sum(own, given, readers[e], row, features[e][row]);
                }
        });
    }

    // sum_i w_i x_i over the chosen ones of several tensors' rows.
    private void Sum(float* weights, Row[] from, int[] chosen, long row, float* to)
    {
        var at = 0;
        for (; at <= width - 2 * Vector<float>.Count; at += 2 * Vector<float>.Count)
        {
            Vector<float> left = default, right = default;
            for (var i = 0; i < chosen.Length; i++)
            {
                var weight = new Vector<float>(weights[i]);
                var x = from[chosen[i]][row] + at;
                left = Lanes.FusedMultiplyAdd(weight, Lanes.Load(x), left);
                right = Lanes.FusedMultiplyAdd(weight, Lanes.Load(x + Vector<float>.Count), right);
            }
            left.Store(to + at);
            right.Store(to + at + Vector<float>.Count);
        }
        for (; at < width; at++)
        {
            var sum = 0f;
            for (var i = 0; i < chosen.Length; i++) sum = MathF.FusedMultiplyAdd(weights[i], from[chosen[i]][row][at], sum);
            to[at] = sum;
        }
    }

    private float Dot(float* x, float* y)
    {
        var (at, sums) = (0, Vector<float>.Zero);
        for (; at <= width - Vector<float>.Count; at += Vector<float>.Count) sums = Lanes.FusedMultiplyAdd(Lanes.Load(x + at), Lanes.Load(y + at), sums);
        var sum = Lanes.Sum(sums);
        for (; at < width; at++) sum = MathF.FusedMultiplyAdd(x[at], y[at], sum);
        return sum;
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
