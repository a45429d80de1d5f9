using System.Collections;
using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Parameters by name, in the order in which they were added.</summary>
public class ParameterDict : nn.Module, IDictionary<string, Parameter>, IList<(string, Parameter)>
{
    public ParameterDict() : base(nameof(ParameterDict)) { }

    // The registry is the dictionary.
    private List<(string, Parameter)> Items => [.. OwnParameters.Select(pair => (pair.Key, pair.Value))];

    /// <summary>The parameter of a name; setting replaces or adds it.</summary>
    public Parameter this[string key]
    {
        get => get_parameter(key) ?? throw new KeyNotFoundException($"there is no parameter '{key}'");
        set => ConditionallyRegisterParameter(key, value);
    }

    /// <summary>The name and parameter at a position.</summary>
    public (string, Parameter) this[int index]
    {
        get => Items[index];
        set
        {
            var items = Items;
            items[index] = value;
            Become(items);
        }
    }

    public int Count => OwnParameters.Count;

    public bool IsReadOnly => false;

    public ICollection<string> Keys => [.. keys()];

    public ICollection<Parameter> Values => [.. values()];

    /// <summary>Names and parameters.</summary>
    public IEnumerator<(string, Parameter)> items() => Items.GetEnumerator();

    /// <summary>The names.</summary>
    public IEnumerable<string> keys() => OwnParameters.Keys;

    /// <summary>The parameters.</summary>
    public IEnumerable<Parameter> values() => OwnParameters.Values;

    /// <summary>Removes all parameters.</summary>
    public void clear() => Clear();

    public void Add(string key, Parameter value) => register_parameter(key, value);

    public void Add((string, Parameter) item) => Add(item.Item1, item.Item2);

    public void Add(KeyValuePair<string, Parameter> item) => Add(item.Key, item.Value);

    public void Clear() => OwnParameters.Clear();

    public bool ContainsKey(string key) => has_parameter(key);

    public bool Contains((string, Parameter) item) => IndexOf(item) >= 0;

    public bool Contains(KeyValuePair<string, Parameter> item) => Contains((item.Key, item.Value));

    public void CopyTo((string, Parameter)[] array, int arrayIndex) => Items.CopyTo(array, arrayIndex);

    public void CopyTo(KeyValuePair<string, Parameter>[] array, int arrayIndex)
    {
        foreach (var (key, value) in Items) array[arrayIndex++] = new(key, value);
    }

    public int IndexOf((string, Parameter) item) => Items.FindIndex(pair => pair.Item1 == item.Item1 && ReferenceEquals(pair.Item2, item.Item2));

    public void Insert(int index, (string, Parameter) item)
    {
        var items = Items;
        items.Insert(index, item);
        Become(items);
    }

    public bool Remove(string key)
    {
        if (!ContainsKey(key)) return false;
        ConditionallyRegisterParameter(key, null);
        return true;
    }

    public bool Remove((string, Parameter) item) => Contains(item) && Remove(item.Item1);

    public bool Remove(KeyValuePair<string, Parameter> item) => Remove((item.Key, item.Value));

    public void RemoveAt(int index) => Remove(Items[index].Item1);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Parameter value) => (value = get_parameter(key)) is not null;

    public IEnumerator<(string, Parameter)> GetEnumerator() => items();

    IEnumerator<KeyValuePair<string, Parameter>> IEnumerable<KeyValuePair<string, Parameter>>.GetEnumerator() =>
        Items.Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items();

    private void Become(List<(string, Parameter)> items)
    {
        OwnParameters.Clear();
        foreach (var item in items) Add(item);
    }
}
