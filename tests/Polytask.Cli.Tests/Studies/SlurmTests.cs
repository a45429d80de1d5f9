using System.Diagnostics;

namespace Polytask.Cli.Tests.Studies;

/// <summary><c>polytask study --slurm</c>: the jobs that it writes and submits, with a stand-in for sbatch and with Slurm itself.</summary>
public sealed class SlurmTests : IDisposable
{
    private readonly StudyScript script = new();

    private CommandLine Polytask => script.Polytask;

    public void Dispose() => script.Dispose();

    [Fact]
    public void The_array_computes_the_cells_and_the_job_after_it_gathers_them()
    {
        script.Write();
        // Runs the tasks of the array one after the other, the last one first, and the job after them at once.
        Directory.CreateDirectory(Polytask.At("bin"));
        File.WriteAllText(Polytask.At("bin/sbatch"), """
            #!/bin/bash
            here=$(dirname "$0")
            echo "$@" >>"$here/asked"
            script=${@: -1}
            if grep -q -- --array= "$script"; then
                for task in 2 1 0; do SLURM_ARRAY_TASK_ID=$task bash "$script" >>"$here/out" 2>&1; done
                echo "41;cluster"
            else
                bash "$script" >"$here/gathered" 2>&1
                echo 42
            fi
            """);
        Polytask.RunProgram("chmod", "u+x", "bin/sbatch");
        Polytask.Variables["PATH"] = $"{Polytask.At("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        var run = Polytask.Run("study", StudyScript.Name, "--slurm", "-j", "3", "--sbatch", "--time=5:00 --nice", "-o", "gathered.ipynb");
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains("job 41 computes the cells with 3 tasks, job 42 gathers them", run.Output);
        var asked = File.ReadAllLines(Polytask.At("bin/asked"));
        Assert.Equal(2, asked.Length);
        Assert.Equal($"--parsable {Polytask.At("sweep.study/array.sh")}", asked[0]);
        Assert.Equal($"--parsable --dependency=afterany:41 {Polytask.At("sweep.study/gather.sh")}", asked[1]);
        var directives = File.ReadAllLines(Polytask.At("sweep.study/array.sh")).Where(line => line.StartsWith("#SBATCH ")).ToArray();
        foreach (var directive in new[] { "--array=0-2", "--time=5:00", "--nice" }) Assert.Contains($"#SBATCH {directive}", directives);
        Assert.Contains($"{StudyScript.Cells} runs, {StudyScript.Cells} from the cache", File.ReadAllText(Polytask.At("bin/gathered")));
        Assert.True(File.Exists(Polytask.At("gathered.ipynb")));
        AssertEqualToOneProcess();
    }

    [Fact]
    public void Without_Slurm_or_where_it_refuses_the_message_says_so()
    {
        script.Write();
        Directory.CreateDirectory(Polytask.At("bin"));
        foreach (var program in new[] { "dotnet", "env" })
            File.CreateSymbolicLink(Polytask.At($"bin/{program}"), Found(program));
        Polytask.Variables["PATH"] = Polytask.At("bin");
        var run = Polytask.Run("study", StudyScript.Name, "--slurm", "-j", "2");
        Assert.Equal((2, true), (run.ExitCode, run.Errors.Contains("sbatch was not found: run this where Slurm is installed")));
        File.WriteAllText(Polytask.At("bin/sbatch"), "#!/bin/sh\necho 'sbatch: error: invalid partition' >&2\nexit 1\n");
        Process.Start("chmod", ["u+x", Polytask.At("bin/sbatch")]).WaitForExit();
        run = Polytask.Run("study", StudyScript.Name, "--slurm", "-j", "2");
        Assert.Equal((2, true), (run.ExitCode, run.Errors.Contains("sbatch refused the job: sbatch: error: invalid partition")));
    }

    [SlurmFact]
    public void Slurm_itself_runs_both_jobs()
    {
        script.Write();
        Polytask.Variables["SLURM_CONF"] = Polytask.At("slurm.conf");
        var slurm = Polytask.RunProgram("bash", Peers.Script("slurm_single_node.sh"), "start", Polytask.At("slurm"));
        try
        {
            Assert.True(slurm.ExitCode == 0, slurm.Errors);
            var run = Polytask.Run("study", StudyScript.Name, "--slurm", "-j", "3", "--sbatch", "--time=5:00");
            Assert.True(run.ExitCode == 0, run.Output + run.Errors);
            var patience = Stopwatch.StartNew();
            while (Polytask.RunProgram("squeue", "--noheader").Output.Trim().Length > 0)
            {
                Assert.True(patience.Elapsed < TimeSpan.FromMinutes(4), Polytask.RunProgram("squeue").Output);
                Thread.Sleep(500);
            }
            var gathered = File.ReadAllText(Polytask.At("sweep.study/gather.txt"));
            Assert.Contains($"{StudyScript.Cells} runs, {StudyScript.Cells} from the cache", gathered);
            AssertEqualToOneProcess();
        }
        finally
        {
            Polytask.RunProgram("bash", Peers.Script("slurm_single_node.sh"), "stop", Polytask.At("slurm"));
        }
    }

    private void AssertEqualToOneProcess()
    {
        Assert.Equal(0, Polytask.Run("study", StudyScript.Name, "-j", "1", "--folder", "one").ExitCode);
        Assert.Equal(script.Table("one"), script.Table());
    }

    private static string Found(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(':')
        .Select(folder => Path.Combine(folder, program)).First(File.Exists);
}

/// <summary>A test with Slurm's own daemons; skipped with the reason where they cannot be started.</summary>
public sealed class SlurmFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Missing = new(() =>
    {
        if (Environment.UserName != "root") return "Slurm's daemons are started by root";
        if (!File.Exists("/usr/sbin/slurmctld")) return "Slurm is not installed (apt-get install slurm-wlm)";
        using var tried = new CommandLine();
        tried.Variables["SLURM_CONF"] = tried.At("slurm.conf");
        var start = tried.RunProgram("bash", Peers.Script("slurm_single_node.sh"), "start", tried.At("slurm"));
        tried.RunProgram("bash", Peers.Script("slurm_single_node.sh"), "stop", tried.At("slurm"));
        return start.ExitCode == 0 ? null : $"Slurm's daemons do not start here: {start.Errors.Trim()}";
    });

    public SlurmFactAttribute() => Skip = Missing.Value;
}
