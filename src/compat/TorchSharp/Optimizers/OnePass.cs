using System.Numerics;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>An optimiser's step on some elements: the same formula for each of them.</summary>
internal unsafe interface IElementStep
{
    /// <summary>How many running values an element has besides the parameter: 0, 1 or 2.</summary>
    static abstract int Memories { get; }

    /// <summary>One vector of elements: the parameter's p and gradient's g, and as many of the running values a and b as there are.</summary>
    void Run(float* p, float* g, float* a, float* b);
}

/// <summary>
/// A whole step in one pass over memory, for float32 without gaps on the CPU; the operators need up to seven passes and a call for each.
/// </summary>
internal static class OnePass
{
    /// <summary>Larger parameters go to libtorch's operators where it has more than two threads to spread their passes over.</summary>
    private const long LargestForOneThread = 1 << 18;

    /// <summary>Takes the step; false, with nothing changed, where one of the tensors is of another type, layout or device.</summary>
    public static unsafe bool TryRun<TStep>(
        TStep step, Tensor parameter, Tensor gradient, Tensor? first = null, Tensor? second = null) where TStep : struct, IElementStep
    {
        var count = parameter.numel();
        if (count > LargestForOneThread && get_num_threads() > 2) return false;
        float* a = null, b = null;
        var g = NativeMethods.pt_floats(gradient.Handle, 0);
        if (g is null) return false;
        if (TStep.Memories > 0 && (a = NativeMethods.pt_floats(first!.Handle, 1)) is null) return false;
        if (TStep.Memories > 1 && (b = NativeMethods.pt_floats(second!.Handle, 1)) is null) return false;
        var p = NativeMethods.pt_floats(parameter.Handle, 1);
        if (p is null) return false;
        Run(step, p, g, a, b, count);
        GC.KeepAlive(parameter);
        GC.KeepAlive(gradient);
        GC.KeepAlive(first);
        GC.KeepAlive(second);
        return true;
    }

    private static unsafe void Run<TStep>(TStep step, float* p, float* g, float* a, float* b, long count) where TStep : struct, IElementStep
    {
        var whole = count - count % Vector<float>.Count;
        for (long i = 0; i < whole; i += Vector<float>.Count)
            step.Run(p + i, g + i, a + i, b + i);
        var rest = (int)(count - whole);
        if (rest == 0) return;
        // The last elements go through the same formula, in vectors of their own.
        var ownP = stackalloc float[4 * Vector<float>.Count];
        new Span<float>(ownP, 4 * Vector<float>.Count).Clear();
        var ownG = ownP + Vector<float>.Count;
        var ownA = ownG + Vector<float>.Count;
        var ownB = ownA + Vector<float>.Count;
        Copy(p + whole, ownP, rest);
        Copy(g + whole, ownG, rest);
        if (TStep.Memories > 0) Copy(a + whole, ownA, rest);
        if (TStep.Memories > 1) Copy(b + whole, ownB, rest);
        step.Run(ownP, ownG, ownA, ownB);
        Copy(ownP, p + whole, rest);
        if (TStep.Memories > 0) Copy(ownA, a + whole, rest);
        if (TStep.Memories > 1) Copy(ownB, b + whole, rest);
    }

    private static unsafe void Copy(float* from, float* to, int count) => new Span<float>(from, count).CopyTo(new Span<float>(to, count));
}
