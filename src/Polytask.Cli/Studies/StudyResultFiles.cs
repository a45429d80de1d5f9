namespace Polytask.Cli.Studies;

/// <summary>Writes every study of a script as a table, numbered in the order in which they run: 1-income.csv and 1-income.json.</summary>
internal static class StudyResultFiles
{
    /// <summary>The environment variable that names the folder; none is written without it.</summary>
    public const string Variable = "POLYTASK_STUDY_RESULTS";

    private static int count;

    /// <summary>Takes every result of this process from now on.</summary>
    public static void Begin()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } folder) return;
        StudyHost.Finished = result => Write(folder, result);
    }

    private static void Write(string folder, StudyResult result)
    {
        var name = string.Join('-', result.Study.Data.Name.Split([' ', ',', '=', '/', '\\', ':'], StringSplitOptions.RemoveEmptyEntries));
        var path = Path.Combine(folder, $"{Interlocked.Increment(ref count)}-{name}");
        result.ToCsv($"{path}.csv");
        result.ToJson($"{path}.json");
    }
}
