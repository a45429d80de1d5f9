using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Modules;

/// <summary>Each module and function against Python's: initial values from one seed, names, outputs, gradients, running statistics, evaluation.</summary>
public class AgainstPython
{
    private static readonly ReferenceFile reference = Reference.Modules;

    public static TheoryData<string> ModuleNames => [.. reference.Under("modules/")];

    [Theory]
    [MemberData(nameof(ModuleNames))]
    public void Module_gives_what_Python_gives(string name)
    {
        var key = $"modules/{name}";
        manual_seed(7);
        var made = ModuleCases.Make(name);
        var module = made.Module;
        States($"{key}/initial", module, 0);
        module.load_state_dict(reference.Under($"{key}/state/").ToDictionary(parameter => parameter, parameter => reference[$"{key}/state/{parameter}"]));
        States($"{key}/state", module, 0);

        var inputs = made.Inputs();
        foreach (var input in inputs) input.requires_grad_();
        var outputs = made.Run(inputs);
        Equal($"{key}/output", outputs);
        ModuleCases.Sum(outputs).backward();
        for (var k = 0; k < inputs.Length; k++) reference.Equal($"{key}/gradients/input {k}", inputs[k].grad!, 1e-5);
        var parameters = module.named_parameters().ToList();
        Assert.Equal(reference.Under($"{key}/gradients/").Skip(inputs.Length), parameters.Select(pair => pair.name));
        foreach (var (parameterName, parameter) in parameters) reference.Equal($"{key}/gradients/{parameterName}", parameter.grad!, 1e-5);

        States($"{key}/after", module, 1e-6);
        module.eval();
        Equal($"{key}/evaluated", made.Run(inputs));
    }

    private static void Equal(string key, Tensor[] outputs)
    {
        Assert.Equal(reference.Under($"{key}/").Count(), outputs.Length);
        for (var k = 0; k < outputs.Length; k++) reference.Equal($"{key}/{k}", outputs[k], 1e-5);
    }

    private static void States(string key, nn.Module module, double tolerance)
    {
        var actual = module.state_dict();
        Assert.Equal(reference.Under($"{key}/"), actual.Keys);
        foreach (var (name, tensor) in actual) reference.Equal($"{key}/{name}", tensor, tolerance);
    }

    public static TheoryData<string> FunctionNames => [.. reference.Under("functions/")];

    [Theory]
    [MemberData(nameof(FunctionNames))]
    public void Function_gives_what_Python_gives(string name)
    {
        var (a, b) = (Reference.Pattern([4, 3], 2).requires_grad_(), Reference.Pattern([4, 3], 1.5, 0.3));
        var actual = FunctionCases.Of(name, a, b);
        reference.Equal($"functions/{name}/value", actual, 5e-6);
        if (!reference.Has($"functions/{name}/gradient")) return;
        (actual * Reference.Pattern(actual.shape)).sum().backward();
        reference.Equal($"functions/{name}/gradient", a.grad!, 2e-5);
    }

    public static TheoryData<string> Initializations => [.. reference.Under("initializations/")];

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
            reference.Equal($"initializations/{name}/{kind}", actual, 2e-6);
        }
    }
}
