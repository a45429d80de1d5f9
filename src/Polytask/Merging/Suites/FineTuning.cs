using TorchSharp;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// Trains the body of a suite by cross-entropy with Adam, its heads frozen: for one task, which gives a pool its tuned models, or for all of them
/// together, which is what merging is measured against.
/// </summary>
/// <param name="Steps">The number of steps.</param>
/// <param name="Rows">Rows of each task in a step.</param>
/// <param name="LearningRate">Adam's.</param>
public sealed record FineTuning(int Steps = 200, int Rows = 32, double LearningRate = 3e-4)
{
    /// <summary>theta_t; the caller disposes its tensors. The suite's body is as it was afterwards.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="task">One of its tasks.</param>
    /// <param name="theta0">Where training starts: all parameters and buffers of the body.</param>
    /// <param name="seed">Of the order of rows.</param>
    /// <exception cref="DataException">There is no such task.</exception>
    /// <exception cref="InvalidOperationException">The loss is no finite number any more.</exception>
    public Dictionary<string, Tensor> Tune(TaskSuite suite, string task, IReadOnlyDictionary<string, Tensor> theta0, int seed) =>
        Jointly(suite.Only(task), theta0, seed);

    /// <summary>The body trained for all tasks, by the sum of their losses; the caller disposes its tensors.</summary>
    /// <inheritdoc cref="Tune"/>
    public Dictionary<string, Tensor> Jointly(TaskSuite suite, IReadOnlyDictionary<string, Tensor> theta0, int seed) => suite.With(theta0, () =>
    {
        suite.Body.train();
        Train(suite, seed);
        return TaskSuite.Copy(suite.Body.state_dict());
    });

    private void Train(TaskSuite suite, int seed)
    {
        using var optimizer = optim.Adam(suite.Body.parameters(), LearningRate);
        var rows = suite.Tasks.Select(task => new Batches(task, suite.Train.Inputs(task), [suite.Train.Target(task)], [null], Rows, seed)).ToArray();
        try
        {
            for (var step = 1; step <= Steps; step++)
            {
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                foreach (var (task, source) in suite.Tasks.Zip(rows))
                {
                    var (inputs, targets, _) = source.Next();
                    var loss = nn.functional.cross_entropy(suite.Head(task).call(suite.Body.call(inputs)), targets[0]);
                    if (!double.IsFinite(loss.item<float>()))
                        throw new InvalidOperationException($"the loss of task '{task}' is {loss.item<float>()} at step {step} of fine-tuning; "
                            + "lower the learning rate, or look for numbers in the data that are too large");
                    loss.backward();
                }
                optimizer.step();
            }
        }
        finally
        {
            foreach (var source in rows) source.Dispose();
        }
    }
}
