using System.Numerics;
using System.Runtime.CompilerServices;

namespace TorchSharp.Modules;

/// <summary>
/// One step along the gradient over the root of a sum of its squares, as Adagrad and RMSprop take it: g ← Sign·g + Decay·θ, v ← Keep·v + Take·g², θ ←
/// θ - Rate · g / (√v + Epsilon).
/// </summary>
internal readonly record struct SquarePass(float Sign, float Decay, float Keep, float Take, float Rate, float Epsilon) : IElementStep
{
    public static int Memories => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Run(float* p, float* g, float* a, float* b)
    {
        var parameter = Vector.Load(p);
        (parameter - Ratio(parameter, g, a) * Rate).Store(p);
    }

    /// <summary>g / (√v + Epsilon), with v brought up to date.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe Vector<float> Ratio(Vector<float> parameter, float* g, float* v)
    {
        var direction = Vector.Load(g) * Sign + parameter * Decay;
        var square = Vector.Load(v) * Keep + direction * direction * Take;
        square.Store(v);
        return direction / (Vector.SquareRoot(square) + new Vector<float>(Epsilon));
    }
}

/// <summary>The same with momentum: b ← Momentum·b + g / (√v + Epsilon), θ ← θ - Rate · b.</summary>
internal readonly record struct SquareMomentumPass(SquarePass Square, float Momentum) : IElementStep
{
    public static int Memories => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Run(float* p, float* g, float* a, float* b)
    {
        var parameter = Vector.Load(p);
        var buffer = Vector.Load(b) * Momentum + Square.Ratio(parameter, g, a);
        buffer.Store(b);
        (parameter - buffer * Square.Rate).Store(p);
    }
}
