using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>A number with its kind (integer, floating point or Boolean), as operators take it beside tensors.</summary>
public readonly struct Scalar
{
    private Scalar(Value packed, torch.ScalarType type)
    {
        Packed = packed;
        Type = type;
    }

    internal Value Packed { get; }

    public torch.ScalarType Type { get; }

    private static Scalar Whole(long value, torch.ScalarType type) => new(new Value { Tag = Value.Int, Integer = value }, type);

    private static Scalar Floating(double value, torch.ScalarType type) => new(new Value { Tag = Value.Double, Real = value }, type);

    public static implicit operator Scalar(byte value) => Whole(value, torch.ScalarType.Byte);
    public static implicit operator Scalar(sbyte value) => Whole(value, torch.ScalarType.Int8);
    public static implicit operator Scalar(short value) => Whole(value, torch.ScalarType.Int16);
    public static implicit operator Scalar(int value) => Whole(value, torch.ScalarType.Int32);
    public static implicit operator Scalar(long value) => Whole(value, torch.ScalarType.Int64);
    public static implicit operator Scalar(Half value) => Floating((double)value, torch.ScalarType.Float16);
    public static implicit operator Scalar(float value) => Floating(value, torch.ScalarType.Float32);
    public static implicit operator Scalar(double value) => Floating(value, torch.ScalarType.Float64);
    public static implicit operator Scalar(bool value) => new(new Value { Tag = Value.Bool, Integer = value ? 1 : 0 }, torch.ScalarType.Bool);

    internal double AsDouble => Packed.Tag == Value.Double ? Packed.Real : Packed.Integer;

    internal long AsLong => Packed.Tag == Value.Double ? (long)Packed.Real : Packed.Integer;

    public override string ToString() => Packed.Tag switch
    {
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
    public static float ToSingle(this Scalar value) => (float)value.AsDouble;
    public static double ToDouble(this Scalar value) => value.AsDouble;
    public static sbyte ToSByte(this Scalar value) => (sbyte)value.AsLong;
    public static byte ToByte(this Scalar value) => (byte)value.AsLong;
    public static short ToInt16(this Scalar value) => (short)value.AsLong;
    public static int ToInt32(this Scalar value) => (int)value.AsLong;
    public static long ToInt64(this Scalar value) => value.AsLong;
    public static bool ToBoolean(this Scalar value) => value.AsDouble != 0;
}
