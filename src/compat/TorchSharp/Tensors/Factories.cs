using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor of the array's shape with a copy of its elements.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false)
    {
        var element = rawArray.GetType().GetElementType()!;
        return TypeOf(element) switch
        {
            ScalarType.Float32 => FromGrid<float>(rawArray, dtype, device, requires_grad),
            ScalarType.Float64 => FromGrid<double>(rawArray, dtype, device, requires_grad),
            ScalarType.Int64 => FromGrid<long>(rawArray, dtype, device, requires_grad),
            ScalarType.Int32 => FromGrid<int>(rawArray, dtype, device, requires_grad),
            ScalarType.Int16 => FromGrid<short>(rawArray, dtype, device, requires_grad),
            ScalarType.Int8 => FromGrid<sbyte>(rawArray, dtype, device, requires_grad),
            ScalarType.Byte => FromGrid<byte>(rawArray, dtype, device, requires_grad),
            ScalarType.Bool => FromGrid<bool>(rawArray, dtype, device, requires_grad),
            ScalarType.Float16 => FromGrid<Half>(rawArray, dtype, device, requires_grad),
            ScalarType.BFloat16 => FromGrid<BFloat16>(rawArray, dtype, device, requires_grad),
            ScalarType.ComplexFloat32 => FromGrid<(float, float)>(rawArray, dtype, device, requires_grad),
            ScalarType.ComplexFloat64 => FromGrid<System.Numerics.Complex>(rawArray, dtype, device, requires_grad),
            _ => throw new NotImplementedException($"from_array does not take elements of type {element}"),
        };
    }

    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => from_array(data, dtype, device);

    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) =>
        data.to(dtype ?? data.dtype, device ?? data.device);

    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.arange(start, stop, step, dtype ?? DefaultFor(start) ?? DefaultFor(stop) ?? DefaultFor(step), device ?? DefaultDevice).Requiring(requires_grad);

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.linspace(start, end, steps, dtype ?? DefaultDtype, device ?? DefaultDevice).Requiring(requires_grad);

    public static Tensor logspace(
        double start, double end, long steps, double @base = 10, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.logspace(start, end, steps, @base, dtype ?? DefaultDtype, device ?? DefaultDevice).Requiring(requires_grad);

    /// <summary>Ones on the diagonal; square when <paramref name="columns"/> is -1.</summary>
    public static Tensor eye(long rows, long columns = -1L, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.eye(rows, columns < 0 ? rows : columns, dtype ?? DefaultDtype, device ?? DefaultDevice).Requiring(requires_grad);

    public static Tensor normal(
        double mean, double std, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) => Ops.normal(mean, std, size, generator, dtype ?? DefaultDtype, device ?? DefaultDevice).Requiring(requires_grad);

    /// <summary>Integers from <paramref name="low"/> up to, not including, <paramref name="high"/>.</summary>
    public static Tensor randint(
        long low, long high, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) => Ops.randint(low, high, size, generator, dtype ?? ScalarType.Int64, device ?? DefaultDevice).Requiring(requires_grad);

    public static Tensor randint(
        long high, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator);

    public static Tensor randint(
        int low, int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randint(low, high, Array.ConvertAll(size, s => (long)s), dtype, device, requires_grad, generator);

    public static Tensor randint(
        int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator);

    /// <summary>A random order of the integers below <paramref name="n"/>.</summary>
    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Ops.randperm(n, generator, dtype ?? ScalarType.Int64, device ?? DefaultDevice).Requiring(requires_grad);

    /// <summary>Memory of the given sizes, laid out by the given strides (elements between neighbours of each dimension); its values are whatever was there.</summary>
    public static Tensor empty_strided(long[] size, long[] strides, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.empty_strided(size, strides, dtype ?? DefaultDtype, device ?? DefaultDevice).Requiring(requires_grad);

    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.zeros_like(input, dtype, device).Requiring(requires_grad);

    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.ones_like(input, dtype, device).Requiring(requires_grad);

    public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.empty_like(input, dtype, device).Requiring(requires_grad);

    public static Tensor full_like(Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.full_like(input, value, dtype, device).Requiring(requires_grad);

    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.rand_like(input, dtype, device).Requiring(requires_grad);

    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.randn_like(input, dtype, device).Requiring(requires_grad);

    public static Tensor randint_like(
        Tensor input, long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.randint_like(input, low, high, dtype, device).Requiring(requires_grad);

    internal static Tensor Requiring(this Tensor tensor, bool requires_grad)
    {
        if (requires_grad) tensor.requires_grad = true;
        return tensor;
    }

    internal static Tensor FromScalar(Scalar scalar, ScalarType type) => Ops.full([], scalar, type, null);

    private static T[] AsArray<T>(IList<T> list) => list as T[] ?? [.. list];

    private static Tensor FromGrid<T>(Array grid, ScalarType? dtype, Device? device, bool requires_grad) where T : unmanaged
    {
        var shape = new long[grid.Rank];
        for (var k = 0; k < shape.Length; k++) shape[k] = grid.GetLongLength(k);
        var elements = grid.Length == 0
            ? []
            : MemoryMarshal.CreateReadOnlySpan(
                ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(grid)), grid.Length);
        return FromSpan(elements, shape, dtype, device, requires_grad);
    }

    private static Tensor FromSpan<T>(ReadOnlySpan<T> elements, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device, bool requires_grad)
        where T : unmanaged
    {
        device ??= DefaultDevice;
        long count = 1;
        foreach (var size in shape) count *= size;
        if (count != elements.Length)
            throw new ArgumentException($"{elements.Length} elements do not fill the shape [{string.Join(", ", shape.ToArray())}], which takes {count}");
        var made = Ops.empty(shape, TypeOf<T>(), null);
        elements.CopyTo(made.Elements<T>());
        var wanted = dtype ?? made.dtype;
        if (wanted != made.dtype || device is { type: not DeviceType.CPU })
        {
            using var onCpu = made;
            made = onCpu.to(wanted, device ?? CPU);
        }
        return made.Requiring(requires_grad);
    }
}
