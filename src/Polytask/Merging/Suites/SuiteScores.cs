namespace Polytask;

/// <summary>How well one body, or a body for each task, solves the tasks of a suite: accuracies in [0, 1].</summary>
/// <param name="Accuracies">By task, in the order of the suite.</param>
public sealed record SuiteScores(IReadOnlyList<(string Task, double Accuracy)> Accuracies)
{
    /// <summary>The accuracy of a task.</summary>
    /// <exception cref="DataException">There is no such task.</exception>
    public double this[string task] => Accuracies.Any(each => each.Task == task) ? Accuracies.First(each => each.Task == task).Accuracy
        : throw new DataException($"no task '{task}' was scored{Names.DidYouMean(task, Accuracies.Select(each => each.Task))}");

    /// <summary>The mean over tasks.</summary>
    public double Average => Accuracies.Average(each => each.Accuracy);

    /// <summary>The task that is solved worst.</summary>
    public (string Task, double Accuracy) Worst => Accuracies.MinBy(each => each.Accuracy);

    /// <summary>The mean over tasks of the accuracy divided by another body's, as by that of the models tuned for one task each.</summary>
    /// <exception cref="DataException">The other body was scored on other tasks.</exception>
    public double Normalised(SuiteScores individual) => Accuracies.Average(each => each.Accuracy / individual[each.Task]);
}
