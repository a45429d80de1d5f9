using System.Numerics;
using System.Runtime.InteropServices;
using Registers = System.Numerics.Vector;

namespace Polytask;

/// <summary>Arithmetic on spans of one length, as many elements at a time as the processor's registers hold; the last few give the same
/// bits.</summary>
internal static class SpanArithmetic
{
    /// <summary>x - y.</summary>
    public static void Subtract<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> result) where T : unmanaged, INumber<T>
    {
        var a = Vectors(x);
        var b = Vectors(y);
        var c = Vectors(result);
        for (var i = 0; i < c.Length; i++) c[i] = a[i] - b[i];
        for (var i = c.Length * Vector<T>.Count; i < result.Length; i++) result[i] = x[i] - y[i];
    }

    /// <summary>x - y, and whether there is neither NaN nor infinity in it.</summary>
    public static bool SubtractFinite<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var a = Vectors(x);
        var b = Vectors(y);
        var c = Vectors(result);
        // A finite number less itself is 0, anything else NaN.
        var (even, odd) = (Vector<T>.Zero, Vector<T>.Zero);
        var i = 0;
        for (; i + 1 < c.Length; i += 2)
        {
            var (first, second) = (a[i] - b[i], a[i + 1] - b[i + 1]);
            (c[i], c[i + 1]) = (first, second);
            even += first - first;
            odd += second - second;
        }
        for (i *= Vector<T>.Count; i < result.Length; i++)
        {
            result[i] = x[i] - y[i];
            if (!T.IsFinite(result[i])) return false;
        }
        return Registers.Sum(even + odd) == T.Zero;
    }

    /// <summary>sum + x.</summary>
    public static void Add<T>(ReadOnlySpan<T> x, Span<T> sum) where T : unmanaged, INumber<T>
    {
        var a = Vectors(x);
        var c = Vectors(sum);
        for (var i = 0; i < c.Length; i++) c[i] += a[i];
        for (var i = c.Length * Vector<T>.Count; i < sum.Length; i++) sum[i] += x[i];
    }

    /// <summary>sum + scale x.</summary>
    public static void AddScaled<T>(ReadOnlySpan<T> x, T scale, Span<T> sum) where T : unmanaged, INumber<T>
    {
        var a = Vectors(x);
        var c = Vectors(sum);
        for (var i = 0; i < c.Length; i++) c[i] += scale * a[i];
        for (var i = c.Length * Vector<T>.Count; i < sum.Length; i++) sum[i] += scale * x[i];
    }

    /// <summary>start + scale x.</summary>
    public static void Move<T>(ReadOnlySpan<T> start, T scale, ReadOnlySpan<T> x, Span<T> result) where T : unmanaged, INumber<T>
    {
        var s = Vectors(start);
        var a = Vectors(x);
        var c = Vectors(result);
        for (var i = 0; i < c.Length; i++) c[i] = s[i] + scale * a[i];
        for (var i = c.Length * Vector<T>.Count; i < result.Length; i++) result[i] = start[i] + scale * x[i];
    }

    /// <summary>sum |x|, in Float64.</summary>
    public static double SumOfMagnitudes<T>(ReadOnlySpan<T> x) where T : unmanaged, INumber<T>
    {
        var a = Vectors(x);
        var (even, odd) = (Vector<double>.Zero, Vector<double>.Zero);
        foreach (var each in a)
        {
            if (typeof(T) == typeof(float))
            {
                Registers.Widen(Registers.Abs(Registers.As<T, float>(each)), out var low, out var high);
                even += low;
                odd += high;
            }
            else
            {
                even += Registers.Abs(Registers.As<T, double>(each));
            }
        }
        var sum = Registers.Sum(even + odd);
        foreach (var each in x[(a.Length * Vector<T>.Count)..]) sum += double.CreateChecked(T.Abs(each));
        return sum;
    }

    /// <summary>The whole registers of a span.</summary>
    public static ReadOnlySpan<Vector<T>> Vectors<T>(ReadOnlySpan<T> values) where T : unmanaged => MemoryMarshal.Cast<T, Vector<T>>(values);

    /// <inheritdoc cref="Vectors{T}(ReadOnlySpan{T})"/>
    public static Span<Vector<T>> Vectors<T>(Span<T> values) where T : unmanaged => MemoryMarshal.Cast<T, Vector<T>>(values);
}
