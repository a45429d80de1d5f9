using System.Numerics;
using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>A number with its kind (integer, floating point, Boolean or complex), as operators take it beside tensors.</summary>
public readonly struct Scalar
{
    private Scalar(Value packed, torch.ScalarType type)
    {
        Packed = packed;
        Type = type;
    }

    private Scalar(torch.Tensor boxed, torch.ScalarType type)
    {
        Boxed = boxed.DetachFromDisposeScope();
        Packed = new Value { Tag = Value.TensorTag, Pointer = boxed.Handle };
        Type = type;
    }

    internal Value Packed { get; }

    /// <summary>A complex number, which the packed layout has no room for, travels as a tensor without dimensions.</summary>
    internal torch.Tensor? Boxed { get; }

    public torch.ScalarType Type { get; }

    private static Scalar Whole(long value, torch.ScalarType type) => new(new Value { Tag = Value.Int, Integer = value }, type);

    private static Scalar Floating(double value, torch.ScalarType type) => new(new Value { Tag = Value.Double, Real = value }, type);

    public static implicit operator Scalar(byte value) => Whole(value, torch.ScalarType.Byte);
    public static implicit operator Scalar(sbyte value) => Whole(value, torch.ScalarType.Int8);
    public static implicit operator Scalar(short value) => Whole(value, torch.ScalarType.Int16);
    public static implicit operator Scalar(int value) => Whole(value, torch.ScalarType.Int32);
    public static implicit operator Scalar(long value) => Whole(value, torch.ScalarType.Int64);
    public static implicit operator Scalar(Half value) => Floating((double)value, torch.ScalarType.Float16);
    public static implicit operator Scalar(BFloat16 value) => Floating((double)value, torch.ScalarType.BFloat16);
    public static implicit operator Scalar((float, float) value) => new(torch.tensor(value, device: torch.CPU), torch.ScalarType.ComplexFloat32);
    public static implicit operator Scalar(Complex value) => new(torch.tensor(value, device: torch.CPU), torch.ScalarType.ComplexFloat64);
    public static implicit operator Scalar(float value) => Floating(value, torch.ScalarType.Float32);
    public static implicit operator Scalar(double value) => Floating(value, torch.ScalarType.Float64);
    public static implicit operator Scalar(bool value) => new(new Value { Tag = Value.Bool, Integer = value ? 1 : 0 }, torch.ScalarType.Bool);

    internal Complex AsComplex => Boxed is null ? AsDouble : Boxed.ToComplexFloat64();

    internal double AsDouble => Boxed is not null ? throw NotReal() : Packed.Tag == Value.Double ? Packed.Real : Packed.Integer;

    internal long AsLong => Boxed is not null ? throw NotReal() : Packed.Tag == Value.Double ? (long)Packed.Real : Packed.Integer;

    private InvalidOperationException NotReal() => new($"{this} is complex: read it with ToComplexFloat64");

    public override string ToString() => Packed.Tag switch
    {
        Value.TensorTag => AsComplex.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Value.Double => Packed.Real.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        Value.Bool => Packed.Integer != 0 ? "True" : "False",
        _ => Packed.Integer.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}

/// <summary>From numbers to <see cref="Scalar"/> and back.</summary>
public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this byte value) => value;
    public static Scalar ToScalar(this sbyte value) => value;
    public static Scalar ToScalar(this short value) => value;
    public static Scalar ToScalar(this int value) => value;
    public static Scalar ToScalar(this long value) => value;
    public static Scalar ToScalar(this float value) => value;
    public static Scalar ToScalar(this double value) => value;
    public static Scalar ToScalar(this bool value) => value;
    public static Scalar ToScalar(this Half value) => value;
    public static Scalar ToScalar(this BFloat16 value) => value;
    public static Scalar ToScalar(this (float, float) value) => value;
    public static Scalar ToScalar(this Complex value) => value;
    public static Scalar ToBFloat16Scalar(this float value) => new BFloat16(value);
    public static Half ToHalf(this Scalar value) => (Half)value.AsDouble;
    public static BFloat16 ToBFloat16(this Scalar value) => (BFloat16)value.AsDouble;
    public static Complex ToComplexFloat64(this Scalar value) => value.AsComplex;
    public static (float Real, float Imaginary) ToComplexFloat32(this Scalar value) => ((float)value.AsComplex.Real, (float)value.AsComplex.Imaginary);
    public static float ToSingle(this Scalar value) => (float)value.AsDouble;
    public static double ToDouble(this Scalar value) => value.AsDouble;
    public static sbyte ToSByte(this Scalar value) => (sbyte)value.AsLong;
    public static byte ToByte(this Scalar value) => (byte)value.AsLong;
    public static short ToInt16(this Scalar value) => (short)value.AsLong;
    public static int ToInt32(this Scalar value) => (int)value.AsLong;
    public static long ToInt64(this Scalar value) => value.AsLong;
    public static bool ToBoolean(this Scalar value) => value.AsComplex != 0;
}
