using System.CommandLine;
using Polytask.Notebooks.Jupyter;
using Polytask.Notebooks.Jupyter.Protocol;
using Polytask.Notebooks.Running;

namespace Polytask.Cli.Commands;

/// <summary><c>polytask kernel install</c>, <c>uninstall</c>, and <c>serve</c>, which Jupyter runs.</summary>
internal static class KernelCommand
{
    private const string Name = "kernel";
    private const string ServeName = "serve";
    private const string LanguageOption = "--language";

    public static Command Create() => new(Name, "C# and F# in Jupyter: installs the two kernels where Jupyter finds them, or removes them.")
    {
        Install(), Uninstall(), Serve(),
    };

    /// <summary>Whether a command itself says what signals mean: to a kernel an interrupt is for its cell.</summary>
    public static bool HandlesSignals(ParseResult parsed) => parsed.CommandResult.Command.Name == ServeName;

    private static Command Install()
    {
        var place = new Place();
        var command = new Command("install", "Installs the kernels Polytask (C#) and Polytask (F#).");
        place.AddTo(command);
        command.SetAction(parsed => Do(() =>
        {
            foreach (var folder in KernelSpecs.Install(place.Folder(parsed), parsed.GetValue(place.Name)!, ServeCommand))
                Console.WriteLine($"{folder} is written");
            if (JupyterKernel.Missing is { } missing)
                Console.Error.WriteLine(missing);
        }));
        return command;
    }

    private static Command Uninstall()
    {
        var place = new Place();
        var command = new Command("uninstall", "Removes what install wrote.");
        place.AddTo(command);
        command.SetAction(parsed => Do(() =>
        {
            var folder = place.Folder(parsed);
            var gone = KernelSpecs.Uninstall(folder, parsed.GetValue(place.Name)!);
            foreach (var path in gone)
                Console.WriteLine($"{path} is gone");
            if (gone.Count == 0)
                Console.WriteLine($"no kernels of that name are installed in {folder}");
        }));
        return command;
    }

    private static Command Serve()
    {
        var connection = new Argument<string>("connection-file") { Description = "The file in which Jupyter says where to listen." };
        var language = new Option<string>(LanguageOption)
        {
            Description = "The language of cells that say no other: csharp or fsharp.",
            DefaultValueFactory = _ => KernelSpecs.Languages[0],
        };
        language.AcceptOnlyFromAmong([.. KernelSpecs.Languages]);
        var command = new Command(ServeName, "Serves one notebook; Jupyter runs this.") { connection, language };
        command.SetAction(async parsed =>
        {
            if (JupyterKernel.Missing is { } missing)
                return Refusal.Say(missing);
            try
            {
                await JupyterKernel.ServeAsync(new JupyterOptions
                {
                    ConnectionFile = parsed.GetValue(connection)!,
                    Language = parsed.GetValue(language)!,
                    Worker = WorkerCommand.ThisProgram(WorkerCommandName.Value),
                    Notebook = NotebookPath(),
                });
                return ExitCode.Success;
            }
            catch (ConnectionFileException error)
            {
                return Refusal.Say(error.Message);
            }
        });
        return command;
    }

    private static WorkerCommand ServeCommand(string language) => WorkerCommand.ThisProgram(Name, ServeName, LanguageOption, language);

    /// <summary>Newer servers of Jupyter tell a kernel the path of its notebook, by which packages are recorded beside it.</summary>
    private static string? NotebookPath() =>
        Environment.GetEnvironmentVariable("JPY_SESSION_NAME") is { } path
            && path.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase) && File.Exists(path)
            ? Path.GetFullPath(path)
            : null;

    private static int Do(Action action)
    {
        try
        {
            action();
            return ExitCode.Success;
        }
        catch (Exception error) when (error is KernelSpecException or IOException or UnauthorizedAccessException)
        {
            return Refusal.Say(error.Message);
        }
    }

    /// <summary>Where kernels are installed and what they are called.</summary>
    private sealed class Place
    {
        private readonly Option<bool> _user = new("--user")
        {
            Description = "In the user's own folder, where every Jupyter of theirs finds them;"
            + " this is usual."
        };
        private readonly Option<bool> _environment = new("--sys-prefix") { Description = "In the Python environment that is active (venv, conda)." };
        private readonly Option<string?> _prefix = new("--prefix")
        { Description = "Under a folder, as FOLDER/share/jupyter/kernels.", HelpName = "folder" };

        public Option<string> Name { get; } = new("--name")
        {
            Description = "What the kernels are called: NAME-csharp and NAME-fsharp.",
            DefaultValueFactory = _ => KernelSpecs.UsualName,
        };

        public void AddTo(Command command)
        {
            foreach (var option in (Option[])[_user, _environment, _prefix, Name])
                command.Options.Add(option);
            command.Validators.Add(result =>
            {
                if (new Option[] { _user, _environment, _prefix }.Count(o => result.GetResult(o) is { Implicit: false }) > 1)
                    result.AddError("--user, --sys-prefix and --prefix each name a place; one is enough");
            });
        }

        public string Folder(ParseResult parsed) =>
            parsed.GetValue(_environment) ? KernelSpecs.EnvironmentFolder
            : parsed.GetValue(_prefix) is { } prefix ? KernelSpecs.FolderUnder(prefix)
            : KernelSpecs.UserFolder;
    }
}
