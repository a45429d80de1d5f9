using Plotly.NET;
using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Analysis;

/// <summary>How the tasks' gradients agree: the cosines between them, negative where tasks pull the shared parameters apart.</summary>
public static class GradientCharts
{
    /// <summary>
    /// The cosines between the gradients of the task losses with respect to the shared parameters, in evaluation mode: [tasks, tasks]; NaN for a task
    /// whose gradient is zero. Nothing is trained.
    /// </summary>
    /// <param name="run">A run whose tasks share parameters.</param>
    /// <param name="examples">The rows to compute the losses on, one batch, on any device.</param>
    /// <exception cref="DeclarationException">The tasks share nothing.</exception>
    public static double[,] GradientCosines(this Run run, Examples examples)
    {
        var shared = run.Module.SharedParameters();
        if (shared.Count == 0)
            throw new DeclarationException($"model '{run.Model.Name}': its tasks share no parameters, so that their gradients cannot conflict");
        using var scope = NewDisposeScope();
        Tensor Loss(TaskSpec task)
        {
            var (inputs, target) = LabelledExamples.Of(examples, task.Name, torch.device(run.Plan.Device));
            return task.Loss.Mean(run.Module.Forward(task.Name, inputs), target);
        }
        using var gradients = TaskGradients.Of([.. run.Model.Tasks.Select(Loss)], shared);
        return gradients.Cosines();
    }

    /// <summary>The cosines between the tasks' gradients, [tasks, tasks]; NaN for a task whose gradient is zero.</summary>
    public static double[,] Cosines(this TaskGradients gradients)
    {
        using var gramian = gradients.Gramian(ScalarType.Float64);
        var products = gramian.cpu().contiguous().data<double>().ToArray();
        var cosines = new double[gradients.Tasks, gradients.Tasks];
        for (var i = 0; i < gradients.Tasks; i++)
            for (var j = 0; j < gradients.Tasks; j++)
            {
                double At(int row, int column) => products[row * gradients.Tasks + column];
                var norms = Math.Sqrt(At(i, i)) * Math.Sqrt(At(j, j));
                cosines[i, j] = norms == 0 ? double.NaN : i == j ? 1 : Math.Clamp(At(i, j) / norms, -1, 1);
            }
        return cosines;
    }

    /// <summary>A heatmap of <see cref="GradientCosines"/>.</summary>
    /// <inheritdoc cref="GradientCosines"/>
    public static GenericChart GradientConflicts(this Run run, Examples examples) =>
        Charts.Conflicts(run.GradientCosines(examples), [.. run.Model.Tasks.Select(task => task.Name)]);
}

public static partial class Charts
{
    /// <summary>Cosines between the tasks' gradients as a heatmap, task x task: red where tasks conflict, blue where they agree.</summary>
    /// <param name="cosines">[tasks, tasks], -1 to 1.</param>
    /// <param name="tasks">The tasks' names.</param>
    /// <exception cref="DataException">The matrix does not have a row and a column per task.</exception>
    public static GenericChart Conflicts(double[,] cosines, IReadOnlyList<string> tasks)
    {
        Square(cosines, tasks);
        return Heatmaps.Of([.. tasks.Select((_, i) => tasks.Select((_, j) => cosines[i, j]).ToArray())], tasks, tasks, (-1, 1), "cosine of gradients")
            .Styled(Heatmaps.IsWritten(tasks.Count) ? "task (cells: cosine of gradients)" : "task", "task");
    }

    /// <summary>The cosines between the tasks' gradients over the training of a run whose plan records them: pair of tasks x epoch, means over steps.</summary>
    /// <exception cref="DataException">The plan recorded none, or there is one task.</exception>
    public static GenericChart ConflictsOverTraining(this Run run)
    {
        var rows = run.History.Where(row => row is { Split: "gradients", Metric: "cosine" }).ToArray();
        if (rows.Length == 0)
            throw new DataException($"run '{run.Model.Name}' recorded no gradients; train with .RecordGradients() a model of two tasks or more");
        string[] tasks = [.. run.Model.Tasks.Select(task => task.Name)];
        int[] epochs = [.. rows.Select(row => row.Epoch).Distinct()];
        return Charts.ConflictsOverTraining(epochs, Array.ConvertAll(epochs, epoch =>
        {
            var cosines = new double[tasks.Length, tasks.Length];
            for (var i = 0; i < tasks.Length; i++)
                for (var j = 0; j < tasks.Length; j++)
                    cosines[i, j] = i == j ? 1 : rows.Single(row => row.Epoch == epoch && row.Task == $"{tasks[Math.Min(i, j)]}, {tasks[Math.Max(i, j)]}").Value;
            return cosines;
        }), tasks);
    }

    /// <summary>Cosines between the tasks' gradients over training: pair of tasks x epoch.</summary>
    /// <param name="epochs">When they were measured.</param>
    /// <param name="cosines">Per epoch [tasks, tasks].</param>
    /// <param name="tasks">The tasks' names, at least two.</param>
    /// <exception cref="DataException">No epoch, or a matrix does not have a row and a column per task.</exception>
    public static GenericChart ConflictsOverTraining(IReadOnlyList<int> epochs, IReadOnlyList<double[,]> cosines, IReadOnlyList<string> tasks)
    {
        Same(epochs.Count, cosines.Count, "epochs", "matrices of cosines");
        foreach (var matrix in cosines) Square(matrix, tasks);
        var pairs = Enumerable.Range(0, tasks.Count)
            .SelectMany(i => Enumerable.Range(i + 1, tasks.Count - i - 1).Select(j => (First: i, Second: j))).ToArray();
        return Heatmaps.Of([.. pairs.Select(pair => cosines.Select(matrix => matrix[pair.First, pair.Second]).ToArray())],
                [.. epochs.Select(epoch => $"{epoch}")], [.. pairs.Select(pair => $"{tasks[pair.First]}, {tasks[pair.Second]}")], (-1, 1),
                "cosine of gradients", numbered: true)
            .Styled("epoch", "pair of tasks");
    }

    private static void Square(double[,] cosines, IReadOnlyList<string> tasks)
    {
        if (cosines.GetLength(0) != tasks.Count || cosines.GetLength(1) != tasks.Count || tasks.Count < 2)
            throw new DataException($"cosines between {tasks.Count} tasks ({Names.Listed(tasks)}) are a {tasks.Count} x {tasks.Count} matrix "
                + $"of at least 2 x 2, but got {cosines.GetLength(0)} x {cosines.GetLength(1)}");
    }
}
