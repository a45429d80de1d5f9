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
    TestCommand.Create(),
    ConvertCommand.Create(),
    FiguresCommand.Create(),
    LedgerCommand.Create(),
    KernelCommand.Create(),
    DoctorCommand.Create(),
};
var parsed = root.Parse(args);
if (parsed.Errors.Count == 0)
    return await parsed.InvokeAsync(KernelCommand.HandlesSignals(parsed) ? new InvocationConfiguration { ProcessTerminationTimeout = null } : null);

foreach (var error in parsed.Errors)
    Console.Error.WriteLine($"polytask: {error.Message}");
Console.Error.WriteLine($"See: polytask {(parsed.CommandResult.Command == root ? "" : parsed.CommandResult.Command.Name + " ")}--help");
return ExitCode.BadInput;
