namespace TorchSharp;

/// <summary>Kinds of device; the numbers are libtorch's.</summary>
public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
    MKLDNN = 2,
    OPENGL = 3,
    OPENCL = 4,
    IDEEP = 5,
    HIP = 6,
    FPGA = 7,
    ORT = 8,
    XLA = 9,
    VULKAN = 10,
    METAL = 11,
    XPU = 12,
    MPS = 13,
    META = 14,
    HPU = 15,
}

public static partial class torch
{
    /// <summary>Where a tensor lives: "cpu", "cuda", "cuda:1", "meta".</summary>
    public class Device : IEquatable<Device>
    {
        public Device(string description)
        {
            var parts = description.Split(':');
            if (parts.Length > 2 || !Enum.TryParse<DeviceType>(parts[0], ignoreCase: true, out var kind) || int.TryParse(parts[0], out _))
                throw new ArgumentException($"'{description}' is not a device; expected 'cpu', 'cuda' or 'cuda:<index>'", nameof(description));
            if (parts.Length == 2)
            {
                if (!int.TryParse(parts[1], out var number) || number < 0)
                    throw new ArgumentException($"'{description}' is not a device; expected a whole number after the colon", nameof(description));
                index = number;
            }
            else
            {
                index = kind == DeviceType.CUDA ? 0 : -1;
            }
            type = kind;
        }

        public Device(string deviceType, int index = -1) : this(index < 0 ? deviceType : $"{deviceType}:{index}")
        {
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index < 0 && deviceType == DeviceType.CUDA ? 0 : index;
        }

        public Device(int index) : this(DeviceType.CUDA, index)
        {
        }

        public DeviceType type { get; }

        public int index { get; }

        public override string ToString() => index < 0 ? type.ToString().ToLowerInvariant() : $"{type.ToString().ToLowerInvariant()}:{index}";

        public bool Equals(Device? other) => other is not null && type == other.type && index == other.index;

        public override bool Equals(object? obj) => Equals(obj as Device);

        public override int GetHashCode() => HashCode.Combine(type, index);

        public static bool operator ==(Device? left, Device? right) => left?.Equals(right) ?? right is null;

        public static bool operator !=(Device? left, Device? right) => !(left == right);

        public static implicit operator Device(string description) => new(description);
    }

    public static readonly Device CPU = new(DeviceType.CPU);

    public static readonly Device CUDA = new(DeviceType.CUDA, 0);

    public static readonly Device META = new(DeviceType.META);

    public static Device device(string description) => new(description);

    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    public static Device device(int index) => new(index);
}
