using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>The base of losses: a prediction and a target give a scalar, or with <see cref="Reduction.None"/> a value for each element.</summary>
public abstract class Loss<T1, T2, TResult>(Reduction reduction = Reduction.Mean) : nn.Module<T1, T2, TResult>(nameof(Loss<T1, T2, TResult>))
{
    public Reduction reduction { get; } = reduction;
}

/// <summary>The base of losses of three inputs.</summary>
public abstract class Loss<T1, T2, T3, TResult>(Reduction reduction = Reduction.Mean) : nn.Module<T1, T2, T3, TResult>(nameof(Loss<T1, T2, T3, TResult>))
{
    public Reduction reduction { get; } = reduction;
}

/// <summary>The base of losses of four inputs.</summary>
public abstract class Loss<T1, T2, T3, T4, TResult>(Reduction reduction = Reduction.Mean)
    : nn.Module<T1, T2, T3, T4, TResult>(nameof(Loss<T1, T2, T3, T4, TResult>))
{
    public Reduction reduction { get; } = reduction;
}

/// <summary>The base of losses that weigh classes or elements.</summary>
public abstract class WeightedLoss<T1, T2, TResult> : Loss<T1, T2, TResult>
{
    private protected WeightedLoss(Tensor? weight, Reduction reduction) : base(reduction) => this.weight = weight?.DetachFromDisposeScope();

    public Tensor? weight { get; }
}
