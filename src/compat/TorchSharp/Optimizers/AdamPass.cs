using System.Numerics;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// One Adam step on one parameter, with all that depends on the step alone worked out:
/// g ← Sign·g + Decay·θ, m ← m + (1-β₁)(g - m), v ← β₂v + (1-β₂)g², θ ← Shrink·θ - Size · m / (√v + Epsilon).
/// </summary>
internal readonly record struct AdamPass(double Sign, double Decay, double Shrink, double Beta1, double Beta2, double Size, double Epsilon)
{
    /// <summary>Larger parameters go to libtorch's operators where it has more than two threads to spread their six passes over.</summary>
    private const long LargestForOneThread = 1 << 18;

    /// <summary>
    /// The whole step in one pass over memory, for float32 without gaps on the CPU; false, with nothing changed, where the tensors are otherwise.
    /// </summary>
    public unsafe bool TryRun(Tensor parameter, Tensor gradient, Tensor average, Tensor square)
    {
        var count = parameter.numel();
        if (count > LargestForOneThread && get_num_threads() > 2) return false;
        var g = NativeMethods.pt_floats(gradient.Handle, 0);
        if (g is null) return false;
        var m = NativeMethods.pt_floats(average.Handle, 1);
        var v = NativeMethods.pt_floats(square.Handle, 1);
        if (m is null || v is null) return false;
        var p = NativeMethods.pt_floats(parameter.Handle, 1);
        if (p is null) return false;
        Run(p, g, m, v, count);
        GC.KeepAlive(parameter);
        GC.KeepAlive(gradient);
        GC.KeepAlive(average);
        GC.KeepAlive(square);
        return true;
    }

    private unsafe void Run(float* p, float* g, float* m, float* v, long count)
    {
        var (sign, decay, shrink) = ((float)Sign, (float)Decay, (float)Shrink);
        var (towards, beta2, rest) = ((float)(1 - Beta1), (float)Beta2, (float)(1 - Beta2));
        var (size, epsilon) = ((float)Size, (float)Epsilon);
        long i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            var parameter = Vector.Load(p + i);
            var gradient = Vector.Load(g + i) * sign + parameter * decay;
            var average = Vector.Load(m + i);
            average += (gradient - average) * towards;
            var square = Vector.Load(v + i) * beta2 + gradient * gradient * rest;
            average.Store(m + i);
            square.Store(v + i);
            (parameter * shrink - average / (Vector.SquareRoot(square) + new Vector<float>(epsilon)) * size).Store(p + i);
        }
        for (; i < count; i++)
        {
            var gradient = g[i] * sign + p[i] * decay;
            m[i] += (gradient - m[i]) * towards;
            v[i] = v[i] * beta2 + gradient * gradient * rest;
            p[i] = p[i] * shrink - m[i] / (MathF.Sqrt(v[i]) + epsilon) * size;
        }
    }

    /// <summary>The same step by operators, for every type and device, and for amsgrad.</summary>
    public void RunByOperators(Tensor parameter, Tensor gradient, AdamState state)
    {
        using var signed = Sign < 0 ? gradient.neg() : null;
        using var decayed = Decay != 0 ? (signed ?? gradient).add(parameter, alpha: Decay) : null;
        var direction = decayed ?? signed ?? gradient;
        if (Shrink != 1) parameter.mul_(Shrink);
        state.exp_avg.lerp_(direction, 1 - Beta1);
        state.exp_avg_sq.mul_(Beta2).addcmul_(direction, direction, value: 1 - Beta2);
        if (state.max_exp_avg_sq is { } largest)
        {
            using var larger = largest.maximum(state.exp_avg_sq);
            largest.copy_(larger);
        }
        using var denominator = (state.max_exp_avg_sq ?? state.exp_avg_sq).sqrt();
        denominator.add_(Epsilon);
        parameter.addcdiv_(state.exp_avg, denominator, value: -Size);
    }
}
