using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>What Fisher merging needs to know of a classifier.</summary>
public static class FisherDiagonal
{
    /// <summary>
    /// The diagonal of the Fisher information at a classifier's parameters, by the model's own probabilities (Matena and Raffel, NeurIPS 2022,
    /// equation 3): F = E_x sum_c p_c(x) (d log p_c(x) / d theta)². For n rows and C classes n backward passes of one row in evaluation mode, which
    /// compute C gradients each, so a few hundred rows.
    /// </summary>
    /// <param name="network">Gives logits [rows, classes]; it is in its mode again afterwards, and its gradients are left alone.</param>
    /// <param name="batches">Inputs of the network, [rows, ...] each.</param>
    /// <returns>Tensors by the names and of the shapes of the parameters that take gradients, which the caller disposes; 0 where the logits do not
    /// depend on a parameter.</returns>
    /// <exception cref="ArgumentException">There is no row, or the network does not give logits [rows, classes].</exception>
    public static Dictionary<string, Tensor> Of(nn.Module<Tensor, Tensor> network, params Tensor[] batches) => Of(network, null, batches);

    /// <summary>The same of a body whose features go through a head that has no part in the merge.</summary>
    /// <inheritdoc cref="Of(nn.Module{Tensor, Tensor}, Tensor[])"/>
    /// <param name="head">Makes logits [rows, classes] of the network's features.</param>
    public static Dictionary<string, Tensor> Of(nn.Module<Tensor, Tensor> network, nn.Module<Tensor, Tensor>? head, params Tensor[] batches)
    {
        var named = network.named_parameters().Where(pair => pair.parameter.requires_grad).ToArray();
        Tensor[] parameters = [.. named.Select(pair => pair.parameter)];
        using (no_grad())
        {
            var rows = 0L;
            Tensor[] sums = [.. parameters.Select(parameter => zeros_like(parameter).DetachFromDisposeScope())];
            var training = network.training;
            try
            {
                network.eval();
                foreach (var batch in batches)
                    for (var row = 0L; row < batch.shape[0]; row++, rows++) Add(network, head, batch, row, parameters, sums);
            }
            catch
            {
                foreach (var sum in sums) sum.Dispose();
                throw;
            }
            finally
            {
                network.train(training);
            }
            if (rows == 0) throw new ArgumentException("the Fisher information is a mean over rows, but there is none");
            foreach (var sum in sums) sum.div_(rows);
            return named.Zip(sums).ToDictionary(pair => pair.First.name, pair => pair.Second);
        }
    }

    private static void Add(nn.Module<Tensor, Tensor> network, nn.Module<Tensor, Tensor>? head, Tensor batch, long row, Tensor[] parameters, Tensor[] sums)
    {
        using var scope = NewDisposeScope();
        using var tracked = enable_grad();
        var features = network.call(batch.narrow(0, row, 1));
        var logits = head is null ? features : head.call(features);
        if (logits.shape is not [1, > 0])
            throw new ArgumentException($"the Fisher information is of a classifier that gives logits [rows, classes], "
                + $"but {network.GetName()} gave [{string.Join(", ", logits.shape)}] for one row");
        var logs = logits.log_softmax(1);
        var probabilities = logs.detach().exp();
        // One pass for all classes: [C, ...] for each parameter.
        var gradients = BatchedGradients.Of(logs[0], parameters, retainGraph: false);
        using var untracked = no_grad();
        for (var i = 0; i < sums.Length; i++)
            if (gradients[i] is { } gradient && !gradient.IsInvalid)
                sums[i].add_(probabilities.matmul(gradient.square().reshape(probabilities.shape[1], -1)).view(sums[i].shape));
    }
}
