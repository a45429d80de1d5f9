namespace Polytask;

/// <summary>What a run trains on, chooses its epoch by, and is judged on.</summary>
public sealed record DataSplits(Examples Train, Examples Validation, Examples Test)
{
    /// <summary>The same splits with the named tasks only.</summary>
    public DataSplits Only(params string[] tasks) => new(Train.Only(tasks), Validation.Only(tasks), Test.Only(tasks));
}
