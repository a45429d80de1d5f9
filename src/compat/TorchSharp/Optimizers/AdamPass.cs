using System.Numerics;
using System.Runtime.CompilerServices;

namespace TorchSharp.Modules;

/// <summary>
/// One Adam step, with all that depends on the step alone worked out: g ← Sign·g + Decay·θ, m ← m + (1-β₁)(g - m), v ← β₂v + (1-β₂)g², θ ← Shrink·θ -
/// Size · m / (√v + Epsilon).
/// </summary>
internal readonly record struct AdamPass(
    float Sign, float Decay, float Shrink, float Towards1, float Beta2, float Towards2, float Size, float Epsilon) : IElementStep
{
    public static int Memories => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Run(float* p, float* g, float* a, float* b)
    {
        var parameter = Vector.Load(p);
        var direction = Vector.Load(g) * Sign + parameter * Decay;
        var average = Vector.Load(a);
        average += (direction - average) * Towards1;
        var square = Vector.Load(b) * Beta2 + direction * direction * Towards2;
        average.Store(a);
        square.Store(b);
        (parameter * Shrink - average / (Vector.SquareRoot(square) + new Vector<float>(Epsilon)) * Size).Store(p);
    }
}
