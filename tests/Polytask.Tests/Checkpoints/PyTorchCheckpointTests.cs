using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Xunit;
using Polytask.Tests.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Checkpoints;

/// <summary>Files that tests/peers/torch_checkpoints.py made with Python's torch 1.13.1.</summary>
public sealed class PyTorchCheckpointTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    private static string Reference(string name) => Path.Combine(AppContext.BaseDirectory, "Checkpoints", "Reference", name);

    private static double[] Pattern(int count) => [.. Enumerable.Range(0, count).Select(k => k * 0.25 - 1)];

    [Fact]
    public void All_element_types_load()
    {
        var loaded = PyTorchCheckpoint.Load(Reference("types.pt"));
        Assert.Equal(12, loaded.Count);
        Assert.Equal(ScalarType.ComplexFloat32, loaded["complex64"].dtype);
        Assert.Equal(ScalarType.BFloat16, loaded["bfloat16"].dtype);
        foreach (var (name, tensor) in loaded)
        {
            Assert.Equal([2L, 3], tensor.shape);
            var numbers = tensor.is_complex() ? view_as_real(tensor)[TensorIndex.Ellipsis, 0].Numbers() : tensor.Numbers();
            Assert.Equal(name == "bool" ? [1, 0, 1, 0, 1, 0] : [0, 1, 2, 3, 4, 5], numbers);
        }
    }

    [Theory]
    [InlineData("module.pt")]
    [InlineData("protocol2.pt")]
    [InlineData("protocol3.pt")]
    [InlineData("protocol4.pt")]
    [InlineData("protocol5.pt")]
    public void A_state_dictionary_loads_into_a_module(string file)
    {
        var net = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2));
        var (missing, unexpected) = PyTorchCheckpoint.LoadInto(net, Reference(file));
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Assert.Equal(Pattern(6), net.state_dict()["0.weight"].Numbers());
        foreach (var name in new[] { "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var" }) Assert.Equal(Pattern(2), net.state_dict()[name].Numbers());
        // A whole number: the pattern's first value.
        Assert.Equal([-1.0], net.state_dict()["1.num_batches_tracked"].Numbers());
        Assert.Equal(ScalarType.Int64, net.state_dict()["1.num_batches_tracked"].dtype);
    }

    [Fact]
    public void Nested_containers_give_dotted_paths_and_what_is_no_tensor_is_left_out()
    {
        var loaded = PyTorchCheckpoint.Load(Reference("nested.pt"));
        string[] moments = [.. Enumerable.Range(0, 4).SelectMany(i => new[] { "step", "exp_avg", "exp_avg_sq" }.Select(name => $"optimizer.state.{i}.{name}"))];
        Assert.Equal((string[])["model.a", .. moments, "list.0", "list.1.0", "list.1.1", "7"], loaded.Keys);
        Assert.Equal(Pattern(3), loaded["list.1.1"].Numbers());
        Assert.Equal([1.0], loaded["optimizer.state.0.step"].Numbers());
        Assert.Equal(["tensor"], PyTorchCheckpoint.Load(Reference("single.pt")).Keys);
    }

    [Fact]
    public void Layouts_and_shared_memory_are_kept()
    {
        var loaded = PyTorchCheckpoint.Load(Reference("layouts.pt"));
        var whole = Pattern(24);
        double[] At(params int[] places) => [.. places.Select(place => whole[place])];
        Assert.Equal(whole, loaded["whole"].Numbers());
        Assert.Equal([6L, 4], loaded["transposed"].shape);
        Assert.Equal([1L, 6], loaded["transposed"].stride());
        Assert.Equal(At(0, 6, 12, 18, 1, 7), loaded["transposed"].Numbers()[..6]);
        Assert.Equal(whole[6..18], loaded["rows"].Numbers());
        Assert.Equal(At(2, 8, 14, 20), loaded["column"].Numbers());
        Assert.Equal(At(0, 3, 12, 15), loaded["stepped"].Numbers());
        Assert.Equal([-1.0, -1, -1, -1, -1], loaded["expanded"].Numbers());
        Assert.Equal([0L], loaded["expanded"].stride());
        Assert.Empty(loaded["scalar"].shape);
        Assert.Equal([0.5], loaded["scalar"].Numbers());
        Assert.Equal([0L, 3], loaded["empty"].shape);
        Assert.Equal(Pattern(4), loaded["parameter"].Numbers());
        Assert.Equal(whole[..6], loaded["buffer"].Numbers());
        Assert.All(loaded.Values, tensor => Assert.False(tensor.requires_grad));

        loaded["rows"].fill_(9);
        Assert.Equal([9.0, 9], loaded["whole"].Numbers()[6..8]);
        Assert.Equal(9, loaded["column"].Numbers()[1]);
        Assert.Equal(whole[..6], loaded["buffer"].Numbers());
    }

    [Fact]
    public void What_does_not_fit_a_module_is_listed_and_changes_nothing()
    {
        var path = Reference("module.pt");
        var net = nn.Sequential(("0", nn.Linear(4, 2)), ("2", nn.Linear(2, 2)));
        var before = net.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.Numbers());
        var message = Assert.Throws<InvalidOperationException>(() => PyTorchCheckpoint.LoadInto(net, path)).Message;
        Assert.Contains(": the file lacks '2.weight', '2.bias'; the module has no '1.weight', '1.bias'", message);
        Assert.Contains("'0.weight' is [2, 3] of Float32 in the file, [2, 4] of Float32 in the module", message);
        Assert.Contains("'0.weight' is [2, 3]", Assert.Throws<InvalidOperationException>(() => PyTorchCheckpoint.LoadInto(net, path, strict: false)).Message);
        foreach (var (name, tensor) in net.state_dict()) Assert.Equal(before[name], tensor.Numbers());

        var part = nn.Sequential(("0", nn.Linear(3, 2)), ("2", nn.Linear(2, 2)));
        Assert.Contains("Pass strict: false", Assert.Throws<InvalidOperationException>(() => PyTorchCheckpoint.LoadInto(part, path)).Message);
        var (missing, unexpected) = PyTorchCheckpoint.LoadInto(part, path, strict: false);
        Assert.Equal(["2.weight", "2.bias"], missing);
        Assert.Contains("1.running_mean", unexpected);
        Assert.Equal(Pattern(6), part.state_dict()["0.weight"].Numbers());
    }

    [Fact]
    public void A_state_dictionary_inside_a_checkpoint_loads_by_its_prefix_and_into_safetensors()
    {
        var net = new OneParameter();
        PyTorchCheckpoint.LoadInto(net, Reference("nested.pt"), prefix: "model");
        Assert.Equal(Pattern(2), net.state_dict()["a"].Numbers());
        Assert.Contains("no tensors under 'modle'", Assert.Throws<InvalidOperationException>(() => PyTorchCheckpoint.LoadInto(net, Reference("nested.pt"), prefix: "modle")).Message);

        var path = Path.Combine(folder.Path, "module.safetensors");
        SafeTensors.Save(path, PyTorchCheckpoint.Load(Reference("module.pt")));
        var module = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2));
        SafeTensors.LoadInto(module, path);
        Assert.Equal(Pattern(6), module.state_dict()["0.weight"].Numbers());
        Assert.Contains("does not fit", Assert.Throws<InvalidOperationException>(() => SafeTensors.LoadInto(nn.Linear(1, 1), path)).Message);
    }

    private sealed class OneParameter : nn.Module
    {
        private readonly TorchSharp.Modules.Parameter a = nn.Parameter(zeros(2));

        public OneParameter() : base("one") => RegisterComponents();
    }

    // ---- what must not load -----------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData("command.pt", "'posix.system' is not a tensor or a container")]
    [InlineData("command4.pt", "'builtins.eval' is not a tensor or a container")]
    [InlineData("whole-module.pt", "'torch.nn.modules.container.Sequential' is not a tensor or a container")]
    [InlineData("legacy.pt", "torch.save(torch.load('legacy.pt', map_location='cpu'), 'converted.pt')")]
    [InlineData("all-types.safetensors", "not a file of torch.save")]
    public void Files_that_hold_more_than_tensors_or_are_of_another_format_are_refused(string file, string message)
    {
        var error = Assert.Throws<InvalidDataException>(() => PyTorchCheckpoint.Load(Reference(file))).Message;
        Assert.Contains(message, error);
        Assert.StartsWith(Reference(file), error);
    }

    private const string Rebuild = "ctorch._utils\n_rebuild_tensor_v2\n((X\u0007\0\0\0storagectorch\nFloatStorage\nX\u0001\0\0\00X\u0003\0\0\0cpuK\u0004tQ";

    [Theory]
    [InlineData(Rebuild + "K\0K\u0004\u0085K\u0001\u0085tR.", null)]
    [InlineData(Rebuild + "K\u0001K\u0004\u0085K\u0001\u0085tR.", "shape [4], strides [1] and offset 1 reaches beyond its storage of 4 elements")]
    [InlineData(Rebuild + "K\0K\u0003\u0085K\u0002\u0085tR.", "reaches beyond its storage of 4 elements")]
    [InlineData(Rebuild + "K\0J\u00ff\u00ff\u00ff\u00ff\u0085K\u0002\u0085tR.", "size or stride -1")]
    [InlineData(Rebuild + "K\0\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f\u0086K\u0001K\u0009\u0086tR.", "more elements than can be counted")]
    [InlineData(Rebuild + "K\0K\u0004\u0085)tR.", "cannot be")]
    [InlineData(Rebuild + "tR.", "called with arguments that PyTorch does not write")]
    [InlineData("((X\u0007\0\0\0storagectorch\nDoubleStorage\nX\u0001\0\0\00X\u0003\0\0\0cpuK\u0004tQ.", null)]
    [InlineData("ctorch._utils\n_rebuild_tensor\n((X\u0007\0\0\0storagectorch\nDoubleStorage\nX\u0001\0\0\00X\u0003\0\0\0cpuK\u0004tQK\0K\u0004\u0085K\u0001\u0085tR.", "holds 16 bytes, but its 4 elements of Float64 take 32")]
    [InlineData("ctorch._utils\n_rebuild_tensor\n((X\u0007\0\0\0storagectorch\nFloatStorage\nX\u0001\0\0\09X\u0003\0\0\0cpuK\u0004tQK\0K\u0004\u0085K\u0001\u0085tR.", "lacks 'archive/data/9'")]
    [InlineData("K\u0001Q.", "refers to something outside it")]
    [InlineData("K\u0001)R.", "calls a Int64, which is not a function")]
    [InlineData("]q\0h\0a.", "containers hold themselves")]
    [InlineData("i.", "opcode 0x69")]
    [InlineData("K\u0001K\u0002b.", "the only object that may have attributes")]
    [InlineData("h\u0005.", "unknown reference 5")]
    [InlineData("X\u00ff\u00ff\0\0x", "65535 bytes should follow")]
    [InlineData("t.", "no mark")]
    [InlineData("(0.", "nothing")]
    [InlineData("", "cut short")]
    public void Hostile_pickles_are_refused(string pickle, string? message)
    {
        var path = Archived("\u0080\u0002" + pickle);
        if (message is null)
        {
            PyTorchCheckpoint.Load(path);
            return;
        }
        var error = Assert.Throws<InvalidDataException>(() => PyTorchCheckpoint.Load(path)).Message;
        Assert.Contains(message, error);
        Assert.Contains("hostile.pt: ", error);
    }

    [Fact]
    public void Containers_that_grow_without_end_are_refused()
    {
        // Ten lists, each holding the one before it ten times: 10^10 visits from 200 bytes.
        var bomb = new StringBuilder("\u0080\u0002]q\0");
        for (var level = 1; level <= 10; level++)
            bomb.Append("0](").Append(string.Concat(Enumerable.Repeat($"h{(char)(level - 1)}", 10))).Append('e').Append($"q{(char)level}");
        var path = Archived(bomb.Append('.').ToString());
        Assert.Contains("too often", Assert.Throws<InvalidDataException>(() => PyTorchCheckpoint.Load(path)).Message);
    }

    [Fact]
    public void Another_byte_order_and_archives_of_another_kind_are_refused()
    {
        Assert.Contains("big-endian", Refused(Archived("\u0080\u0002}.", ("archive/byteorder", "big"))));
        PyTorchCheckpoint.Load(Archived("\u0080\u0002}.", ("archive/byteorder", "little")));
        Assert.Contains("2 files data.pkl", Refused(Archived("\u0080\u0002}.", ("other/data.pkl", "x"))));
        Assert.Contains("is compressed", Refused(Archived("\u0080\u0002}" + new string('}', 500) + ".", CompressionLevel.Optimal)));
        Assert.Contains("there is no file", Assert.Throws<FileNotFoundException>(() => PyTorchCheckpoint.Load(Path.Combine(folder.Path, "none.pt"))).Message);
    }

    [Fact]
    public void A_damaged_storage_is_named()
    {
        var bytes = File.ReadAllBytes(Reference("single.pt"));
        // The first element of the pattern, -1, and the two after it.
        var place = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0, 0, 0x80, 0xBF, 0, 0, 0x40, 0xBF]);
        bytes[place + 3] ^= 1;
        Assert.Contains("storage '0' is damaged", Refused(folder.Write("damaged.pt", bytes)));
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        var whole = File.ReadAllBytes(Reference("module.pt"));
        for (var length = 0; length < whole.Length; length += 13) Refused(folder.Write("cut.pt", whole[..length]));
    }

    [Property(MaxTest = 500)]
    public void A_damaged_file_is_refused_or_read_but_never_crashes(NonNegativeInt place, byte value)
    {
        using var here = NewDisposeScope();
        var bytes = File.ReadAllBytes(Reference("nested.pt"));
        bytes[place.Get * 7919L % bytes.Length] = value;
        try
        {
            PyTorchCheckpoint.Load(folder.Write("damaged.pt", bytes));
        }
        catch (InvalidDataException error)
        {
            Assert.Contains("damaged.pt: ", error.Message);
        }
    }

    private static string Refused(string path) => Assert.Throws<InvalidDataException>(() => PyTorchCheckpoint.Load(path)).Message;

    private string Archived(string pickle, params (string Name, string Content)[] more) => Archived(pickle, CompressionLevel.NoCompression, more);

    private string Archived(string pickle, CompressionLevel level, params (string Name, string Content)[] more)
    {
        var path = Path.Combine(folder.Path, "hostile.pt");
        using var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        foreach (var (name, content) in (ReadOnlySpan<(string, string)>)[("archive/data.pkl", pickle), ("archive/data/0", new string('\0', 16)), .. more])
        {
            using var stream = archive.CreateEntry(name, level).Open();
            stream.Write(Encoding.Latin1.GetBytes(content));
        }
        return path;
    }
}
