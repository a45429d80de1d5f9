using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>One packed argument or result of a native call; the layout is the shim's <c>struct Value</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal unsafe struct Value
{
    internal const int None = 0, TensorTag = 1, Int = 2, Double = 3, Bool = 4, String = 5, IntList = 6, DoubleList = 7,
        TensorList = 8, GeneratorTag = 9, DeviceTag = 10;

    [FieldOffset(0)] internal int Tag;

    /// <summary>A list's or string's length; for a resulting tensor the KiB that it alone keeps alive.</summary>
    [FieldOffset(4)] internal int Extra;

    [FieldOffset(8)] internal long Integer;
    [FieldOffset(8)] internal double Real;
    [FieldOffset(8)] internal nint Pointer;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Set(torch.Tensor tensor)
    {
        Tag = TensorTag;
        Pointer = tensor.Handle;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void SetOptional(torch.Tensor? tensor)
    {
        if (tensor is null) SetNone();
        else Set(tensor);
    }

    internal void SetNone()
    {
        Tag = None;
        Pointer = 0;
    }

    internal void Set(long value)
    {
        Tag = Int;
        Integer = value;
    }

    internal void Set(double value)
    {
        Tag = Double;
        Real = value;
    }

    internal void Set(bool value)
    {
        Tag = Bool;
        Integer = value ? 1 : 0;
    }

    internal void Set(Scalar value) => this = value.Packed;

    internal void Set(torch.ScalarType type) => Set((long)type);

    internal void Set(torch.Device device)
    {
        Tag = DeviceTag;
        Extra = device.index;
        Integer = (long)device.type;
    }

    internal void Set(torch.Generator generator)
    {
        Tag = GeneratorTag;
        Pointer = generator.Handle;
    }

    internal void SetOptional(long? value)
    {
        if (value is { } v) Set(v);
        else SetNone();
    }

    internal void SetOptional(double? value)
    {
        if (value is { } v) Set(v);
        else SetNone();
    }

    internal void SetOptional(bool? value)
    {
        if (value is { } v) Set(v);
        else SetNone();
    }

    internal void SetOptional(Scalar? value)
    {
        if (value is { } v) Set(v);
        else SetNone();
    }

    internal void SetOptional(torch.ScalarType? value)
    {
        if (value is { } v) Set(v);
        else SetNone();
    }

    internal void SetOptional(torch.Device? value)
    {
        if (value is null) SetNone();
        else Set(value);
    }

    internal void SetOptional(torch.Generator? value)
    {
        if (value is null) SetNone();
        else Set(value);
    }

    internal void SetList(long* first, int count)
    {
        Tag = IntList;
        Extra = count;
        Pointer = (nint)first;
    }

    internal void SetList(double* first, int count)
    {
        Tag = DoubleList;
        Extra = count;
        Pointer = (nint)first;
    }

    internal void SetList(nint* first, int count)
    {
        Tag = TensorList;
        Extra = count;
        Pointer = (nint)first;
    }

    internal void SetText(byte* first, int count)
    {
        Tag = String;
        Extra = count;
        Pointer = (nint)first;
    }
}
