using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Optimizers;

/// <summary>States that are copied, written and read: training goes on as if it had never stopped.</summary>
public class StateTests
{
    public static TheoryData<string> Names => [.. Cases.Optimizers];

    private static (Sequential Net, OptimizerHelper Optimizer) Start(string name, ScalarType type = ScalarType.Float32)
    {
        var net = Cases.Net(type);
        return (net, Cases.Make(name, net.parameters()));
    }

    private static bool SameWeights(Sequential left, Sequential right) =>
        left.parameters().Zip(right.parameters()).All(pair => pair.First.Equals(pair.Second));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_copied_state_continues_on_the_same_path(string name)
    {
        var (first, firstOptimizer) = Start(name);
        Cases.Train(first, firstOptimizer, 7);
        var (second, secondOptimizer) = Start(name);
        IEnumerable<(OptimizerState First, OptimizerState Second)> Pairs() =>
            firstOptimizer.state_dict().State.Zip(secondOptimizer.state_dict().State);
        firstOptimizer.ParamGroups.Single().LearningRate *= 0.7;
        second.load_state_dict(first.state_dict());
        secondOptimizer.load_state_dict(firstOptimizer.state_dict());
        Assert.Equal(firstOptimizer.ParamGroups.Single().LearningRate, secondOptimizer.ParamGroups.Single().LearningRate);
        Assert.All(Pairs(), pair => Assert.True(pair.First.ApproximatelyEquals(pair.Second)));

        Cases.Train(first, firstOptimizer, 5);
        // The copy is its own: it has not moved. Gradient descent without momentum remembers nothing.
        if (name is not ("sgd" or "sgd with decay")) Assert.All(Pairs(), pair => Assert.False(pair.First.ApproximatelyEquals(pair.Second)));
        Cases.Train(second, secondOptimizer, 5);
        Assert.True(SameWeights(first, second));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_state_from_a_file_continues_on_the_same_path(string name)
    {
        var (first, firstOptimizer) = Start(name);
        Cases.Train(first, firstOptimizer, 7);
        firstOptimizer.ParamGroups.Single().LearningRate *= 0.7;
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Combine(folder.FullName, "optimizer.dat");
            firstOptimizer.save_state_dict(file);
            Assert.Single(folder.GetFiles());
            var (second, secondOptimizer) = Start(name);
            second.load_state_dict(first.state_dict());
            secondOptimizer.load_state_dict(file);
            Cases.Train(first, firstOptimizer, 5);
            Cases.Train(second, secondOptimizer, 5);
            Assert.True(SameWeights(first, second));

            var before = new MemoryStream();
            secondOptimizer.save_state_dict(new BinaryWriter(before));
            var bytes = File.ReadAllBytes(file);
            for (var length = 0; length < bytes.Length; length += Math.Max(1, bytes.Length / 20))
            {
                File.WriteAllBytes(file, bytes[..length]);
                Assert.Contains(file, Assert.Throws<InvalidDataException>(() => secondOptimizer.load_state_dict(file)).Message);
            }
            var after = new MemoryStream();
            secondOptimizer.save_state_dict(new BinaryWriter(after));
            Assert.Equal(before.ToArray(), after.ToArray());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The bytes by hand: the name, the counts, the options' and the state's fields in TorchSharp's order.</summary>
    [Fact]
    public void Files_are_TorchSharps()
    {
        var parameter = nn.Parameter(tensor(new[] { 1f, 2f }));
        parameter.grad = tensor(new[] { 3f, 4f });
        using var optimizer = optim.SGD([parameter], 0.5, momentum: 0.25, dampening: 0.125, weight_decay: 0, maximize: true);
        optimizer.step();
        var written = new MemoryStream();
        optimizer.save_state_dict(new BinaryWriter(written));

        var expected = new MemoryStream();
        using var writer = new BinaryWriter(expected);
        writer.Write("SGD");
        writer.Write((byte)1);
        writer.Write((byte)1);
        foreach (var number in new[] { 0.5, 0.5, 0.25, 0.125, 0 }) writer.Write(number);
        writer.Write(false);
        writer.Write(true);
        writer.Write(true);
        foreach (var part in new byte[] { 6, 1, 2 }) writer.Write(part);
        writer.Write(-3f);
        writer.Write(-4f);
        Assert.Equal(expected.ToArray(), written.ToArray());
    }

    [Fact]
    public void States_of_other_groups_shapes_and_kinds_are_refused_by_name_and_change_nothing()
    {
        using var linear = nn.Linear(3, 2);
        using var wide = nn.Linear(4, 2);
        using var optimizer = optim.Adam(linear.parameters(), 0.1);
        var file = new MemoryStream();
        optimizer.save_state_dict(new BinaryWriter(file));

        string Refused(OptimizerHelper source) => Assert.Throws<ArgumentException>(() => optimizer.load_state_dict(source.state_dict())).Message;
        Assert.Contains(
            "2 in the state, 1 in the optimizer",
            Refused(optim.Adam([new Adam.ParamGroup { Parameters = [linear.weight] }, new Adam.ParamGroup { Parameters = [linear.bias!] }], 0.5)));
        Assert.Contains("1 in the state, 2 in the optimizer", Refused(optim.Adam([linear.weight], 0.5)));
        Assert.Contains("AdamW.Options for Adam.Options", Refused(optim.AdamW(linear.parameters(), 0.5)));
        // The second state is of the right shape and the first is not: neither is taken, nor are the options.
        Assert.Contains("[2, 4] for a parameter of shape [2, 3]", Refused(optim.Adam(wide.parameters(), 0.5)));
        Assert.Equal(0.1, optimizer.ParamGroups.Single().LearningRate);

        file.Position = 0;
        using var other = optim.SGD(linear.parameters(), 0.5);
        Assert.Contains(
            "expected 'SGD', but found 'Adam'", Assert.Throws<InvalidDataException>(() => other.load_state_dict(new BinaryReader(file))).Message);
    }

    [Fact]
    public void A_state_moves_to_the_parameters_type_of_memory()
    {
        using var linear = nn.Linear(3, 2);
        using var optimizer = optim.RMSProp(linear.parameters(), momentum: 0.5);
        linear.call(ones(1, 3)).sum().backward();
        optimizer.step();
        var state = (RMSProp.State)optimizer.state_dict().State[0];
        optimizer.to(META);
        Assert.True(state.square_avg.is_meta);
        Assert.True(state.momentum_buffer!.is_meta);
    }

    [Fact]
    public void States_are_freed_with_the_optimizer_and_not_with_a_scope()
    {
        using var linear = nn.Linear(3, 2);
        OptimizerHelper optimizer;
        Adam.State state;
        using (NewDisposeScope())
        {
            optimizer = optim.Adam(linear.parameters());
            state = (Adam.State)optimizer.state_dict().State[0];
            linear.call(ones(1, 3)).sum().backward();
            optimizer.step();
        }
        Assert.False(state.exp_avg.IsInvalid);
        optimizer.Dispose();
        Assert.True(state.exp_avg.IsInvalid);
        Assert.False(linear.weight.IsInvalid);
    }
}
