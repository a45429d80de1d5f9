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
        var seen = 0;
        Visit("", root, 0);
        return found;

        void Visit(string path, object? value, int depth)
        {
            if (depth > Deepest || ++seen > Most) throw new InvalidDataException("its containers hold themselves, or each other too often");
            string Under(string name) => path.Length == 0 ? name : $"{path}.{name}";
            switch (value)
            {
                case PyTorchNames.View view: found.Add((path, view)); break;
                case PickleReader.Pairs pairs:
                    foreach (var (key, item) in pairs) Visit(Under(Convert.ToString(key, CultureInfo.InvariantCulture)!), item, depth + 1);
                    break;
                case List<object?> list:
                    for (var i = 0; i < list.Count; i++) Visit(Under(i.ToString(CultureInfo.InvariantCulture)), list[i], depth + 1);
                    break;
                case PickleReader.Sequence tuple:
                    for (var i = 0; i < tuple.Items.Length; i++) Visit(Under(i.ToString(CultureInfo.InvariantCulture)), tuple.Items[i], depth + 1);
                    break;
            }
        }
    }
}
