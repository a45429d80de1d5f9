using System.Globalization;

namespace Polytask;

/// <summary>The tensors in what a pickle gave, by dotted path: keys of dictionaries and places in lists.</summary>
internal static class NamedTensors
{
    // Real checkpoints are a few levels deep. A list may hold itself, or be held many times over, which would never end.
    private const int Deepest = 100;
    private const int Most = 10_000_000;

    /// <exception cref="InvalidDataException">Containers that hold themselves.</exception>
    public static IEnumerable<(string Name, PyTorchNames.View View)> In(object? root)
    {
        // A file of one tensor without any name.
        if (root is PyTorchNames.View single) return [("tensor", single)];
        var found = new List<(string, PyTorchNames.View)>();
        var path = new List<object>();
        var seen = 0;
        Visit(root);
        return found;

        void Visit(object? value)
        {
            if (path.Count > Deepest || ++seen > Most) throw new InvalidDataException("its containers hold themselves, or each other too often");
            switch (value)
            {
                case PyTorchNames.View view:
                    found.Add((string.Join('.', path.Select(key => Convert.ToString(key, CultureInfo.InvariantCulture))), view));
                    break;
                case PickleReader.Pairs pairs:
                    foreach (var (key, item) in pairs) VisitUnder(key, item);
                    break;
                case List<object?> list:
                    for (var i = 0; i < list.Count; i++) VisitUnder(i, list[i]);
                    break;
                case PickleReader.Sequence tuple:
                    for (var i = 0; i < tuple.Items.Length; i++) VisitUnder(i, tuple.Items[i]);
                    break;
            }
        }

        void VisitUnder(object key, object? value)
        {
            path.Add(key);
            Visit(value);
            path.RemoveAt(path.Count - 1);
        }
    }
}
