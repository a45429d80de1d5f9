using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>What a <see cref="BilevelWeighting"/> does in each step, with what it remembers in buffers, so that a checkpoint knows it.</summary>
/// <param name="name">The rule's name.</param>
public abstract class BilevelRule(string name) : nn.Module(name)
{
    /// <summary>Looks ahead, and says what the step then minimises: sum_t a_t L_t of the training rows and sum_t b_t L_t of those held out.</summary>
    /// <param name="look">The two levels. Parameters that were moved return by themselves.</param>
    /// <returns>a and b, float64 [T].</returns>
    protected abstract (Tensor Lower, Tensor Upper) Weights(LookAhead look);

    /// <summary>
    /// A step in a training loop of one's own, in the place of <c>loss.backward()</c>: looks ahead, then adds the gradient of what the step minimises
    /// to the <c>grad</c> of the parameters. The losses are computed several times, so batches are drawn before the call; running statistics see
    /// every time.
    /// </summary>
    /// <param name="lower">The tasks' losses of the training rows.</param>
    /// <param name="upper">Their losses of the rows held out.</param>
    /// <param name="parameters">All that is trained.</param>
    /// <returns>a + b, float64 [T]: what each task's loss counts.</returns>
    /// <exception cref="ArgumentException">Losses of another number, or that are not finite.</exception>
    public Tensor Backward(Func<IReadOnlyList<Tensor>> lower, Func<IReadOnlyList<Tensor>> upper, IEnumerable<Tensor> parameters)
    {
        using var scope = NewDisposeScope();
        Tensor[] trained = [.. parameters];
        var (a, b) = Look(lower, upper, trained, []);
        (LookAhead.Weighed(lower(), a) + LookAhead.Weighed(upper(), b)).backward();
        foreach (var parameter in trained) parameter.grad?.DetachFromDisposeScope();
        return (a + b).MoveToOuterDisposeScope();
    }

    /// <summary>The weights of a step; parameters and statistics are afterwards what they were.</summary>
    internal (Tensor Lower, Tensor Upper) Look(
        Func<IReadOnlyList<Tensor>> lower, Func<IReadOnlyList<Tensor>> upper, IEnumerable<Tensor> parameters, IEnumerable<Tensor> statistics)
    {
        using var scope = NewDisposeScope();
        var look = new LookAhead(GetName(), lower, upper, [.. parameters], [.. statistics]);
        try
        {
            var (a, b) = Weights(look);
            return (a.MoveToOuterDisposeScope(), b.MoveToOuterDisposeScope());
        }
        finally
        {
            look.Return();
        }
    }
}
