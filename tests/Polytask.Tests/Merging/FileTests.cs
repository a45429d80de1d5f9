using Polytask.Tests.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Merging;

/// <summary>Files, sharded or not, modules and dictionaries give the same bits.</summary>
public sealed class FileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    public static TheoryData<string> Names => [.. Methods.Keys];

    private static readonly Dictionary<string, MergeMethod> Methods = new()
    {
        ["average"] = MergeMethod.Average(),
        ["weighted"] = MergeMethod.Weighted(1, 2, 3),
        ["task arithmetic"] = MergeMethod.TaskArithmetic(),
        ["TIES"] = MergeMethod.Ties(0.2, 0.3),
        ["consensus"] = MergeMethod.Consensus(),
        ["breadcrumbs"] = MergeMethod.Breadcrumbs(0.4, 0.1),
        ["Model Stock"] = MergeMethod.ModelStock(),
        ["EMR"] = MergeMethod.Emr(1),
        ["Iso-C"] = MergeMethod.IsotropicC(),
        ["TSV-M"] = MergeMethod.TaskSingularVectors(),
        ["PCB"] = MergeMethod.Pcb(),
        ["own"] = MergeMethod.Of((_, theta0, taus) => theta0.sign() * taus[0].abs()),
        ["DARE, TIES"] = MergeMethod.Dare(0.5, MergeMethod.Ties(0.4, 0.3, TiesReduction.Sum), seed: 7),
    };

    private string At(string name) => Path.Combine(folder.Path, name);

    private string Saved(string name, Dictionary<string, Tensor> model)
    {
        SafeTensors.Save(At(name), model);
        return At(name);
    }

    // Two shards that share the tensors out in another order than the dictionary's.
    private string Sharded(string name, Dictionary<string, Tensor> model)
    {
        Directory.CreateDirectory(At(name));
        var parts = model.Reverse().Select((pair, i) => (pair, Shard: $"part{i % 2}.safetensors")).GroupBy(each => each.Shard).ToArray();
        foreach (var part in parts) SafeTensors.Save(At(Path.Combine(name, part.Key)), part.Select(each => each.pair));
        var map = string.Join(", ", parts.SelectMany(part => part.Select(each => $"\"{each.pair.Key}\": \"{part.Key}\"")));
        var index = At(Path.Combine(name, "model.safetensors.index.json"));
        File.WriteAllText(index, $"{{ \"metadata\": {{}}, \"weight_map\": {{ {map} }} }}");
        return index;
    }

    private static readonly ScalarType[] Types = [ScalarType.Float32, ScalarType.Float64, ScalarType.BFloat16, ScalarType.Float16];

    [Theory]
    [MemberData(nameof(Names))]
    public void Files_give_the_bits_that_dictionaries_give(string name)
    {
        foreach (var type in Types)
        {
            var models = Pool.Gaussian(4, type);
            var expected = Merge.Of(models[0], models[1..]).Without("head.*").By(Methods[name]).ToDictionary();

            string[] single = [.. models.Select((model, i) => Saved($"{i}.safetensors", model))];
            var fromFiles = Merge.Of(single[0], single[1..]).Without("head.*").By(Methods[name]);
            Pool.SameBits(expected, fromFiles.ToDictionary());

            string[] sharded = [.. models.Select((model, i) => Sharded($"{i}", model))];
            Merge.Of(sharded[0], sharded[1..]).Without("head.*").By(Methods[name]).Save(At("merged.safetensors"));
            Pool.SameBits(expected, SafeTensors.Load(At("merged.safetensors")));

            var mixed = Merge.Of(ParameterSource.Of(models[0]), ParameterSource.Of(single[1]), ParameterSource.Of(sharded[2]),
                ParameterSource.Of(models[3]));
            Pool.SameBits(expected, mixed.Without("head.*").By(Methods[name]).ToDictionary());
        }
    }

    [Fact]
    public void Statistics_come_from_files_too()
    {
        var models = Pool.Gaussian(3);
        var fisher = Pool.Gaussian(2).Select(model => model.ToDictionary(pair => pair.Key, pair => pair.Value.square())).ToArray();
        var grams = Enumerable.Range(0, 2).Select(i => Values.Normal(i, 80, 65).to(ScalarType.Float64))
            .Select(x => new Dictionary<string, Tensor> { ["z.weight"] = x.t().matmul(x) }).ToArray();
        var files = models.Select((model, i) => Saved($"{i}.safetensors", model)).ToArray();
        var fisherFiles = fisher.Select((model, i) => ParameterSource.Of(Sharded($"fisher{i}", model))).ToArray();
        var gramFiles = grams.Select((model, i) => ParameterSource.Of(Saved($"gram{i}.safetensors", model))).ToArray();
        Pool.SameBits(Merge.Of(models[0], models[1..]).Fisher(fisher).ToDictionary(), Merge.Of(files[0], files[1..]).Fisher(fisherFiles)
            .ToDictionary());
        Pool.SameBits(Merge.Of(models[0], models[1..]).RegMean(grams).ToDictionary(), Merge.Of(files[0], files[1..]).RegMean(gramFiles)
            .ToDictionary());
    }

    [Fact]
    public void A_tensor_of_several_pieces_and_one_that_is_not_in_rows_give_the_same_bits()
    {
        // Of 4 models a piece of a Float32 file is 2 Mi elements.
        var models = Enumerable.Range(0, 3).Select(i => new Dictionary<string, Tensor> { ["w"] = randn(2100, 1301) }).ToArray();
        var turned = models.Select(model => new Dictionary<string, Tensor> { ["w"] = model["w"].t().contiguous().t() }).ToArray();
        var files = models.Select((model, i) => Saved($"{i}.safetensors", model)).ToArray();
        foreach (var method in new[] { MergeMethod.TaskArithmetic(), MergeMethod.Ties(), MergeMethod.Dare(0.5, MergeMethod.Average()) })
        {
            var expected = Merge.Of(models[0], models[1..]).By(method).ToDictionary();
            Pool.SameBits(expected, Merge.Of(files[0], files[1..]).By(method).ToDictionary());
            Pool.SameBits(expected, Merge.Of(turned[0], turned[1..]).By(method).ToDictionary());
        }
    }

    [Fact]
    public void A_merge_that_guessed_a_sign_wrongly_is_done_again_in_a_file_too()
    {
        // Of two models whose differences cancel in one element, and are negative in the others.
        static Dictionary<string, Tensor> Model(params double[] values) => new() { ["w"] = tensor(values), ["n"] = tensor(3), ["none"] = zeros(0) };
        Dictionary<string, Tensor>[] models = [Model(0, 0, 0, 0), Model(1, -1, -2, -1), Model(-1, -1, -1, -1)];
        var files = models.Select((model, i) => Saved($"{i}.safetensors", model)).ToArray();
        Merge.Of(files[0], files[1..]).Ties(1, 1).Save(At("merged.safetensors"));
        var merged = SafeTensors.Load(At("merged.safetensors"));
        Assert.Equal([-1, -1, -1.5, -1], merged["w"].Numbers());
        Pool.SameBits(Merge.Of(models[0], models[1..]).Ties(1, 1).ToDictionary(), merged);
    }

    [Fact]
    public void A_merge_that_fails_leaves_no_file_and_the_older_one()
    {
        var models = Pool.Gaussian(3);
        models[2]["z.weight"][100, 7] = double.NaN;
        var files = models.Select((model, i) => Saved($"{i}.safetensors", model)).ToArray();
        File.WriteAllText(At("merged.safetensors"), "older");
        var before = Directory.GetFiles(folder.Path).Order().ToArray();
        foreach (var method in new[] { MergeMethod.TaskArithmetic(), MergeMethod.Ties(), MergeMethod.Ties(0), MergeMethod.Pcb() })
            Assert.Contains("NaN at its element 6507", Assert.Throws<InvalidDataException>(() =>
                Merge.Of(files[0], files[1..]).By(method).Save(At("merged.safetensors"))).Message);
        Assert.Equal(before, Directory.GetFiles(folder.Path).Order());
        Assert.Equal("older", File.ReadAllText(At("merged.safetensors")));
    }

    [Fact]
    public void Models_of_many_tensors_of_a_few_elements_give_the_same_bits_from_files()
    {
        var models = Enumerable.Range(0, 3).Select(i => Enumerable.Range(1, 300).ToDictionary(size => $"t{size}",
            size => Values.Normal(1000 * i + size, size % 40 + 1).to(ScalarType.Float32))).ToArray();
        var files = models.Select((model, i) => Saved($"{i}.safetensors", model)).ToArray();
        foreach (var method in new[] { MergeMethod.TaskArithmetic(), MergeMethod.Ties(), MergeMethod.Emr(0),
            MergeMethod.Dare(0.5, MergeMethod.Ties()) })
            Pool.SameBits(Merge.Of(models[0], models[1..]).By(method).ToDictionary(), Merge.Of(files[0], files[1..]).By(method).ToDictionary());
    }

    [Fact]
    public void Modules_merge_into_a_module_that_may_be_one_of_them()
    {
        nn.Module<Tensor, Tensor> Network() => nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Linear(8, 2));
        var (theta0, first, second) = (Network(), Network(), Network());
        first.call(randn(6, 4));
        var states = new[] { theta0, first, second }.Select(module =>
            module.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone())).ToArray();
        var expected = Merge.Of(states[0], states[1], states[2]).Average().ToDictionary();
        Merge.Of(theta0, first, second).Average().Into(first);
        Pool.SameBits(expected, first.state_dict());
        // Counters are the base's.
        Assert.Equal(0, first.state_dict()["1.num_batches_tracked"].item<long>());
        Assert.All(first.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void What_is_left_out_is_the_base_s_and_may_differ_in_the_models()
    {
        var models = Pool.Gaussian(3);
        models[1]["head.weight"] = zeros(9, 9);
        models[2].Remove("head.weight");
        models[2]["head.extra"] = zeros(1);
        var merged = Merge.Of(models[0], models[1..]).Without("head.*").Average().ToDictionary();
        Assert.True(models[0]["head.weight"].bytes.SequenceEqual(merged["head.weight"].bytes));
        Assert.Equal(5, merged.Count);
        Assert.NotSame(models[0]["head.weight"], merged["head.weight"]);
    }

    [Fact]
    public void Sixteen_bits_are_merged_in_thirty_two()
    {
        // 1 + 8 * 2^-9: each addition alone would be rounded away in bfloat16.
        static Dictionary<string, Tensor> Model(float value) => new() { ["w"] = tensor([value]).to(ScalarType.BFloat16) };
        var merged = Merge.Of(Model(1), [.. Enumerable.Repeat(Model(1 + 1 / 128f), 4)]).TaskArithmetic(0.5).ToDictionary()["w"];
        Assert.Equal(ScalarType.BFloat16, merged.dtype);
        Assert.Equal(1 + 2 / 128f, merged.to(ScalarType.Float32).item<float>());
    }

    [Fact]
    public void A_file_may_be_merged_over_itself()
    {
        var models = Pool.Gaussian(3);
        var files = models.Select((model, i) => Saved($"{i}.safetensors", model)).ToArray();
        Merge.Of(files[0], files[1..]).Average().Save(files[0]);
        Pool.SameBits(Merge.Of(models[0], models[1..]).Average().ToDictionary(), SafeTensors.Load(files[0]));
    }
}
