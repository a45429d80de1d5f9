using System.Collections;
using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Modules by name, in the order in which they were added.</summary>
public class ModuleDict<T> : nn.Module, IDictionary<string, T>, IEnumerable<(string, T)> where T : nn.Module
{
    private readonly OrderedDictionary<string, T> _modules = [];

    public ModuleDict() : base(nameof(ModuleDict<T>)) { }

    /// <summary>The module of a name; setting replaces or adds it.</summary>
    public T this[string key]
    {
        get => _modules[key];
        set
        {
            if (_modules.ContainsKey(key)) register_module(key, null!);
            register_module(key, value);
            _modules[key] = value;
        }
    }

    /// <summary>The name and module at a position.</summary>
    public (string, T) this[int index]
    {
        get
        {
            var (key, module) = _modules.GetAt(index);
            return (key, module);
        }
    }

    public int Count => _modules.Count;

    public bool IsReadOnly => false;

    public ICollection<string> Keys => _modules.Keys;

    public ICollection<T> Values => _modules.Values;

    /// <summary>Names and modules.</summary>
    public IEnumerator<(string, T)> items() => _modules.Select(pair => (pair.Key, pair.Value)).GetEnumerator();

    /// <summary>The names.</summary>
    public IEnumerable<string> keys() => _modules.Keys;

    /// <summary>The modules.</summary>
    public IEnumerable<T> values() => _modules.Values;

    /// <summary>Removes all modules.</summary>
    public void clear() => Clear();

    public void Add(string key, T value)
    {
        register_module(key, value);
        _modules.Add(key, value);
    }

    public void Add((string, T) item) => Add(item.Item1, item.Item2);

    public bool Remove(string key)
    {
        if (!_modules.Remove(key)) return false;
        register_module(key, null!);
        return true;
    }

    public void Clear()
    {
        _modules.Clear();
        ClearModules();
    }

    public bool ContainsKey(string key) => _modules.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => _modules.TryGetValue(key, out value);

    public IEnumerator<(string, T)> GetEnumerator() => items();

    IEnumerator IEnumerable.GetEnumerator() => items();

    IEnumerator<KeyValuePair<string, T>> IEnumerable<KeyValuePair<string, T>>.GetEnumerator() => _modules.GetEnumerator();

    void ICollection<KeyValuePair<string, T>>.Add(KeyValuePair<string, T> item) => Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, T>>.Contains(KeyValuePair<string, T> item) => ((ICollection<KeyValuePair<string, T>>)_modules).Contains(item);

    void ICollection<KeyValuePair<string, T>>.CopyTo(KeyValuePair<string, T>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, T>>)_modules).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, T>>.Remove(KeyValuePair<string, T> item) =>
        ((ICollection<KeyValuePair<string, T>>)_modules).Contains(item) && Remove(item.Key);
}
