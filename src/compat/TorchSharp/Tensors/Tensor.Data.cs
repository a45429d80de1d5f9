using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements, in row-major order whatever the strides; the tensor must be on the CPU and of this element type.</summary>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            CheckElements<T>();
            return new TensorAccessor<T>(this);
        }

        /// <summary>The value of a tensor of one element.</summary>
        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1)
                throw new ArgumentException($"item() needs a tensor of one element; this one has shape [{string.Join(", ", shape)}]");
            CheckType<T>();
            if (is_cpu()) return Element<T>();
            using var onCpu = cpu();
            return onCpu.Element<T>();
        }

        public Scalar ToScalar()
        {
            return dtype switch
            {
                ScalarType.Bool => this.item<bool>(),
                ScalarType.Byte => this.item<byte>(),
                ScalarType.Int8 => this.item<sbyte>(),
                ScalarType.Int16 => this.item<short>(),
                ScalarType.Int32 => this.item<int>(),
                ScalarType.Int64 => this.item<long>(),
                ScalarType.Float16 => this.item<Half>(),
                ScalarType.BFloat16 => this.item<BFloat16>(),
                ScalarType.Float32 => this.item<float>(),
                ScalarType.Float64 => this.item<double>(),
                ScalarType.ComplexFloat32 => this.item<(float, float)>(),
                _ => this.item<System.Numerics.Complex>(),
            };
        }

        /// <summary>The bytes of the elements; the tensor must be contiguous and on the CPU.</summary>
        public Span<byte> bytes
        {
            get
            {
                if (!is_contiguous()) throw new NotImplementedException("bytes needs a contiguous tensor: call contiguous() first");
                CheckCpu();
                unsafe
                {
                    return new Span<byte>((void*)DataPointer, checked((int)(NumberOfElements * ElementSize)));
                }
            }
            set
            {
                if (value.Length != NumberOfElements * ElementSize)
                    throw new ArgumentException($"{value.Length} bytes do not fill a tensor of {NumberOfElements * ElementSize} bytes");
                value.CopyTo(bytes);
            }
        }

        public T ReadCpuValue<T>(long i) where T : unmanaged => data<T>()[i];

        public float ReadCpuFloat16(long i) => (float)data<Half>()[i];

        public float ReadCpuBFloat16(long i) => (float)data<BFloat16>()[i];

        public byte ReadCpuByte(long i) => data<byte>()[i];

        public sbyte ReadCpuSByte(long i) => data<sbyte>()[i];

        public short ReadCpuInt16(long i) => data<short>()[i];

        public float ReadCpuSingle(long i) => data<float>()[i];

        public double ReadCpuDouble(long i) => data<double>()[i];

        public long ReadCpuInt64(long i) => data<long>()[i];

        public int ReadCpuInt32(long i) => data<int>()[i];

        public bool ReadCpuBool(long i) => data<bool>()[i];

        /// <summary>The first element's address.</summary>
        internal unsafe nint DataPointer
        {
            get
            {
                nint pointer;
                long offset;
                NativeCall.Check(NativeMethods.pt_data(Handle, &pointer, &offset));
                GC.KeepAlive(this);
                return pointer;
            }
        }

        /// <summary>The elements of a contiguous tensor on the CPU; valid as long as the tensor is.</summary>
        internal unsafe Span<T> Elements<T>() where T : unmanaged => new((void*)DataPointer, checked((int)NumberOfElements));

        private unsafe T Element<T>() where T : unmanaged
        {
            var value = *(T*)DataPointer;
            GC.KeepAlive(this);
            return value;
        }

        private void CheckElements<T>() where T : unmanaged
        {
            CheckCpu();
            CheckType<T>();
        }

        private void CheckCpu()
        {
            if (!is_cpu()) throw new InvalidOperationException($"the tensor is on {device}: read its elements after cpu()");
        }

        private void CheckType<T>() where T : unmanaged
        {
            if (TypeOf<T>() != dtype)
                throw new ArgumentException($"{typeof(T).Name} does not fit a tensor of {dtype}: convert it with to(), or read {dtype} elements");
        }

        // ---- copies and moves -----------------------------------------------------------------------------------------------------

        public Tensor cpu() => to(CPU);

        public Tensor cuda(Device? device = null, bool non_blocking = false) => to(device ?? CUDA, non_blocking: non_blocking);

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            After(Ops.to_dtype(this, type, non_blocking, copy), disposeAfter);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to_type(type, copy, disposeAfter, non_blocking);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            After(Ops.to_device(this, device, dtype, non_blocking, copy), disposeAfter);

        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(device), copy, disposeAfter, non_blocking);

        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            After(Ops.to_device(this, device, type, non_blocking, copy), disposeAfter);

        public Tensor to(Tensor other, bool non_blocking = false) => to(other.dtype, other.device, non_blocking: non_blocking);

        public Tensor type(ScalarType dtype) => to_type(dtype);

        public Tensor type(Func<Tensor, Tensor> typeFunc) => typeFunc(this);

        public Tensor type_as(Tensor tensor) => to_type(tensor.dtype);

        public Tensor @bool() => to_type(ScalarType.Bool);

        public Tensor @byte() => to_type(ScalarType.Byte);

        public Tensor @char() => to_type(ScalarType.Int8);

        public Tensor @short() => to_type(ScalarType.Int16);

        public Tensor @int() => to_type(ScalarType.Int32);

        public Tensor @long() => to_type(ScalarType.Int64);

        public Tensor half() => to_type(ScalarType.Float16);

        public Tensor bfloat16() => to_type(ScalarType.BFloat16);

        public Tensor @float() => to_type(ScalarType.Float32);

        public Tensor @double() => to_type(ScalarType.Float64);

        public Tensor cfloat() => to_type(ScalarType.ComplexFloat32);

        public Tensor cdouble() => to_type(ScalarType.ComplexFloat64);

        public Tensor copy_(Tensor source, bool nonBlocking = false) => Ops.copy_(this, source, nonBlocking);

        /// <summary>A second owner of the same native tensor.</summary>
        public Tensor alias() => new(this);

        /// <summary>Lets this tensor stand for another one's data, keeping its identity for optimisers and modules.</summary>
        internal Tensor set_data(Tensor data)
        {
            NativeCall.Check(NativeMethods.pt_set_data(Handle, data.Handle));
            GC.KeepAlive(this);
            GC.KeepAlive(data);
            return this;
        }

        private Tensor After(Tensor result, bool dispose)
        {
            if (dispose) Dispose();
            return result;
        }
    }
}

/// <summary>Tensors as numbers.</summary>
public static partial class TensorExtensionMethods
{
    public static float ToSingle(this torch.Tensor value) => As<float>(value);

    public static double ToDouble(this torch.Tensor value) => As<double>(value);

    public static sbyte ToSByte(this torch.Tensor value) => As<sbyte>(value);

    public static byte ToByte(this torch.Tensor value) => As<byte>(value);

    public static short ToInt16(this torch.Tensor value) => As<short>(value);

    public static int ToInt32(this torch.Tensor value) => As<int>(value);

    public static long ToInt64(this torch.Tensor value) => As<long>(value);

    public static bool ToBoolean(this torch.Tensor value) => As<bool>(value);

    public static (float Real, float Imaginary) ToComplexFloat32(this torch.Tensor value) => As<(float, float)>(value);

    public static Complex ToComplexFloat64(this torch.Tensor value) => As<Complex>(value);

    public static (float Real, float Imaginary) ToComplex32(this torch.Tensor value) => value.ToComplexFloat32();

    public static Complex ToComplex64(this torch.Tensor value) => value.ToComplexFloat64();

    public static Half ToHalf(this torch.Tensor value) => As<Half>(value);

    public static BFloat16 ToBFloat16(this torch.Tensor value) => As<BFloat16>(value);

    /// <summary>The values as text.</summary>
    public static string str(
        this torch.Tensor tensor, string? fltFormat = null, int? width = null, string? newLine = null, CultureInfo? cultureInfo = null,
        TensorStringStyle style = TensorStringStyle.Default) => tensor.ToString(style, fltFormat, width, cultureInfo, newLine);

    /// <summary>Shape, element type and device.</summary>
    public static string metastr(this torch.Tensor tensor) => tensor.ToString(TensorStringStyle.Metadata);

    public static string jlstr(
        this torch.Tensor tensor, string? fltFormat = null, int? width = null, string? newLine = null, CultureInfo? cultureInfo = null) =>
        tensor.ToString(TensorStringStyle.Julia, fltFormat, width, cultureInfo, newLine);

    public static string npstr(
        this torch.Tensor tensor, string? fltFormat = "g5", int? width = 100, string? newLine = null, CultureInfo? cultureInfo = null) =>
        tensor.ToString(TensorStringStyle.Numpy, fltFormat, width, cultureInfo, newLine);

    public static string cstr(
        this torch.Tensor tensor, string? fltFormat = "g5", int? width = 100, string? newLine = null, CultureInfo? cultureInfo = null) =>
        tensor.ToString(TensorStringStyle.CSharp, fltFormat, width, cultureInfo, newLine);

    /// <summary>Writes the values to the console and returns the tensor.</summary>
    public static torch.Tensor print(
        this torch.Tensor t, string? fltFormat = "g5", int? width = 100, string? newLine = null, CultureInfo? cultureInfo = null,
        TensorStringStyle style = TensorStringStyle.Default)
    {
        Console.WriteLine(t.str(fltFormat, width, newLine, cultureInfo, style));
        return t;
    }

    /// <summary>The shape in numbers of 32 bits.</summary>
    public static ReadOnlySpan<int> IntShape(this torch.Tensor tensor) => Array.ConvertAll(tensor.shape, size => checked((int)size));

    public static Modules.Parameter AsParameter(this torch.Tensor tensor) => new(tensor);

    /// <summary>A tensor of this array's elements in the given shape.</summary>
    public static torch.Tensor ToTensor<T>(this T[] rawArray, long[] dimensions, bool doCopy = false, bool requires_grad = false) =>
        torch.from_array(rawArray, null, null, requires_grad).reshape(dimensions);

    public static torch.Tensor ToTensor<T>(this T scalar, torch.Device? device = null, bool requires_grad = false) where T : struct =>
        torch.from_array(new[] { scalar }, null, device).reshape([]).Requiring(requires_grad);

    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, (product, size) => product * size);

    public static int ElementSize(this torch.ScalarType type) => torch.SizeOf(type);

    /// <summary>The one element, converted when the tensor's type is another.</summary>
    private static T As<T>(torch.Tensor value) where T : unmanaged
    {
        if (value.dtype == torch.TypeOf<T>()) return value.item<T>();
        using var converted = value.to_type(torch.TypeOf<T>());
        return converted.item<T>();
    }
}
