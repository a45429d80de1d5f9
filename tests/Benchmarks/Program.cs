using System.Globalization;
using Benchmarks;

// Each benchmark prints one figure with its unit; environment.md records them with the command that made them.
var benchmarks = new Dictionary<string, Action>
{
    ["matmul"] = MatrixProduct.Run,
    ["step"] = TrainingStep.Run,
    ["ops"] = OperatorOverhead.Run,
    ["memory"] = PlainLoopMemory.Run,
    ["notebook"] = EmptyNotebook.Run,
    ["notebook-speed"] = NotebookSpeed.Run,
    ["safetensors"] = SafeTensorsSpeed.Run,
    ["small-parameters"] = SmallParameters.Run,
    ["mmoe"] = SharingSteps.Mmoe,
    ["ple"] = SharingSteps.Ple,
    ["cross-stitch"] = SharingSteps.CrossStitch,
    ["transformer"] = SharingSteps.Transformer,
    ["wide-build"] = WideBuild.Run,
    ["task-gradients"] = TaskGradients.Run,
    ["weightings"] = () => GradientWeightingSteps.Run([]),
    ["cells"] = NotebookCells.Run,
    ["assistance"] = Assistance.Run,
    ["frames"] = FrameSpeed.Run,
    ["interrupts"] = InterruptChecks.Run,
    ["study"] = StudyOverhead.Run,
    ["merging"] = () => Merging.Run(25),
};
if (args is ["weightings", .. var words] && words.Length > 0)
{
    GradientWeightingSteps.Run(words);
    return 0;
}
if (args is ["merging", var millions])
{
    Merging.Run(int.Parse(millions, CultureInfo.InvariantCulture));
    return 0;
}
var chosen = args.Length == 0 ? [.. benchmarks.Keys] : args;
foreach (var name in chosen)
{
    if (!benchmarks.TryGetValue(name, out var run))
    {
        Console.Error.WriteLine($"there is no benchmark '{name}'; there are {string.Join(", ", benchmarks.Keys)}");
        return 2;
    }
    run();
}
return 0;
