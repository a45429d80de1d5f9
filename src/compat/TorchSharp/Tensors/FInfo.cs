namespace TorchSharp;

public static partial class torch
{
    /// <summary>The limits of a floating point type.</summary>
    public struct FInfo
    {
        public int bits;

        /// <summary>The step from 1 to the next number.</summary>
        public double eps;

        public double max;
        public double min;

        /// <summary>The smallest positive number of full precision.</summary>
        public double tiny;

        /// <summary>The same as <see cref="tiny"/>.</summary>
        public double smallest_normal;

        /// <summary>The precision in decimal digits, as a number.</summary>
        public double resolution;
    }

    /// <summary>The limits of the default type.</summary>
    public static FInfo finfo() => finfo(get_default_dtype());

    /// <summary>The limits of a floating point type; of a complex type, those of its parts.</summary>
    public static FInfo finfo(ScalarType dtype) => dtype switch
    {
        ScalarType.BFloat16 => Of(16, significant: 8, largestExponent: 127, 1e-2),
        ScalarType.Float16 => Of(16, significant: 11, largestExponent: 15, 1e-3),
        ScalarType.Float32 or ScalarType.ComplexFloat32 => Of(32, significant: 24, largestExponent: 127, 1e-6),
        ScalarType.Float64 or ScalarType.ComplexFloat64 => Of(64, significant: 53, largestExponent: 1023, 1e-15),
        _ => throw new ArgumentException($"finfo needs a floating point or complex type, got {dtype}", nameof(dtype)),
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

    private static FInfo Of(int bits, int significant, int largestExponent, double resolution)
    {
        var eps = Math.ScaleB(1, 1 - significant);
        var max = Math.ScaleB(2 - eps, largestExponent);
        var tiny = Math.ScaleB(1, 1 - largestExponent);
        return new FInfo { bits = bits, eps = eps, max = max, min = -max, tiny = tiny, smallest_normal = tiny, resolution = resolution };
    }
}
