using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Modules;

public sealed class FileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("torchsharp-tests").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static nn.Module<Tensor, Tensor> Net(long seed)
    {
        manual_seed(seed);
        return nn.Sequential(nn.Linear(3, 200), nn.BatchNorm1d(200), nn.Linear(200, 2));
    }

    [Fact]
    public void A_saved_module_loads_into_another()
    {
        var file = Path.Combine(folder, "net.dat");
        using var first = Net(1);
        using var second = Net(2);
        first.call(randn(5, 3)).Dispose();
        first.save(file);
        var found = new Dictionary<string, bool>();
        second.load(file, loadedParameters: found);
        foreach (var (name, tensor) in first.state_dict()) Assert.True(tensor.Equals(second.state_dict()[name]), name);
        Assert.Equal(first.state_dict().Keys, found.Keys);
        Assert.Equal([file], Directory.GetFiles(folder));
    }

    /// <summary>The bytes that the format prescribes, written out by hand.</summary>
    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        using var memory = new MemoryStream();
        using var linear = nn.Linear(nn.Parameter(tensor(new[] { 1f, -2f }).reshape(2, 1)));
        linear.save(memory);
        // One entry; "weight"; float32 is type 6; two dimensions, 2 and 1; 1.0 and -2.0 in little-endian IEEE 754.
        byte[] expected = [1, 6, .. "weight"u8, 6, 2, 2, 1, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0];
        Assert.Equal(expected, memory.ToArray());
    }

    [Fact]
    public void Transposed_integer_and_empty_tensors_go_round_with_sizes_beyond_one_byte()
    {
        var file = Path.Combine(folder, "tensor.dat");
        foreach (var original in new[] { arange(600).reshape(2, 300).t(), zeros(0, 3), tensor(true), tensor(new short[] { -1, 7 }) })
        {
            original.Save(file);
            using var loaded = load(file);
            Assert.Equal(original.dtype, loaded.dtype);
            Assert.Equal(original.shape, loaded.shape);
            Assert.True(original.Equals(loaded));
        }
    }

    /// <summary>Type number, two dimensions 2 and 130 (two bytes in LEB128), and the elements as .NET lays them out.</summary>
    [Fact]
    public void Every_element_type_has_the_bytes_of_the_format_both_ways()
    {
        static byte[] Of<T>(byte type, Func<int, T> element) where T : unmanaged =>
            [type, 2, 2, 0x82, 1, .. System.Runtime.InteropServices.MemoryMarshal.AsBytes<T>(Enumerable.Range(0, 260).Select(element).ToArray())];
        // The upper half of a float32: these numbers need no more.
        static ushort Upper(float value) => (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16);
        var files = new Dictionary<ScalarType, byte[]>
        {
            [ScalarType.Byte] = Of(0, k => (byte)(k % 100)),
            [ScalarType.Int8] = Of(1, k => (sbyte)(k % 100)),
            [ScalarType.Int16] = Of(2, k => (short)(k % 100)),
            [ScalarType.Int32] = Of(3, k => k % 100),
            [ScalarType.Int64] = Of(4, k => (long)(k % 100)),
            [ScalarType.Float16] = Of(5, k => (Half)(k % 100)),
            [ScalarType.Float32] = Of(6, k => (float)(k % 100)),
            [ScalarType.Float64] = Of(7, k => (double)(k % 100)),
            [ScalarType.ComplexFloat32] = Of(9, k => ((float)(k % 100), 0f)),
            [ScalarType.ComplexFloat64] = Of(10, k => new System.Numerics.Complex(k % 100, 0)),
            [ScalarType.Bool] = Of(11, k => k % 100 != 0),
            [ScalarType.BFloat16] = Of(15, k => Upper(k % 100)),
        };
        foreach (var (type, bytes) in files)
        {
            using var expected = arange(260).remainder(100).to(type).reshape(2, 130);
            using var memory = new MemoryStream();
            expected.Save(memory);
            Assert.Equal(bytes, memory.ToArray());
            using var loaded = TensorExtensionMethods.Load(new BinaryReader(new MemoryStream(bytes)));
            Assert.Equal(type, loaded.dtype);
            Assert.True(expected.Equals(loaded), type.ToString());
        }
    }

    [Fact]
    public void A_tensor_is_filled_passed_over_or_made()
    {
        using var memory = new MemoryStream();
        var writer = new BinaryWriter(memory);
        foreach (var value in new[] { 1f, 2, 3, 4 }) full(2, value).Save(writer);
        memory.Position = 0;
        var reader = new BinaryReader(memory);
        var (filled, other) = (zeros(2), zeros(5));
        filled.Load(reader);
        other.Load(reader, skip: true);
        Tensor? made = null;
        TensorExtensionMethods.Load(ref made, reader);
        Assert.Equal([1f, 1], filled.data<float>().ToArray());
        Assert.Equal(new float[5], other.data<float>().ToArray());
        Assert.Equal([3f, 3], made!.data<float>().ToArray());
        Assert.Throws<ArgumentException>(() => other.Load(reader));
    }

    [Fact]
    public void A_damaged_file_is_named_and_changes_nothing()
    {
        var file = Path.Combine(folder, "net.dat");
        using var net = Net(1);
        net.save(file);
        var whole = File.ReadAllBytes(file);
        using var other = Net(2);
        var before = other.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        foreach (var length in new[] { 0, 1, 5, 12, whole.Length / 2, whole.Length - 1 })
        {
            File.WriteAllBytes(file, whole[..length]);
            Assert.Contains(file, Assert.Throws<InvalidDataException>(() => other.load(file)).Message);
        }
        // A dimension near 2^63 in place of the first one.
        File.WriteAllBytes(file, [.. whole[..12], 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, .. whole[14..]]);
        Assert.Throws<InvalidDataException>(() => other.load(file));
        foreach (var (name, tensor) in other.state_dict()) Assert.True(tensor.Equals(before[name]), name);
        Assert.Throws<FileNotFoundException>(() => other.load(Path.Combine(folder, "nothing.dat")));
    }

    [Fact]
    public void Another_architecture_is_refused()
    {
        var file = Path.Combine(folder, "net.dat");
        using var net = Net(1);
        net.save(file);
        using var smaller = nn.Sequential(nn.Linear(3, 200));
        var message = Assert.Throws<ArgumentException>(() => smaller.load(file)).Message;
        Assert.Contains("missing nothing; unexpected '1.weight'", message);
        // As upstream, names that are skipped must be there all the same.
        Assert.Throws<ArgumentException>(() => smaller.load(file, skip: ["1.weight"]));
        smaller.load(file, strict: false);
        Assert.True(smaller.get_parameter("0.weight")!.Equals(net.get_parameter("0.weight")!));
        using var precise = Net(1).to(ScalarType.Float64);
        Assert.Throws<ArgumentException>(() => precise.load(file));
    }
}
