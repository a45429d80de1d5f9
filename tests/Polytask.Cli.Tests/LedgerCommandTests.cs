using Polytask.Notebooks.Documents;

namespace Polytask.Cli.Tests;

public sealed class LedgerCommandTests
{
    [Fact]
    public void It_lists_what_a_run_left_in_a_notebook()
    {
        using var polytask = new CommandLine();
        Directory.CreateDirectory(polytask.At("notebooks/chapter"));
        polytask.Write("notebooks/chapter/one.ipynb", Cell.Markdown("# The first"), Cell.Code("var scale = \"smoke\"; var device = \"cpu\";", "parameters"),
            Cell.Code("using Polytask;\nnew Claims(Claim.That(\"one is at most two\", 1.0.AtMost(2)), Claim.That(\"three is at most two\", 3.0.AtMost(2)))"));
        Assert.Equal(0, polytask.Run("run", "notebooks/chapter/one.ipynb").ExitCode);
        Assert.Equal(0, polytask.Run("ledger").ExitCode);
        var ledger = File.ReadAllText(polytask.At("notebooks/README.md"));
        Assert.Contains("[The first](chapter/one.ipynb)", ledger);
        Assert.Contains("1 / 2", ledger);
        Assert.Contains("smoke", ledger);
        Assert.Contains("three is at most two: measured 3, expected at most 2", ledger);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        using var polytask = new CommandLine();
        var run = polytask.Run("ledger", "nowhere");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("there is no folder 'nowhere'", run.Errors);
    }
}
