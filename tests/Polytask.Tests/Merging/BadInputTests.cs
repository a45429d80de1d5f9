using Polytask.Tests.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Merging;

public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    private string At(string name) => Path.Combine(folder.Path, name);

    private static Dictionary<string, Tensor> Model() => new()
    {
        ["body.weight"] = zeros(2, 3),
        ["body.bias"] = zeros(2),
        ["count"] = zeros(1, ScalarType.Int64)
    };

    private static string Refused(params Dictionary<string, Tensor>[] tuned) =>
        Assert.Throws<ArgumentException>(() => Merge.Of(Model(), tuned).Average()).Message;

    [Fact]
    public void Everything_that_does_not_fit_is_listed_with_the_nearest_names()
    {
        var misnamed = Model();
        misnamed.Remove("body.weight", out var weight);
        misnamed["body.wieght"] = weight!;
        var misshapen = Model();
        misshapen["body.weight"] = zeros(3, 2);
        misshapen["body.bias"] = zeros(2, ScalarType.Float64);
        misshapen["other"] = zeros(1);
        var missing = Model();
        missing.Remove("count");

        var message = Refused(misnamed, misshapen, missing);

        Assert.Contains("model 1: there is no 'body.weight', which is [2, 3] of Float32; did you mean 'body.wieght'?", message);
        Assert.Contains("model 1: 'body.wieght' is not in the base; did you mean 'body.weight'?", message);
        Assert.Contains("model 2: 'body.weight' is [3, 2] of Float32, expected [2, 3] of Float32", message);
        Assert.Contains("model 2: 'body.bias' is [2] of Float64, expected [2] of Float32", message);
        Assert.Contains("model 2: 'other' is not in the base", message);
        Assert.Contains("model 3: there is no 'count', which is [1] of Int64", message);
        Assert.Contains("Without", message);
    }

    [Fact]
    public void Of_many_misfits_twenty_are_listed_and_the_others_counted()
    {
        var theta0 = Enumerable.Range(0, 50).ToDictionary(i => $"layer{i}", _ => zeros(1));
        var message = Assert.Throws<ArgumentException>(() => Merge.Of(theta0, new Dictionary<string, Tensor>()).Average()).Message;
        Assert.Contains("layer19", message);
        Assert.DoesNotContain("layer20", message);
        Assert.Contains("and 30 more", message);
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void A_number_that_is_not_finite_is_named_by_model_tensor_and_place(double value, string shown)
    {
        foreach (var method in new[] { MergeMethod.Average(), MergeMethod.Ties(0.2), MergeMethod.Dare(0.9, MergeMethod.Average()) })
        {
            var (bad, first) = (Model(), Model());
            bad["body.weight"][1, 2] = value;
            var message = Assert.Throws<InvalidDataException>(() => Merge.Of(Model(), first, bad).By(method).ToDictionary()).Message;
            Assert.Contains($"model 2: tensor 'body.weight' holds {shown} at its element 5", message);
            Assert.Contains("base: tensor 'body.weight'", Assert.Throws<InvalidDataException>(() =>
                Merge.Of(bad, first).By(method).ToDictionary()).Message);
        }
    }

    [Fact]
    public void A_merge_that_fails_leaves_no_file_and_no_change_in_a_module()
    {
        var (theta0, tuned) = (nn.Linear(3, 2), nn.Linear(3, 2));
        var before = theta0.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        using (no_grad()) tuned.bias![1] = float.NaN;
        var merged = Merge.Of(theta0, tuned).Average();
        Assert.Throws<InvalidDataException>(() => merged.Into(theta0));
        Pool.SameBits(before, theta0.state_dict());
        Assert.Throws<InvalidDataException>(() => merged.Save(At("merged.safetensors")));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_difference_that_its_type_does_not_hold_is_refused()
    {
        static Dictionary<string, Tensor> Model(float value) => new() { ["w"] = tensor([value]) };
        var message = Assert.Throws<InvalidDataException>(() => Merge.Of(Model(-3e38f), Model(3e38f)).Average().ToDictionary()).Message;
        Assert.Contains("model 1: tensor 'w' differs from the base by more than Float32 holds", message);
    }

    [Fact]
    public void A_file_cut_short_is_refused_by_its_name()
    {
        SafeTensors.Save(At("base.safetensors"), Model());
        SafeTensors.Save(At("tuned.safetensors"), Model());
        using (var file = File.OpenWrite(At("tuned.safetensors"))) file.SetLength(file.Length - 4);
        Assert.Contains("tuned.safetensors", Assert.Throws<InvalidDataException>(() =>
            Merge.Of(At("base.safetensors"), At("tuned.safetensors"))).Message);
        Assert.Throws<FileNotFoundException>(() => Merge.Of(At("base.safetensors"), At("none.safetensors")));
    }

    [Fact]
    public void A_file_cut_short_after_it_was_checked_is_refused_too()
    {
        SafeTensors.Save(At("base.safetensors"), Model());
        SafeTensors.Save(At("tuned.safetensors"), Model());
        var merged = Merge.Of(At("base.safetensors"), At("tuned.safetensors")).Average();
        using (var file = File.OpenWrite(At("tuned.safetensors"))) file.SetLength(file.Length - 4);
        Assert.Contains("tuned.safetensors", Assert.Throws<InvalidDataException>(() => merged.Save(At("merged.safetensors"))).Message);
        Assert.False(File.Exists(At("merged.safetensors")));
    }

    [Fact]
    public void A_pattern_that_leaves_nothing_out_is_a_misspelt_one()
    {
        var message = Assert.Throws<ArgumentException>(() => Merge.Of(Model(), Model()).Without("body.wight").Average()).Message;
        Assert.Contains("no tensor is named like 'body.wight'", message);
        Assert.Contains("did you mean 'body.weight'?", message);
    }

    [Fact]
    public void There_is_something_to_merge()
    {
        Assert.Contains("at least one tuned model", Assert.Throws<ArgumentException>(() => Merge.Of(Model())).Message);
        Assert.Contains("nothing is left to merge", Assert.Throws<ArgumentException>(() =>
            Merge.Of(Model(), Model()).Without("body.*").Average()).Message);
    }

    [Fact]
    public void A_module_of_other_tensors_is_refused()
    {
        var message = Assert.Throws<InvalidOperationException>(() => Merge.Of(Model(), Model()).Average().Into(nn.Linear(3, 2))).Message;
        Assert.Contains("the merged model does not fit Linear", message);
    }

    public static TheoryData<string, string> Settings => new()
    {
        { "weights", "at least 0 and not all 0" }, { "no weights", "not all 0" }, { "count", "each of the 2 models, but got 3" },
        { "scales", "each of the 2 models, but got 3" }, { "no scales", "a scale, or one for each model" }, { "scale", "finite number" },
        { "keep", "in [0, 1]" }, { "rate", "in [0, 1)" }, { "then", "after DARE goes" },
        { "slerp", "between two models, but there are 3" }, { "position", "in [0, 1]" }, { "threshold", "at least 0" }, { "agreement", "0 or more" },
        { "thresholds", "each of the 2 models, but got 3" }, { "crumbs", "add up to less than 1" }, { "emr", "each of the 2 tuned models" },
        { "alpha", "in [0, 1]" }, { "ridge", "at least 0" }, { "stock", "at least two tuned models" },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void Settings_that_make_no_sense_are_refused(string name, string expected)
    {
        var pool = Merge.Of(Model(), Model(), Model());
        var message = Assert.Throws<DeclarationException>(() => name switch
        {
            "weights" => pool.Weighted(1, -1),
            "no weights" => pool.Weighted(0, 0),
            "count" => pool.Weighted(1, 1, 1),
            "scales" => pool.TaskArithmetic(1, 1, 1),
            "no scales" => pool.TaskArithmetic([]),
            "scale" => pool.Ties(0.2, double.NaN),
            "keep" => pool.Ties(1.2),
            "slerp" => Merge.Of(Model(), Model(), Model(), Model()).Slerp(),
            "position" => pool.Slerp(1.1),
            "threshold" => pool.Consensus(-0.1),
            "agreement" => pool.Consensus(agreement: -1),
            "thresholds" => pool.Consensus([1, 1, 1]),
            "crumbs" => pool.Breadcrumbs(0.5, 0.5),
            "emr" => pool.By(MergeMethod.Emr(2)),
            "alpha" => pool.RegMean([Model(), Model()], 2),
            "ridge" => pool.RegMean([Model(), Model()], ridge: -1),
            "stock" => Merge.Of(Model(), Model()).ModelStock(),
            "rate" => pool.Dare(1, MergeMethod.Average()),
            _ => pool.Dare(0.5, MergeMethod.Dare(0.5, MergeMethod.Average())),
        }).Message;
        Assert.Contains(expected, message);
    }

    [Fact]
    public void Statistics_that_do_not_fit_are_refused()
    {
        var pool = Merge.Of(Model(), Model(), Model());
        Assert.Contains("the Fisher information is given for each model: expected 2, got 1",
            Assert.Throws<ArgumentException>(() => pool.Fisher(Model())).Message);
        var bad = Model();
        bad["body.weight"] = zeros(3, 3);
        bad["body.bais"] = zeros(2);
        bad.Remove("body.bias");
        var message = Assert.Throws<ArgumentException>(() => pool.Fisher(Model(), bad)).Message;
        Assert.Contains("Fisher information 2: 'body.weight' is [3, 3] of Float32, expected [2, 3] of Float32", message);
        Assert.Contains("Fisher information 2: there is no 'body.bias', which is [2] of Float32; did you mean 'body.bais'?", message);
        var negative = Model();
        negative["body.bias"] = tensor([-1f, float.NaN]);
        Assert.Contains("Fisher information 1: 2 elements are negative or not finite",
            Assert.Throws<InvalidDataException>(() => pool.Fisher(negative, negative).ToDictionary()).Message);
        Assert.Contains("is 0 in all merged tensors", Assert.Throws<InvalidDataException>(() =>
            pool.Fisher(Model(), Model()).ToDictionary()).Message);

        static Dictionary<string, Tensor> Gram(string name, Tensor gram) => new() { [name] = gram };
        Assert.Contains("'body.wieght', which is not the weight of a linear layer that is merged; did you mean 'body.weight'?",
            Assert.Throws<ArgumentException>(
            () => pool.RegMean([Gram("body.wieght", eye(3)), Gram("body.weight", eye(3))])).Message);
        Assert.Contains("inputs 2: 'body.weight' is [2, 2] of Float32, expected [3, 3]", Assert.Throws<ArgumentException>(
            () => pool.RegMean([Gram("body.weight", eye(3)), Gram("body.weight", eye(2))])).Message);
        Assert.Contains("give RegMean a ridge above 0", Assert.Throws<InvalidDataException>(
            () => pool.RegMean([Gram("body.weight", zeros(3, 3)), Gram("body.weight", zeros(3, 3))], ridge: 0).ToDictionary()).Message);
    }

    [Fact]
    public void Statistics_of_nothing_are_refused()
    {
        var network = nn.Linear(3, 2);
        Assert.Contains("there is no batch", Assert.Throws<ArgumentException>(() => InputGram.Of(network)).Message);
        Assert.Contains("no nn.Linear of ReLU is called", Assert.Throws<ArgumentException>(() => InputGram.Of(nn.ReLU(), zeros(2, 3))).Message);
        Assert.Contains("there is none", Assert.Throws<ArgumentException>(() => FisherDiagonal.Of(network, zeros(0, 3))).Message);
        Assert.Contains("gave [1, 4, 2] for one row", Assert.Throws<ArgumentException>(() => FisherDiagonal.Of(network, zeros(5, 4, 3))).Message);
    }

    [Fact]
    public void A_number_that_is_not_finite_is_named_by_methods_that_see_whole_tensors_too()
    {
        var bad = Model();
        bad["body.weight"][1, 2] = double.NegativeInfinity;
        Assert.Contains("model 2: tensor 'body.weight' holds -Infinity at its element 5",
            Assert.Throws<InvalidDataException>(() => Merge.Of(Model(), Model(), bad).Slerp().ToDictionary()).Message);
    }
}
