using System.CommandLine;
using System.Runtime.InteropServices;
using Polytask.Notebooks.Figures;
using Polytask.Notebooks.Jupyter;
using TorchSharp;

namespace Polytask.Cli.Commands;

/// <summary><c>polytask doctor</c>: what this machine has of what notebooks can use.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Says which engine is in use and what else is found on this machine. Exit code 1 where no engine can be loaded.");
        command.SetAction(_ =>
        {
            Say("runtime", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors");
            var engine = Engine();
            using var figures = FigureRenderer.TryCreate(out var notice);
            Say("figures", figures is null ? notice : "Chromium and plotly.js are at hand");
            Say("jupyter", JupyterKernel.Missing ?? "libzmq is at hand");
            return engine;
        });
        return command;
    }

    private static int Engine()
    {
        try
        {
            Say("libtorch", $"{torch.__version__}, {LoadedLibraries.PathOf("libtorch_cpu") ?? "place unknown"}");
        }
        catch (Exception error) when (Root(error) is DllNotFoundException or InvalidOperationException or IOException)
        {
            Say("libtorch", Root(error).Message);
            return ExitCode.CellFailed;
        }
        string[] known = ["libopenblas", "libmkl", "libblas"];
        Say("BLAS", known.Select(LoadedLibraries.PathOf).FirstOrDefault(path => path is not null) ?? "inside libtorch");
        Say("threads", torch.get_num_threads().ToString(System.Globalization.CultureInfo.InvariantCulture));
        Say("GPU", torch.cuda.is_available() ? $"CUDA, {torch.cuda.device_count()} device(s)" : "none");
        return ExitCode.Success;
    }

    private static Exception Root(Exception error) => error is TypeInitializationException { InnerException: { } inner } ? Root(inner) : error;

    private static void Say(string name, string value) => Console.WriteLine($"{name,-10} {value}");
}
