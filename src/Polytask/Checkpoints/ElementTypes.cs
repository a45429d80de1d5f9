using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// The element types of the safetensors format that TorchSharp has, in the order in which its reference implementation lays tensors out.
/// </summary>
internal static class ElementTypes
{
    // The reference implementation's enumeration, types of small alignment first; it lays tensors out from the last to the first.
    private static readonly (string Name, ScalarType Type, int Size)[] Known =
    [
        ("BOOL", ScalarType.Bool, 1), ("U8", ScalarType.Byte, 1), ("I8", ScalarType.Int8, 1), ("I16", ScalarType.Int16, 2),
        ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2), ("I32", ScalarType.Int32, 4), ("F32", ScalarType.Float32, 4),
        ("F64", ScalarType.Float64, 8), ("I64", ScalarType.Int64, 8),
    ];

    /// <summary>All names, for messages.</summary>
    public static string Listed => string.Join(", ", Known.Select(known => known.Name));

    /// <summary>The place of a type in the layout's order, or -1 where the format has no such type.</summary>
    public static int RankOf(ScalarType type) => Array.FindIndex(Known, known => known.Type == type);

    /// <summary>The format's name of a type.</summary>
    public static string NameOf(ScalarType type) => Known[RankOf(type)].Name;

    /// <summary>The type of a name, or null.</summary>
    public static ScalarType? Named(string name)
    {
        var place = Array.FindIndex(Known, known => known.Name == name);
        return place < 0 ? null : Known[place].Type;
    }

    /// <summary>The bytes of an element.</summary>
    public static int SizeOf(ScalarType type) => Known[RankOf(type)].Size;

    /// <summary>The bytes of a tensor.</summary>
    /// <exception cref="OverflowException">More than a 64-bit number counts.</exception>
    public static long BytesOf(StoredTensor tensor)
    {
        // A dimension of 0 makes the tensor empty whatever the others say, but they must still be numbers that libtorch can multiply.
        var count = 1L;
        foreach (var dimension in tensor.Shape) count = checked(count * Math.Max(dimension, 1));
        var bytes = checked(count * SizeOf(tensor.Type));
        return tensor.Shape.Contains(0) ? 0 : bytes;
    }
}
