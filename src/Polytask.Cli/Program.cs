using System.CommandLine;
using Polytask.Cli;
using Polytask.Cli.Commands;
using Polytask.Notebooks.Running;

// Before anything else is loaded: a worker has a runner waiting for it.
if (args is [WorkerCommandName.Value, var socket])
    return Worker.Serve(socket, NotebookHost.Options);

var root = new RootCommand("Multi-task learning notebooks: run them, check them, list their results.")
{
    RunCommand.Create(),
    StudyCommand.Create(),
    TestCommand.Create(),
    ConvertCommand.Create(),
    FiguresCommand.Create(),
    LedgerCommand.Create(),
    MergeCommand.Create(),
    DataCommand.Create(),
    KernelCommand.Create(),
    DoctorCommand.Create(),
};
var parsed = root.Parse(args);

// Commands that run notebooks stop them in order, which takes longer than the parser would give them.
var configuration = new InvocationConfiguration();
if (parsed.CommandResult.Command.Name is RunCommand.Name or StudyCommand.Name or TestCommand.Name || KernelCommand.HandlesSignals(parsed))
    configuration.ProcessTerminationTimeout = null;
if (parsed.Errors.Count == 0)
    return await parsed.InvokeAsync(configuration);

foreach (var error in parsed.Errors)
    Console.Error.WriteLine($"polytask: {error.Message}");
Console.Error.WriteLine($"See: polytask {(parsed.CommandResult.Command == root ? "" : parsed.CommandResult.Command.Name + " ")}--help");
return ExitCode.BadInput;
