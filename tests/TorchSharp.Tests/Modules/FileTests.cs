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
        Assert.Throws<InvalidOperationException>(() => smaller.load(file));
        smaller.load(file, strict: false);
        Assert.True(smaller.get_parameter("0.weight")!.Equals(net.get_parameter("0.weight")!));
        using var precise = Net(1).to(ScalarType.Float64);
        Assert.Throws<ArgumentException>(() => precise.load(file));
    }
}
