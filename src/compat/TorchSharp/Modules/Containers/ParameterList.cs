using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A list of parameters, registered under their positions.</summary>
public class ParameterList : nn.Module, IList<Parameter>
{
    public ParameterList(params Parameter[] parameters) : base(nameof(ParameterList)) => append(parameters);

    // The registry is the list.
    private List<Parameter> Items => [.. OwnParameters.Values];

    public Parameter this[int index]
    {
        get => get_parameter(index.ToString()) ?? throw new ArgumentOutOfRangeException(nameof(index), index, $"the list has {Count} parameters");
        set
        {
            _ = this[index];
            ConditionallyRegisterParameter(index.ToString(), value);
        }
    }

    public int Count => OwnParameters.Count;

    public bool IsReadOnly => false;

    public void Add(Parameter item) => register_parameter(Count.ToString(), item);

    /// <summary>Adds parameters at the end.</summary>
    public void append(params Parameter[] parameters) => extend(parameters);

    /// <summary>Adds parameters at the end.</summary>
    public void extend(IEnumerable<Parameter> parameters)
    {
        foreach (var parameter in parameters) Add(parameter);
    }

    public void Clear() => Become([]);

    public bool Contains(Parameter item) => IndexOf(item) >= 0;

    public void CopyTo(Parameter[] array, int arrayIndex) => Items.CopyTo(array, arrayIndex);

    public IEnumerator<Parameter> GetEnumerator() => Items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public int IndexOf(Parameter item) => Items.FindIndex(parameter => ReferenceEquals(parameter, item));

    public void Insert(int index, Parameter item)
    {
        var items = Items;
        items.Insert(index, item);
        Become(items);
    }

    public bool Remove(Parameter item)
    {
        var index = IndexOf(item);
        if (index < 0) return false;
        RemoveAt(index);
        return true;
    }

    public void RemoveAt(int index)
    {
        var items = Items;
        items.RemoveAt(index);
        Become(items);
    }

    private void Become(List<Parameter> items)
    {
        OwnParameters.Clear();
        extend(items);
    }
}
