using System.Globalization;
using Deedle.Internal;
using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;
using Polytask.Analysis;
using Polytask.Cli.Resuming;
using Polytask.Cli.Studies;
using Polytask.Notebooks.Display;
using Polytask.Notebooks.Kernels;
using Polytask.Notebooks.Running;
using TorchSharp;

namespace Polytask.Cli;

/// <summary>
/// Where notebooks and the multi-task library meet: what every cell may use without a reference, how the library's values are shown, and
/// what a run leaves in a notebook's metadata. Cells can use every assembly of this program; they write <c>using Polytask;</c> and the
/// like themselves.
/// </summary>
internal static class NotebookHost
{
    private static readonly string[] SuppliedPrefixes = ["TorchSharp", "libtorch-", "Deedle", "Plotly.NET"];

    public static KernelOptions Options { get; } = new()
    {
        Usings = KernelOptions.CommonUsings,
        SuppliedPackage = SuppliedPackage,
        Start = Start,
        DeviceMemory = new CudaMemory(),
        Resuming = LibraryResuming.Support,
    };

    /// <summary>Records scale, device and seconds for the ledger, where the notebook has those parameters.</summary>
    public static void Stamp(FinishedRun run)
    {
        if (run.Parameters.TryGetValue("scale", out var scale) && run.Parameters.TryGetValue("device", out var device))
            new RunStamp(scale, device, run.CellSeconds).WriteTo(run.Notebook.Metadata);
    }

    /// <summary>Notebooks written for the NuGet packages run unchanged: the host brings these itself.</summary>
    private static string? SuppliedPackage(string id) =>
        SuppliedPrefixes.Any(p => id.StartsWith(p, StringComparison.OrdinalIgnoreCase))
            ? $"{id}: supplied by polytask, the version asked for is not installed."
            : null;

    /// <summary>Runs in the worker before the first cell.</summary>
    private static void Start()
    {
        Progress.Display = new NotebookProgress();
        KeyboardInterrupt.EndsRuns = false; // cells are stopped by the runner
        StudyResultFiles.Begin();
        Formatter.RegisterBundle<IMimeBundle>(Bundle);
        Formatter.RegisterBundle<GenericChart>(Charts.Bundle);
        Charts.OfferImages();
        // As TorchSharp's own notebook support: with the values, which ToString() leaves out.
        Formatter.Register<torch.Tensor>(tensor => tensor.str(newLine: "\n", cultureInfo: CultureInfo.InvariantCulture).TrimEnd());
        Formatter.Register<IFrameFormattable>(HtmlTables.Of, Formatter.HtmlMimeType);
        Formatter.Register<ISeriesFormattable>(HtmlTables.Of, Formatter.HtmlMimeType);
        Formatter.Register<IFsiFormattable>(value => value.Format().TrimEnd());
    }

    private static MimeBundle Bundle(IMimeBundle value)
    {
        var bundle = new MimeBundle();
        foreach (var (mimeType, text) in value.ToMimeBundle())
            bundle.With(mimeType, text);
        return bundle;
    }

    /// <summary>The library's progress as bars of the notebook.</summary>
    private sealed class NotebookProgress : IProgressDisplay
    {
        public IProgressBar Start(string title, long total) => new Bar(new ProgressBar(title, Math.Max(1, total)));

        private sealed class Bar(ProgressBar bar) : IProgressBar
        {
            public void Report(long done, string message) => bar.Report(done, message);

            public void Dispose() => bar.Dispose();
        }
    }
}
