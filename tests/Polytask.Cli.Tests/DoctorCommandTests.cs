namespace Polytask.Cli.Tests;

public sealed class DoctorCommandTests
{
    [Fact]
    public void It_says_which_engine_is_in_use()
    {
        using var polytask = new CommandLine();
        var run = polytask.Run("doctor");
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"libtorch +\d+\.\d+\.\d+.*, /.*libtorch_cpu", run.Output);
        Assert.Matches(@"threads +1\n", run.Output);
    }

    [Fact]
    public void Without_an_engine_it_says_what_to_do_and_gives_1()
    {
        using var polytask = new CommandLine();
        var start = new System.Diagnostics.ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Polytask.Cli.dll"), "doctor"]) { RedirectStandardOutput = true };
        start.Environment["LIBTORCH"] = polytask.Folder;
        using var doctor = System.Diagnostics.Process.Start(start)!;
        var output = doctor.StandardOutput.ReadToEnd();
        doctor.WaitForExit();
        Assert.Equal(1, doctor.ExitCode);
        Assert.Contains($"LIBTORCH is '{polytask.Folder}'", output);
        Assert.DoesNotContain("   at ", output);
    }
}
