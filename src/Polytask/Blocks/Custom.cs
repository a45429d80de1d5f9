using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// A module of the user's own, made by <see cref="Block.Of"/>; what it claims to give is checked with one example when it is built.
/// </summary>
internal sealed record Custom(string Label, Shape Gives, Func<nn.Module<Tensor, Tensor>> Module) : Block
{
    public override string Name => Label;

    public override string Describe() => $"{Label} (own module)";

    public override Shape Output(Shape input, string place) => Gives;

    protected internal override nn.Module<Tensor, Tensor> Make(Shape input)
    {
        var module = Module();
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        Shape given;
        try
        {
            // In evaluation mode, or the example would enter the running statistics of normalisation layers and draw dropout's random numbers.
            var training = module.training;
            module.eval();
            given = Shape.Of(module.call(zeros([2, .. input])).shape[1..]);
            module.train(training);
        }
        catch (Exception error) when (error is not DeclarationException)
        {
            throw new DeclarationException($"block '{Label}' cannot take {input}: {error.Message}");
        }
        return given.Equals(Gives)
            ? module
            : throw new DeclarationException($"block '{Label}' was declared to give {Gives}, but its module gives {given}");
    }
}
