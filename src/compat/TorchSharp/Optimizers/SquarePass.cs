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
    public void Run(ref Vector<float> parameter, Vector<float> gradient, ref Vector<float> square, ref Vector<float> second) =>
        parameter -= Ratio(parameter, gradient, ref square) * Rate;

    /// <summary>g / (√v + Epsilon), with v brought up to date.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> Ratio(Vector<float> parameter, Vector<float> gradient, ref Vector<float> square)
    {
        var direction = gradient * Sign + parameter * Decay;
        square = square * Keep + direction * direction * Take;
        return direction / (Vector.SquareRoot(square) + new Vector<float>(Epsilon));
    }
}

/// <summary>The same with momentum: b ← Momentum·b + g / (√v + Epsilon), θ ← θ - Rate · b.</summary>
internal readonly record struct SquareMomentumPass(SquarePass Square, float Momentum) : IElementStep
{
    public static int Memories => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run(ref Vector<float> parameter, Vector<float> gradient, ref Vector<float> square, ref Vector<float> buffer)
    {
        buffer = buffer * Momentum + Square.Ratio(parameter, gradient, ref square);
        parameter -= buffer * Square.Rate;
    }
}
