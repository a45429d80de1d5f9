using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Polytask.Notebooks.Documents;

/// <summary>A notebook of format 4: a typed view over its JSON, so that fields unknown here survive a round trip.</summary>
public sealed partial class Notebook
{
    private readonly List<Cell> _cells;

    /// <summary>Those of the cells that were there when cells began to be added, and of all that were.</summary>
    private HashSet<string>? _identifiers;

    private Notebook(JsonObject json, List<Cell> cells) => (Json, _cells) = (json, cells);

    /// <summary>The notebook's JSON without its cells.</summary>
    public JsonObject Json { get; }

    /// <summary>The cells in order.</summary>
    public IReadOnlyList<Cell> Cells => _cells;

    /// <summary>The code cells in order.</summary>
    public IEnumerable<Cell> CodeCells => _cells.Where(c => c.Kind == CellKind.Code);

    /// <summary>The notebook's metadata (kernelspec, language_info and whatever tools added).</summary>
    public JsonObject Metadata => (JsonObject)Json["metadata"]!;

    /// <summary>An empty notebook of format 4.5.</summary>
    public static Notebook Empty() =>
        new(new JsonObject { ["metadata"] = new JsonObject(), ["nbformat"] = 4L, ["nbformat_minor"] = 5L }, []);

    /// <summary>Adds a cell at the end.</summary>
    public void Add(Cell cell) => Insert(_cells.Count, cell);

    /// <summary>Puts a cell at a position; it gets an identifier if the format has them.</summary>
    public void Insert(int index, Cell cell)
    {
        _identifiers ??= [.. _cells.Select(c => c.Id).OfType<string>()];
        _cells.Insert(index, cell);
        if ((long)Json["nbformat_minor"]! >= 5 && !(cell.Id is { } id && Identifier().IsMatch(id) && _identifiers.Add(id)))
            GiveIdentifier(index, _identifiers);
    }

    /// <summary>Takes a cell out.</summary>
    public void Remove(Cell cell) => _cells.Remove(cell);

    /// <summary>
    /// Raises a notebook of format 4.0 to 4.4 to 4.5 by giving its cells identifiers, made from their position and text. In any format,
    /// identifiers that the format does not allow, or that an earlier cell has, are given anew.
    /// </summary>
    public void Upgrade()
    {
        if ((long)Json["nbformat_minor"]! < 5)
            Json["nbformat_minor"] = 5L;
        GiveIdentifiers();
    }

    /// <summary>Reads a notebook from its JSON text.</summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="NotebookFormatException">Not JSON, not a notebook, or not of format 4.</exception>
    public static Notebook Parse(string text, string name)
    {
        JsonNode? root;
        try
        {
            root = JsonText.Parse(text);
        }
        catch (FormatException fault)
        {
            throw new NotebookFormatException($"{name} is not JSON: {fault.Message}", fault);
        }
        return FromJson(NotebookJson.Check(root, name));
    }

    /// <summary>The text that nbformat's writer gives for the same notebook, with its final line end.</summary>
    public string ToText() => PythonJson.Write(NotebookJson.Split(Json, _cells)) + "\n";

    private static Notebook FromJson(JsonObject json)
    {
        var cells = (JsonArray)json["cells"]!;
        json.Remove("cells");
        var list = new List<Cell>(cells.Count);
        foreach (var cell in cells.ToArray())
        {
            cells.Remove(cell);
            list.Add(new Cell((JsonObject)cell!));
        }
        return new Notebook(json, list);
    }

    private void GiveIdentifiers()
    {
        if ((long)Json["nbformat_minor"]! < 5)
            return;
        var kept = new HashSet<string>();
        var cellsToName = _cells.Where(c => c.Id is not { } id || !Identifier().IsMatch(id) || !kept.Add(id)).ToHashSet();
        var taken = _cells.Select(c => c.Id).OfType<string>().ToHashSet();
        for (var i = 0; i < _cells.Count; i++)
        {
            if (cellsToName.Contains(_cells[i]))
                GiveIdentifier(i, taken);
        }
    }

    private void GiveIdentifier(int index, HashSet<string> taken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{attempt}/{index}/{_cells[index].Source}"));
            var id = Convert.ToHexStringLower(hash)[..8];
            if (!taken.Add(id))
                continue;
            _cells[index].Id = id;
            return;
        }
    }

    /// <summary>What format 4.5 takes for the identifier of a cell.</summary>
    [GeneratedRegex(@"^[a-zA-Z0-9_-]{1,64}\z")]
    internal static partial Regex Identifier();
}
