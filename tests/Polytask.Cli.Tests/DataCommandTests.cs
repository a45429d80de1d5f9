namespace Polytask.Cli.Tests;

public sealed class DataCommandTests : IDisposable
{
    private readonly CommandLine _polytask = new();

    public DataCommandTests() => _polytask.Variables["POLYTASK_DATA"] = _polytask.At("kept");

    public void Dispose() => _polytask.Dispose();

    [Fact]
    public void Sets_are_listed_with_what_is_here_and_fetched_by_name()
    {
        Directory.CreateDirectory(_polytask.At("kept"));
        File.WriteAllText(_polytask.At("kept/office31.zip"), "put here by hand");
        var list = _polytask.Run("data");
        Assert.Equal(0, list.ExitCode);
        Assert.Matches(@"\nOffice31 +here +office31\.zip", list.Output);
        Assert.Matches(@"\nAdult +not here +adult\.data, adult\.test \(UCI, CC BY 4\.0\)", list.Output);
        var fetched = _polytask.Run("data", "office31");
        Assert.Equal((0, $"Office31: {_polytask.At("kept/office31.zip")}\n"), (fetched.ExitCode, fetched.Output));
        // The first file seen is the right one from then on.
        File.WriteAllText(_polytask.At("kept/office31.zip"), "another one");
        var changed = _polytask.Run("data", "Office31");
        Assert.Equal(2, changed.ExitCode);
        Assert.Contains("'office31.zip' is not the file that it should be", changed.Errors);
    }

    [Fact]
    public void What_cannot_be_fetched_says_what_to_put_where()
    {
        var run = _polytask.Run("data", "MovieLensSmall");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("'movielens.csv.gz' is not in", run.Errors);
        Assert.Contains("get it from R's package dslabs", run.Errors);
        Assert.Contains("0d2a27b1d75e8b7e6e05ede887604689108b693eaff40e927b857ddb3557f6e2", run.Errors);
        Assert.Contains("there is no public set 'Pets'; there are Adult", _polytask.Run("data", "Pets").Errors);
    }
}
