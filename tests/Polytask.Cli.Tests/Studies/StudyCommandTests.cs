using System.Diagnostics;

namespace Polytask.Cli.Tests.Studies;

/// <summary><c>polytask study</c> through its real processes.</summary>
public sealed class StudyCommandTests : IDisposable
{
    private readonly StudyScript script = new();

    private CommandLine Polytask => script.Polytask;

    public void Dispose() => script.Dispose();

    [Fact]
    public void Two_processes_give_the_results_of_one_to_the_last_bit()
    {
        script.Write();
        var one = Polytask.Run("study", StudyScript.Name, "-j", "1", "--folder", "one");
        Assert.True(one.ExitCode == 0, one.Output + one.Errors);
        var two = Polytask.Run("study", StudyScript.Name, "-j", "2", "--folder", "two");
        Assert.True(two.ExitCode == 0, two.Output + two.Errors);
        Assert.Contains($"{StudyScript.Cells} runs, 0 from the cache", one.Output);
        Assert.Contains($"{StudyScript.Cells} runs", two.Output);
        // A cell has three numbers of each of the two tasks.
        Assert.Equal(1 + StudyScript.Cells * 6, script.Table("one").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(script.Table("one"), script.Table("two"));
        Assert.Equal(script.Kept("one").Keys.Order(), script.Kept("two").Keys.Order());
        Assert.Empty(Directory.GetFiles(Polytask.At("two/processes")));
        Assert.Empty(Directory.GetFiles(Polytask.At("two/cells"), "*.lock"));
    }

    [Fact]
    public void A_study_that_was_killed_goes_on_with_what_it_had()
    {
        script.Write(epochs: 150);
        var start = Polytask.Start("study", StudyScript.Name, "-j", "2");
        var patience = Stopwatch.StartNew();
        while (script.Kept().Count < 2 && !start.HasExited && patience.Elapsed < TimeSpan.FromMinutes(2)) Thread.Sleep(20);
        start.Kill(entireProcessTree: true);
        start.WaitForExit();
        var kept = script.Kept();
        Assert.InRange(kept.Count, 2, StudyScript.Cells - 1);

        var rest = Polytask.Run("study", StudyScript.Name, "-j", "1");
        Assert.True(rest.ExitCode == 0, rest.Output + rest.Errors);
        Assert.Contains($"{StudyScript.Cells} runs, {kept.Count} from the cache", rest.Output);
        Assert.All(kept, cell => Assert.Equal(cell.Value, script.Kept()[cell.Key]));
        Assert.Equal(0, Polytask.Run("study", StudyScript.Name, "-j", "1", "--folder", "undisturbed").ExitCode);
        Assert.Equal(script.Table("undisturbed"), script.Table());
    }

    [Fact]
    public void Cells_that_fail_are_said_and_the_others_are_there()
    {
        script.Write(wide: "plain.Renamed(\"narrow\").Task(\"missing\", Head.Regress())");
        var run = Polytask.Run("study", StudyScript.Name, "-j", "2");
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains("4 of 8 cells have no result", run.Output);
        Assert.Contains("the data has no task 'missing'", run.Output);
        Assert.Contains("4 runs", run.Output);
        Assert.DoesNotContain("narrow", script.Table());
    }

    [Fact]
    public void Code_that_cannot_be_compared_needs_a_name_before_processes_share_it()
    {
        script.Write(wide: "Model.Named(\"own\").Input(30).Task(\"noisy\", Head.Regress(), loss: Loss.Of(\"mine\", (o, t) => (o - t).abs()))");
        var run = Polytask.Run("study", StudyScript.Name, "-j", "2");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("name that code with .Key(\"...\"), so that processes can share results", run.Output);
        Assert.DoesNotContain("process 1", run.Errors);
    }

    [Theory]
    [InlineData("none.csx does not exist", "none.csx")]
    [InlineData("-j takes a number of processes from 1 to 10000, not '0'", StudyScript.Name, "-j", "0")]
    [InlineData("--gather trains nothing", StudyScript.Name, "--gather", "-j", "2")]
    [InlineData("--sbatch goes with --slurm", StudyScript.Name, "--sbatch", "--time=1")]
    [InlineData("--slurm needs the number of tasks of the array: -j 16", StudyScript.Name, "--slurm")]
    [InlineData("-o none/x.ipynb: its folder does not exist", StudyScript.Name, "-o", "none/x.ipynb")]
    [InlineData("sweep.csx has no cell tagged 'parameters'", StudyScript.Name, "-p", "a=1")]
    [InlineData("-p a: name=value is expected", StudyScript.Name, "-p", "a")]
    public void Bad_input_gives_2_and_one_message(string message, params string[] arguments)
    {
        script.Write();
        var run = Polytask.Run(["study", .. arguments]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Errors);
        Assert.DoesNotContain("   at ", run.Errors + run.Output);
    }
}
