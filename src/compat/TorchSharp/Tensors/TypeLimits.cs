namespace TorchSharp;

public static partial class torch
{
    /// <summary>The range and precision of a floating-point element type.</summary>
    public struct FInfo
    {
        public int bits;

        /// <summary>The distance from 1 to the next larger number.</summary>
        public double eps;

        public double max;
        public double min;
        public double tiny;
        public double smallest_normal;

        /// <summary>A power of ten: decimals that survive.</summary>
        public double resolution;
    }

    public static FInfo finfo() => finfo(get_default_dtype());

    /// <summary>For a complex type: of its parts.</summary>
    /// <exception cref="ArgumentException">for integers and Booleans</exception>
    public static FInfo finfo(ScalarType dtype) => dtype switch
    {
        ScalarType.BFloat16 => Limits(16, fractionBits: 7, smallestExponent: -126, largestExponent: 127),
        ScalarType.Float16 => Limits(16, fractionBits: 10, smallestExponent: -14, largestExponent: 15),
        ScalarType.Float32 or ScalarType.ComplexFloat32 => Limits(32, fractionBits: 23, smallestExponent: -126, largestExponent: 127),
        ScalarType.Float64 or ScalarType.ComplexFloat64 => Limits(64, fractionBits: 52, smallestExponent: -1022, largestExponent: 1023),
        _ => throw new ArgumentException($"finfo needs a floating-point or complex type, not {dtype}", nameof(dtype)),
    };

    /// <summary>The largest number that fits the integer type.</summary>
    public static long max_int_value(ScalarType type) => type switch
    {
        ScalarType.Byte => byte.MaxValue,
        ScalarType.Int8 => sbyte.MaxValue,
        ScalarType.Int16 => short.MaxValue,
        ScalarType.Int32 => int.MaxValue,
        ScalarType.Int64 => long.MaxValue,
        _ => throw new ArgumentException($"{type} is not an integer type", nameof(type)),
    };

    /// <summary>From the layout of an IEEE 754 binary format.</summary>
    private static FInfo Limits(int bits, int fractionBits, int smallestExponent, int largestExponent)
    {
        var eps = Math.ScaleB(1, -fractionBits);
        var max = Math.ScaleB(2 - eps, largestExponent);
        var tiny = Math.ScaleB(1, smallestExponent);
        var decimals = (int)Math.Floor(fractionBits * Math.Log10(2));
        return new FInfo { bits = bits, eps = eps, max = max, min = -max, tiny = tiny, smallest_normal = tiny, resolution = double.Parse($"1e-{decimals}", System.Globalization.CultureInfo.InvariantCulture) };
    }
}
