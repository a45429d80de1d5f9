using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Xunit;
using Polytask.Tests.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Checkpoints;

public sealed class SafeTensorsTests : IDisposable
{
    private static readonly ScalarType[] Types =
    [
        ScalarType.Bool, ScalarType.Byte, ScalarType.Int8, ScalarType.Int16, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int32, ScalarType.Float32,
        ScalarType.Float64, ScalarType.Int64,
    ];

    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    private string At(string name) => Path.Combine(folder.Path, name);

    // ---- against tests/peers/safetensors_reference.py, which writes the format with Python's struct, json and numpy --------------------

    private static string Reference => Path.Combine(AppContext.BaseDirectory, "Checkpoints", "Reference", "all-types.safetensors");

    private static Dictionary<string, Tensor> ReferenceTensors()
    {
        static Tensor Values(ScalarType type, params long[] shape)
        {
            var k = arange(shape.Aggregate(1L, (product, size) => product * size), ScalarType.Float64);
            var values = type switch
            {
                ScalarType.Bool => tensor(k.data<double>().Select(value => value % 2 == 0).ToArray()),
                ScalarType.Byte => k * 50,
                _ when is_floating_point(type) => k * 0.75 - 2,
                _ => k - 2,
            };
            return values.to(type).reshape(shape);
        }
        string[] names = ["BOOL", "U8", "I8", "I16", "F16", "BF16", "I32", "F32", "F64", "I64"];
        var tensors = names.Zip(Types).ToDictionary(pair => $"all.{pair.First}", pair => Values(pair.Second, 2, 3));
        tensors["scalar"] = Values(ScalarType.Float32);
        tensors["empty"] = Values(ScalarType.Float64, 0, 3);
        tensors["größe.重み"] = Values(ScalarType.Float32, 4);
        tensors["a\"b\\c"] = Values(ScalarType.Int64, 1, 1, 2);
        return tensors;
    }

    [Fact]
    public void A_file_that_Python_wrote_loads()
    {
        using var file = SafeTensors.Open(Reference);
        Assert.Equal("a\nb", file.Metadata["größe"]);
        AssertSame(ReferenceTensors(), SafeTensors.Load(Reference));
    }

    [Fact]
    public void The_same_tensors_are_written_byte_for_byte_as_Python_wrote_them()
    {
        var path = At("ours.safetensors");
        SafeTensors.Save(path, ReferenceTensors(), new Dictionary<string, string> { ["größe"] = "a\nb", ["format"] = "pt" });
        Assert.Equal(File.ReadAllBytes(Reference), File.ReadAllBytes(path));
    }

    // ---- round trips ----------------------------------------------------------------------------------------------------------------

    [Property(MaxTest = 200)]
    public void Any_dictionary_comes_back_bit_by_bit(int seed, NonNull<string>[] names)
    {
        using var here = NewDisposeScope();
        var random = StableRandom.For(seed, "safetensors");
        var tensors = new Dictionary<string, Tensor>();
        foreach (var name in names)
        {
            var shape = Enumerable.Range(0, random.NextBelow(4)).Select(_ => (long)random.NextBelow(5)).ToArray();
            var made = zeros(shape, dtype: Types[random.NextBelow(Types.Length)]);
            // Any bits, NaNs with their payloads among them.
            if (made.NumberOfElements > 0)
                foreach (ref var bits in made.bytes) bits = (byte)random.NextBelow(made.dtype == ScalarType.Bool ? 2 : 256);
            tensors[Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name.Get))] = made;
        }
        var path = At("any.safetensors");
        SafeTensors.Save(path, tensors);
        AssertSame(tensors, SafeTensors.Load(path));
    }

    [Fact]
    public void Layouts_and_shared_memory_are_written_row_by_row()
    {
        var whole = arange(24, ScalarType.Float32).reshape(4, 6);
        var views = new Dictionary<string, Tensor>
        {
            ["transposed"] = whole.t(),
            ["column"] = whole[TensorIndex.Colon, 2],
            ["rows"] = whole[TensorIndex.Slice(1, 3)],
            ["repeated"] = ones(1).expand(5),
            ["whole"] = whole,
            ["trained"] = whole.detach().clone().requires_grad_(),
        };
        var path = At("views.safetensors");
        SafeTensors.Save(path, views);
        var loaded = SafeTensors.Load(path);
        foreach (var (name, view) in views) Assert.Equal(view.Numbers(), loaded[name].Numbers());
        Assert.All(loaded.Values, tensor => Assert.False(tensor.requires_grad));
    }

    [Fact]
    public void A_tensor_larger_than_a_span_goes_in_pieces()
    {
        var path = At("pieces");
        var original = arange(1000, ScalarType.Int64);
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite)) TensorBytes.Write(file, 3, original, largestPiece: 64);
        Assert.Equal(original.bytes.ToArray(), File.ReadAllBytes(path)[3..]);
        var back = zeros_like(original);
        using (var file = File.OpenHandle(path)) TensorBytes.Read(file, 3, back, largestPiece: 56);
        Assert.True(original.Equals(back));
    }

    [Fact]
    public void Tensors_are_read_one_by_one_and_into_memory_that_is_there()
    {
        var path = At("model.safetensors");
        using var module = nn.Linear(3, 2);
        SafeTensors.Save(path, module.state_dict());
        using var file = SafeTensors.Open(path);
        Assert.Equal(new StoredTensor("weight", ScalarType.Float32, [2, 3]), file["weight"]);
        Assert.False(file.Contains("wieght"));
        Assert.Contains("did you mean 'weight'?", Assert.Throws<KeyNotFoundException>(() => file.Read("wieght")).Message);

        var (straight, converted, strided) = (zeros(2, 3), zeros(2, 3, dtype: ScalarType.Float64), zeros(3, 2).t());
        foreach (var target in new[] { straight, converted, strided })
        {
            file.ReadInto("weight", target);
            Assert.Equal(module.weight!.Numbers(), target.Numbers());
        }
        var wrong = Assert.Throws<ArgumentException>(() => file.ReadInto("weight", zeros(3, 2))).Message;
        Assert.Contains("'weight' is [2, 3] of Float32", wrong);
        Assert.Contains("[3, 2] of Float32", wrong);
    }

    [Fact]
    public void Names_with_tensors_as_pairs_save_as_well()
    {
        SafeTensors.Save(At("pairs"), [("x", ones(2)), ("y", zeros(1))]);
        AssertSame(new() { ["x"] = ones(2), ["y"] = zeros(1) }, SafeTensors.Load(At("pairs")));
    }

    // ---- the streaming writer ---------------------------------------------------------------------------------------------------------

    [Fact]
    public void A_streamed_file_is_the_file_that_is_saved_at_once_whatever_the_order()
    {
        var tensors = ReferenceTensors();
        SafeTensors.Save(At("once"), tensors);
        using (var writer = SafeTensors.Create(At("streamed"), tensors.Select(pair => StoredTensor.Of(pair.Key, pair.Value))))
        {
            foreach (var (name, tensor) in tensors.Reverse()) writer.Write(name, tensor);
            Assert.False(File.Exists(At("streamed")));
            writer.Complete();
        }
        Assert.Equal(File.ReadAllBytes(At("once")), File.ReadAllBytes(At("streamed")));
    }

    [Fact]
    public void What_was_not_declared_is_refused_and_an_unfinished_file_leaves_the_old_one()
    {
        folder.Write("kept", "old");
        StoredTensor[] declared = [new("a", ScalarType.Float32, [2]), new("b", ScalarType.Int64, [])];
        using (var writer = SafeTensors.Create(At("kept"), declared))
        {
            Assert.Contains("no tensor 'aa' was declared; did you mean 'a'?", Assert.Throws<ArgumentException>(() => writer.Write("aa", ones(2))).Message);
            Assert.Contains("declared as [2] of Float32, but is [3] of Float32", Assert.Throws<ArgumentException>(() => writer.Write("a", ones(3))).Message);
            Assert.Contains("declared as [2] of Float32, but is [2] of Float64", Assert.Throws<ArgumentException>(() => writer.Write("a", ones(2, dtype: ScalarType.Float64))).Message);
            writer.Write("a", ones(2));
            Assert.Contains("not written yet: 'b'", Assert.Throws<InvalidOperationException>(writer.Complete).Message);
        }
        Assert.Equal("old", File.ReadAllText(At("kept")));
        Assert.Equal([At("kept")], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Tensors_that_cannot_be_saved_are_refused_before_anything_is_written()
    {
        void Refused(string message, params (string, Tensor)[] tensors)
        {
            Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(() => SafeTensors.Save(At("none"), tensors)).Message);
            Assert.Empty(Directory.GetFiles(folder.Path));
        }
        Refused("two tensors have the name 'x'", ("x", ones(1)), ("x", ones(1)));
        Refused("'x' is ComplexFloat32, which safetensors cannot hold", ("x", zeros(1, dtype: ScalarType.ComplexFloat32)));
        Refused("'__metadata__' cannot name a tensor", ("__metadata__", ones(1)));
        Refused("half of a surrogate pair", ("\ud800", ones(1)));
        Assert.Contains("there is no folder", Assert.Throws<DirectoryNotFoundException>(() => SafeTensors.Save(Path.Combine(folder.Path, "no", "x"), [("x", ones(1))])).Message);
    }

    // ---- shards -----------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Shards_open_through_their_index()
    {
        SafeTensors.Save(At("model-00001-of-00002.safetensors"), [("a", arange(3)), ("b", ones(2, 2))], new Dictionary<string, string> { ["format"] = "pt" });
        SafeTensors.Save(At("model-00002-of-00002.safetensors"), [("c", zeros(1))]);
        var index = folder.Write("model.safetensors.index.json",
            """{"metadata":{"total_size":44},"weight_map":{"a":"model-00001-of-00002.safetensors","b":"model-00001-of-00002.safetensors","c":"model-00002-of-00002.safetensors"}}""");
        AssertSame(new() { ["a"] = arange(3), ["b"] = ones(2, 2), ["c"] = zeros(1) }, SafeTensors.Load(index));
        using var file = SafeTensors.Open(index);
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal(new StoredTensor("c", ScalarType.Float32, [1]), file["c"]);
    }

    [Theory]
    [InlineData("""{"weight_map":{"a":"../a.safetensors"}}""", "without a folder")]
    [InlineData("""{"weight_map":{"a":"gone.safetensors"}}""", "not beside it")]
    [InlineData("""{"weight_map":{"b":"a.safetensors"}}""", "does not hold it")]
    [InlineData("""{"weight_map":{"a":"a.safetensors","a":"a.safetensors"}}""", "appears twice")]
    [InlineData("""{"weight_map":{"a":3}}""", "expected a file's name")]
    [InlineData("""{"weights":{}}""", "weight_map")]
    [InlineData("""[1]""", "weight_map")]
    [InlineData("""{"weight_map":""", "not valid JSON")]
    public void A_wrong_index_is_refused_by_name(string json, string message)
    {
        SafeTensors.Save(At("a.safetensors"), [("a", ones(1))]);
        var error = Assert.ThrowsAny<IOException>(() => Widened(() => SafeTensors.Load(folder.Write("wrong.index.json", json)))).Message;
        Assert.Contains("wrong.index.json", error);
        Assert.Contains(message, error);
    }

    // InvalidDataException is no IOException, FileNotFoundException is.
    private static void Widened(Action action)
    {
        try
        {
            action();
        }
        catch (InvalidDataException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    // ---- hostile files ----------------------------------------------------------------------------------------------------------------

    private static byte[] Bytes(string header, int data, long? length = null)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + text.Length + data];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length ?? text.Length);
        text.CopyTo(bytes, 8);
        return bytes;
    }

    private string Refusal(byte[] bytes)
    {
        var message = Assert.Throws<InvalidDataException>(() => SafeTensors.Load(folder.Write("hostile.safetensors", bytes))).Message;
        Assert.Contains("hostile.safetensors: ", message);
        return message;
    }

    [Theory]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "'x' has shape [2] of Float32, which takes 8 bytes, but its data_offsets [0, 4] hold 4")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6, "'y' begins at data byte 2, inside tensor 'x'")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "'y' begins at data byte 8, but tensor 'x' ends at 4")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "'x' begins at data byte 4, but the header ends at 0")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "1 bytes follow tensor 'x'")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "'x' ends at data byte 8, but the file holds 7")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "data_offsets [4, 0]")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "data_offsets [0]")]
    [InlineData("""{"x":{"dtype":"F32","shape":[4294967296,4294967296,0],"data_offsets":[0,0]}}""", 0, "more elements than can be counted")]
    [InlineData("""{"x":{"dtype":"F64","shape":[9223372036854775807],"data_offsets":[0,0]}}""", 0, "more elements than can be counted")]
    [InlineData("""{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,0]}}""", 0, "has -1 in its shape")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1.5],"data_offsets":[0,0]}}""", 0, "has 1.5 in its shape")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1e30],"data_offsets":[0,0]}}""", 0, "has 1e30 in its shape")]
    [InlineData("""{"x":{"dtype":"F32","shape":3,"data_offsets":[0,0]}}""", 0, "expected a list")]
    [InlineData("""{"x":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}""", 1, "'x' is of dtype 'F8_E4M3', which TorchSharp has not; expected one of BOOL, U8")]
    [InlineData("""{"x":{"dtype":7,"shape":[1],"data_offsets":[0,4]}}""", 4, "'x' has 'dtype' as Number")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"extra":1,"data_offsets":[0,4]}}""", 4, "'x' has 'extra'")]
    [InlineData("""{"x":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "'x' has two 'dtype'")]
    [InlineData("""{"x":{"shape":[1],"data_offsets":[0,4]}}""", 4, "'x' lacks its dtype")]
    [InlineData("""{"x":{"dtype":"F32","data_offsets":[0,4]}}""", 4, "'x' lacks its shape")]
    [InlineData("""{"x":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"x":{"dtype":"F32","shape":[],"data_offsets":[4,8]}}""", 8, "names 'x' twice")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "metadata holds a Number for 'a'")]
    [InlineData("""{"x":3}""", 0, "holds a Number for 'x'")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", 4, "no Unicode text")]
    [InlineData("""{"x":{"dtype":"F32","shape":[],"data_offsets":[0,4]}} x""", 4, "not valid JSON")]
    [InlineData("""{"x":{"dtype":"F32","shape":[""", 4, "not valid JSON")]
    [InlineData("""[]""", 0, "does not begin with '{'")]
    [InlineData("", 0, "does not begin with '{'")]
    public void A_hostile_header_is_refused(string header, int data, string message) => Assert.Contains(message, Refusal(Bytes(header, data)));

    [Fact]
    public void Lengths_and_texts_that_cannot_be_are_refused()
    {
        Assert.Contains("it has 3 bytes", Refusal([1, 2, 3]));
        Assert.Contains("would take 18446744073709551615 bytes", Refusal(Bytes("{}", 0, -1)));
        Assert.Contains("at most 100000000 are allowed", Refusal(Bytes("{}", 0, 100_000_001)));
        Assert.Contains("the header takes 3 bytes, 2 follow", Refusal(Bytes("{}", 0, 3)));
        var latin = Bytes("""{"x":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", 4);
        latin[10] = 0xE9;
        Assert.Contains("not UTF-8", Refusal(latin));
        var boolean = Bytes("""{"x":{"dtype":"BOOL","shape":[2],"data_offsets":[0,2]}}""", 2);
        boolean[^1] = 2;
        Assert.Contains("'x' is Bool, but its element 1 is neither 0 nor 1", Refusal(boolean));
        Assert.Contains("there is no file", Assert.Throws<FileNotFoundException>(() => SafeTensors.Open(At("gone"))).Message);
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => SafeTensors.Open(folder.Path)).Message);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        var whole = File.ReadAllBytes(Reference);
        for (var length = 0; length < whole.Length; length++) Refusal(whole[..length]);
    }

    [Property(MaxTest = 1000)]
    public void A_damaged_header_is_refused_or_read_but_never_crashes(NonNegativeInt place, byte value)
    {
        using var here = NewDisposeScope();
        var bytes = File.ReadAllBytes(Reference);
        var header = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        bytes[place.Get * 7919L % (8 + header)] = value;
        try
        {
            SafeTensors.Load(folder.Write("damaged.safetensors", bytes));
        }
        catch (InvalidDataException error)
        {
            Assert.Contains("damaged.safetensors", error.Message);
        }
    }

    private static void AssertSame(Dictionary<string, Tensor> expected, Dictionary<string, Tensor> actual)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, tensor) in expected)
        {
            Assert.Equal(tensor.dtype, actual[name].dtype);
            Assert.Equal(tensor.shape, actual[name].shape);
            if (tensor.NumberOfElements > 0) Assert.Equal(tensor.bytes.ToArray(), actual[name].bytes.ToArray());
        }
    }
}
