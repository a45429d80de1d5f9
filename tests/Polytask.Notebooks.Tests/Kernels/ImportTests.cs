using Polytask.Notebooks.Documents;

namespace Polytask.Notebooks.Tests.Kernels;

/// <summary>Files that a notebook runs: #!import and #load.</summary>
[Collection("sessions")]
public sealed class ImportTests(FSharpSession shared) : IClassFixture<FSharpSession>, IDisposable
{
    private readonly Session _session = shared.Session;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("helpers.ipynb")]
    [InlineData("helpers.dib")]
    public void The_cells_of_a_notebook_run_here(string name)
    {
        var notebook = Notebook.Empty();
        notebook.Add(Cell.Markdown("# Not run"));
        notebook.Add(Cell.Code("var imported = 5;"));
        notebook.Add(Cell.Code("#!fsharp\nlet alsoImported = 6"));
        notebook.Add(Cell.Code("throw new Exception();", "skip-execution"));
        NotebookFile.Write(notebook, _folder[name]);
        Assert.Equal("5", _session.Run($"#!import \"{_folder[name]}\"\nimported"));
        Assert.Equal("6", _session.Run("alsoImported", "fsharp"));
    }

    [Fact]
    public void An_error_in_an_imported_cell_names_the_file_the_cell_and_the_line()
    {
        File.WriteAllText(_folder["bad.dib"], "#!csharp\n\n1\n\n#!fsharp\n\nlet a =\n  nothing\n");
        var error = _session.Fail($"#!import {_folder["bad.dib"]}");
        Assert.StartsWith($"{_folder["bad.dib"]} cell-2:line 2, column 3: FS0039", error.Message);
        File.WriteAllText(_folder["broken.ipynb"], "{");
        Assert.Contains("broken.ipynb is not JSON: line 1", _session.Fail($"\n#!import {_folder["broken.ipynb"]}").Message);
    }

    [Fact]
    public void Source_files_of_both_languages_are_used_in_their_own_cells()
    {
        File.WriteAllText(_folder["Shapes.cs"], "namespace ImportedShapes;\npublic record Square(int Side) { public int Area => Side * Side; }");
        File.WriteAllText(_folder["Numbers.fs"], "module Imported.Numbers\n\nlet triple x = 3 * x\n");
        _session.Run($"#!import \"{_folder["Shapes.cs"]}\"\n#!import \"{_folder["Numbers.fs"]}\"");
        Assert.Equal("16", _session.Run("new ImportedShapes.Square(4).Area"));
        Assert.Equal("21", _session.Run("Imported.Numbers.triple 7", "fsharp"));
        Assert.Equal("9", _session.Run("ImportedShapes.Square(3).Area", "fsharp"));
        File.WriteAllText(_folder["Worse.fs"], "module Imported.Worse\n\nlet a: int = \"\"\n");
        Assert.Contains($"{_folder["Worse.fs"]}:line 3, column 14: FS0001", _session.Fail($"#load \"{_folder["Worse.fs"]}\"", "fsharp").Message);
    }

    [Fact]
    public void The_values_of_an_imported_script_are_the_notebooks_and_a_loaded_one_is_a_module()
    {
        File.WriteAllText(_folder["values.fsx"], "#!time\nlet scripted = 5\n");
        _session.Run($"#!import \"{_folder["values.fsx"]}\"");
        Assert.Equal("5", _session.Run("scripted", "fsharp"));
        File.WriteAllText(_folder["named.fsx"], "module Named.Script\n\nlet inner = 6\n");
        _session.Run($"#!import \"{_folder["named.fsx"]}\"");
        Assert.Equal("6", _session.Run("Named.Script.inner", "fsharp"));
        File.WriteAllText(_folder["other.fsx"], "let loaded = 7\n");
        Assert.Equal("7", _session.Run($"#load \"{_folder["other.fsx"]}\"\nOther.loaded", "fsharp"));
    }

    [Fact]
    public void Namespaces_are_loaded_from_files()
    {
        File.WriteAllText(_folder["Space.fs"], "namespace Loaded.Space\n\ntype Box = { Side: int }\n\nmodule Boxes =\n    let volume box = box.Side * box.Side * box.Side\n");
        Assert.Equal("8", _session.Run($"#load \"{_folder["Space.fs"]}\" // from a file\nopen Loaded.Space\nBoxes.volume {{ Side = 2 }}", "fsharp"));
    }

    [Fact]
    public void What_cannot_be_imported_is_said()
    {
        File.WriteAllText(_folder["loop.dib"], $"#!csharp\n\n#!import {_folder["loop.dib"]}\n");
        Assert.Contains("the file loads itself, by way of loop.dib", _session.Fail($"#!import {_folder["loop.dib"]}").Message);
        File.WriteAllText(_folder["x.py"], "");
        Assert.Contains("a file of type .ipynb, .dib, .cs, .csx, .fs or .fsx is expected", _session.Fail($"#!import {_folder["x.py"]}").Message);
        Assert.Contains("there is no such file", _session.Fail("#!import none.dib").Message);
        Assert.Contains("the name of one file is expected", _session.Fail("#!import").Message);
    }
}
