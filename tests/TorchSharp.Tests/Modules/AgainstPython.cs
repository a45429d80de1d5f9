using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Modules;

/// <summary>Each module against Python's: initial values from one seed, names, outputs, gradients, running statistics, evaluation.</summary>
public class AgainstPython
{
    public static TheoryData<string> ModuleNames => [.. Reference.Names("modules")];

    [Theory]
    [MemberData(nameof(ModuleNames))]
    public void Module_gives_what_Python_gives(string name)
    {
        var reference = Reference.Of("modules", name);
        manual_seed(7);
        var (module, shape) = ModuleCases.Make(name);
        States(reference.GetProperty("initial"), module, 0, "initial");

        module.load_state_dict(Reference.Tensors(reference.GetProperty("state")));
        States(reference.GetProperty("state"), module, 0, "state");

        var input = Reference.Pattern(shape, 2).requires_grad_();
        var output = module.call(input);
        Reference.Equal(reference.GetProperty("output"), output, 1e-5, "output");

        (output * Reference.Pattern(output.shape)).sum().backward();
        var gradients = reference.GetProperty("gradients");
        Reference.Equal(gradients.GetProperty("input"), input.grad!, 1e-5, "input gradient");
        Assert.Equal(gradients.EnumerateObject().Skip(1).Select(gradient => gradient.Name), module.named_parameters().Select(pair => pair.name));
        foreach (var (parameterName, parameter) in module.named_parameters())
            Reference.Equal(gradients.GetProperty(parameterName), parameter.grad!, 1e-5, $"gradient of {parameterName}");

        States(reference.GetProperty("after"), module, 1e-6, "after");
        module.eval();
        Reference.Equal(reference.GetProperty("evaluated"), module.call(input), 1e-5, "evaluated");
    }

    [Fact]
    public void Embedding_gives_what_Python_gives()
    {
        var reference = Reference.Of("embedding");
        manual_seed(7);
        var module = nn.Embedding(7, 3, padding_idx: 2);
        States(reference.GetProperty("initial"), module, 0, "initial");
        var output = module.call(tensor(new long[] { 1, 2, 6, 1 }).reshape(2, 2));
        Reference.Equal(reference.GetProperty("output"), output, 0, "output");
        (output * Reference.Pattern(output.shape)).sum().backward();
        Reference.Equal(reference.GetProperty("gradients").GetProperty("weight"), module.weight!.grad!, 1e-6, "gradient");
    }

    public static TheoryData<string> Losses => [.. Reference.Names("losses")];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Function_gives_what_Python_gives(string name)
    {
        var (a, b) = (Reference.Pattern([4, 3], 2), Reference.Pattern([4, 3], 1.5, 0.3));
        var (probabilities, targets) = (a.sigmoid(), b.sigmoid());
        var classes = tensor(new long[] { 0, 2, 1, 2 });
        var weight = tensor(new[] { 0.5f, 1.5f, 2.0f });
        using var actual = name switch
        {
            "mse" => nn.MSELoss().call(a, b),
            "mse sum" => nn.functional.mse_loss(a, b, nn.Reduction.Sum),
            "mse none" => nn.MSELoss(nn.Reduction.None).call(a, b),
            "l1" => nn.L1Loss().call(a, b),
            "smooth l1" => nn.SmoothL1Loss(beta: 0.7).call(a, b),
            "huber" => nn.HuberLoss(0.7).call(a, b),
            "cross entropy" => nn.CrossEntropyLoss().call(a, classes),
            "cross entropy weighted" => nn.CrossEntropyLoss(weight).call(a, classes),
            "cross entropy ignoring" => nn.CrossEntropyLoss(ignore_index: 2).call(a, classes),
            "cross entropy smoothed" => nn.functional.cross_entropy(a, classes, reduction: nn.Reduction.Sum, label_smoothing: 0.1),
            "cross entropy of probabilities" => nn.functional.cross_entropy(a, b.softmax(1)),
            "nll" => nn.NLLLoss(weight).call(a.log_softmax(1), classes),
            "binary cross entropy" => nn.BCELoss(weight).call(probabilities, targets),
            "binary cross entropy with logits" => nn.BCEWithLogitsLoss().call(a, targets),
            "binary cross entropy with logits weighted" => nn.BCEWithLogitsLoss(weight, nn.Reduction.None, weight).call(a, targets),
            "kl div" => nn.functional.kl_div(a.log_softmax(1), b.softmax(1), log_target: false, reduction: nn.Reduction.Sum),
            "kl div of logs" => nn.KLDivLoss().call(a.log_softmax(1), b.log_softmax(1)),
            "cosine similarity" => nn.CosineSimilarity().call(a, b),
            "normalize" => nn.functional.normalize(a),
            "one hot" => nn.functional.one_hot(classes, 4),
            "pad" => nn.functional.pad(a, (1, 2, 0, 1), value: 0.5),
            "dropout2d kept" => nn.functional.dropout2d(a.reshape(1, 4, 3, 1), 0.5, training: false),
            _ => throw new ArgumentException($"nothing is computed for the reference '{name}'"),
        };
        Reference.Equal(Reference.Of("losses", name), actual, 2e-6, name);
    }

    public static TheoryData<string> Initializations => [.. Reference.Names("initializations")];

    [Theory]
    [MemberData(nameof(Initializations))]
    public void Initialization_draws_what_Python_draws(string name)
    {
        foreach (var (kind, shape) in new[] { ("matrix", new long[] { 4, 6 }), ("kernel", [3, 2, 2, 2]) })
        {
            manual_seed(11);
            var actual = empty(shape);
            var returned = name switch
            {
                "kaiming uniform" => nn.init.kaiming_uniform_(actual, nonlinearity: nn.init.NonlinearityType.ReLU),
                "kaiming normal" => nn.init.kaiming_normal_(actual, a: 0.1, mode: nn.init.FanInOut.FanOut),
                "xavier uniform" => nn.init.xavier_uniform_(actual, nn.init.calculate_gain(nn.init.NonlinearityType.Tanh)),
                "xavier normal" => nn.init.xavier_normal_(actual),
                "uniform" => nn.init.uniform_(actual, -0.5, 2),
                "normal" => nn.init.normal_(actual, 1, 0.5),
                "orthogonal" => nn.init.orthogonal_(actual, 2),
                _ => throw new ArgumentException($"nothing is drawn for the reference '{name}'"),
            };
            Assert.Same(actual, returned);
            Reference.Equal(Reference.Of("initializations", name, kind), actual, 2e-6, $"{name} {kind}");
        }
    }

    private static void States(JsonElement expected, nn.Module module, double tolerance, string what)
    {
        var actual = module.state_dict();
        Assert.Equal(expected.EnumerateObject().Select(property => property.Name), actual.Keys);
        foreach (var (key, tensor) in actual) Reference.Equal(expected.GetProperty(key), tensor, tolerance, $"{what} {key}");
    }
}
