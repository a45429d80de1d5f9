namespace TorchSharp;

public static partial class torch
{
    /// <summary>What factories of floating-point tensors use when no type is given; null as long as it is libtorch's own, float32.</summary>
    internal static ScalarType? DefaultDtype { get; private set; }

    /// <summary>Where factories put tensors when no device is given; null as long as it is the CPU.</summary>
    internal static Device? DefaultDevice { get; private set; }

    /// <summary>The default type where the number itself does not decide: integers and Booleans keep their own.</summary>
    internal static ScalarType? DefaultFor(Scalar value) => is_floating_point(value.Type) ? DefaultDtype : null;

    /// <summary>Sets the element type of tensors that are made without one, in all threads.</summary>
    /// <exception cref="ArgumentException">for a type that is not of floating point</exception>
    public static void set_default_dtype(ScalarType dtype)
    {
        if (!is_floating_point(dtype)) throw new ArgumentException($"{dtype} cannot be the default type: only floating-point types can", nameof(dtype));
        DefaultDtype = dtype == ScalarType.Float32 ? null : dtype;
    }

    public static ScalarType get_default_dtype() => DefaultDtype ?? ScalarType.Float32;

    /// <summary>Makes the tensor's element type the default.</summary>
    public static void set_default_tensor_type(Tensor t) => set_default_dtype(t.dtype);

    /// <summary>Sets where tensors are made that are given no device, in all threads.</summary>
    public static void set_default_device(Device device) => DefaultDevice = device.type == DeviceType.CPU ? null : device;

    public static void set_default_device(string device) => set_default_device(new Device(device));

    public static Device get_default_device() => DefaultDevice ?? CPU;
}
