namespace Polytask;

/// <summary>A sampler's picks, which follow from the seed, the epoch and the step alone: a resumed run repeats those of its epoch.</summary>
internal sealed class SamplerDraws(Sampler sampler, string[] tasks, long[] rows, int batch, int seed)
{
    private StableRandom random = new(0);
    private int epoch;
    private long next;

    /// <summary>The rows of each task in a step of an epoch.</summary>
    public IReadOnlyList<int> Of(int epoch, long step)
    {
        if (epoch != this.epoch || step < next) (this.epoch, next, random) = (epoch, 0, StableRandom.For(seed, $"tasks of epoch {epoch}"));
        while (next < step) Draw();
        return Draw();
    }

    private IReadOnlyList<int> Draw()
    {
        var counts = sampler.Draw(new(epoch, next, tasks, rows, batch, random));
        if (counts is null || counts.Count != tasks.Length || counts.Any(count => count < 0) || counts.All(count => count == 0))
            throw new DeclarationException(
                $"sampler '{sampler}' must give a number of rows for each of the {tasks.Length} tasks, at least one above 0, but gave [{string.Join(", ", counts ?? [])}] in epoch {epoch}, step {next + 1}");
        next++;
        return counts;
    }
}
