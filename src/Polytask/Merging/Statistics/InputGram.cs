using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>What RegMean needs to know of the inputs of a network's linear layers.</summary>
public static class InputGram
{
    /// <summary>
    /// X^T X / n for each <c>nn.Linear</c> that is called, [in, in] in Float64 under the name of its weight, where the n rows of X [n, in] are
    /// all inputs of the layer (positions of a sequence count as rows). One forward pass for each batch, in evaluation mode, without gradients.
    /// O(n in²) for a layer.
    /// </summary>
    /// <param name="network">The network; it is in its mode again afterwards.</param>
    /// <param name="batches">Inputs of the network.</param>
    /// <returns>The matrices, which the caller disposes; layers that share a weight share theirs.</returns>
    /// <exception cref="ArgumentException">There is no batch, or no linear layer is called.</exception>
    public static Dictionary<string, Tensor> Of(nn.Module<Tensor, Tensor> network, params Tensor[] batches)
    {
        var sums = new Dictionary<string, (Tensor Sum, long Rows)>();
        var names = network.named_parameters().ToDictionary(pair => pair.parameter.Handle, pair => pair.name);
        var hooks = new List<nn.Module<Tensor, Tensor>.HookRemover>();
        var training = network.training;
        using var untracked = no_grad();
        try
        {
            network.eval();
            foreach (var linear in network.modules().OfType<TorchSharp.Modules.Linear>().Distinct(ReferenceEqualityComparer.Instance)
                .Cast<TorchSharp.Modules.Linear>())
            {
                hooks.Add(linear.register_forward_hook((_, input, _) =>
                {
                    Add(names[linear.weight.Handle], input);
                    return null!;
                }));
            }
            foreach (var batch in batches)
            {
                using var scope = NewDisposeScope();
                network.call(batch);
            }
        }
        finally
        {
            hooks.ForEach(hook => hook.remove());
            network.train(training);
        }
        if (sums.Count == 0)
            throw new ArgumentException(batches.Length == 0 ? "the inputs of linear layers are asked for, but there is no batch"
                : $"no nn.Linear of {network.GetName()} is called, so there are no inputs of linear layers");
        return sums.ToDictionary(pair => pair.Key, pair => pair.Value.Sum.div_(pair.Value.Rows));

        void Add(string name, Tensor input)
        {
            using var scope = NewDisposeScope();
            var rows = input.detach().reshape(-1, input.shape[^1]).to(ScalarType.Float64).cpu();
            var gram = rows.t().matmul(rows);
            if (sums.TryGetValue(name, out var found))
            {
                found.Sum.add_(gram);
                sums[name] = (found.Sum, found.Rows + rows.shape[0]);
                return;
            }
            sums.Add(name, (gram.DetachFromDisposeScope(), rows.shape[0]));
        }
    }
}
