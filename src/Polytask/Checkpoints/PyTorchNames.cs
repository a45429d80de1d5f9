using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>The names that a pickle of PyTorch may use: storages, the functions that make tensors of them, and containers.</summary>
internal sealed class PyTorchNames : PickleReader.INames
{
    private static readonly Dictionary<string, ScalarType> Storages = new()
    {
        ["torch.BoolStorage"] = ScalarType.Bool,
        ["torch.ByteStorage"] = ScalarType.Byte,
        ["torch.CharStorage"] = ScalarType.Int8,
        ["torch.ShortStorage"] = ScalarType.Int16,
        ["torch.IntStorage"] = ScalarType.Int32,
        ["torch.LongStorage"] = ScalarType.Int64,
        ["torch.HalfStorage"] = ScalarType.Float16,
        ["torch.BFloat16Storage"] = ScalarType.BFloat16,
        ["torch.FloatStorage"] = ScalarType.Float32,
        ["torch.DoubleStorage"] = ScalarType.Float64,
        ["torch.ComplexFloatStorage"] = ScalarType.ComplexFloat32,
        ["torch.ComplexDoubleStorage"] = ScalarType.ComplexFloat64,
    };

    private static readonly HashSet<string> Functions =
    [
        "collections.OrderedDict", "torch.Size", "torch.device", "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2",
        "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state",
    ];

    private static readonly HashSet<string> Types =
    [
        "torch.bool", "torch.uint8", "torch.int8", "torch.int16", "torch.int32", "torch.int64", "torch.float16", "torch.bfloat16", "torch.float32",
        "torch.float64", "torch.complex64", "torch.complex128",
    ];

    /// <summary>Numbers outside the pickle.</summary>
    /// <param name="Key">The name of their file in the archive.</param>
    /// <param name="Type">Their type.</param>
    /// <param name="Count">How many there are.</param>
    public sealed record Storage(string Key, ScalarType Type, long Count);

    /// <summary>A tensor: how it lies in a storage.</summary>
    public sealed record View(Storage Storage, long Offset, ImmutableArray<long> Sizes, ImmutableArray<long> Strides);

    private sealed record Name(string Text);

    /// <inheritdoc/>
    public object Global(string module, string name)
    {
        var text = $"{module}.{name}";
        if (Types.Contains(text)) return text;
        return Storages.ContainsKey(text) || Functions.Contains(text)
            ? new Name(text)
            : throw new InvalidDataException($"'{text}' is not a tensor or a container, so the file is refused; nothing of it was run. "
                + "In Python, save tensors only: torch.save(model.state_dict(), path)");
    }

    /// <inheritdoc/>
    public object? Call(object function, IReadOnlyList<object?> arguments) => (function as Name)?.Text switch
    {
        "collections.OrderedDict" => Dictionary(arguments),
        "torch.Size" when arguments is [PickleReader.Sequence sizes] => sizes,
        "torch.device" => string.Join(':', arguments),
        "torch._utils._rebuild_tensor" or "torch._utils._rebuild_tensor_v2"
            when arguments is [Storage storage, long offset, PickleReader.Sequence sizes, PickleReader.Sequence strides, ..] =>
            Checked(storage, offset, sizes, strides),
        "torch._utils._rebuild_parameter" or "torch._utils._rebuild_parameter_with_state" when arguments is [View view, ..] => view,
        { } name => throw new InvalidDataException($"'{name}' is called with arguments that PyTorch does not write"),
        null => throw new InvalidDataException($"its pickle calls a {function.GetType().Name}, which is not a function"),
    };

    /// <inheritdoc/>
    public object Persistent(object? key) =>
        key is PickleReader.Sequence { Items: ["storage", Name name, string file, _, long count, ..] }
            && Storages.TryGetValue(name.Text, out var type) && count >= 0
            ? new Storage(file, type, count)
            : throw new InvalidDataException("its pickle refers to something outside it that is not a storage of numbers");

    private static PickleReader.Pairs Dictionary(IReadOnlyList<object?> arguments)
    {
        var pairs = new PickleReader.Pairs();
        if (arguments.Count == 0) return pairs;
        if (arguments is not [List<object?> items]) throw new InvalidDataException("its pickle makes an OrderedDict of something else than a list");
        foreach (var item in items)
        {
            object?[]? pair = item switch { PickleReader.Sequence tuple => tuple.Items, List<object?> list => [.. list], _ => null };
            if (pair is not [{ } key, var value]) throw new InvalidDataException("its pickle makes an OrderedDict of something else than pairs");
            pairs.Add(new(key, value));
        }
        return pairs;
    }

    private static View Checked(Storage storage, long offset, PickleReader.Sequence sizes, PickleReader.Sequence strides)
    {
        static ImmutableArray<long> Numbers(PickleReader.Sequence sequence) => [.. sequence.Items.Select(item => item is long number and >= 0
            ? number
            : throw new InvalidDataException($"a tensor has the size or stride {item ?? "None"}; expected a whole number from 0 up"))];

        var (shape, steps) = (Numbers(sizes), Numbers(strides));
        var described = $"a tensor of shape [{string.Join(", ", shape)}], strides [{string.Join(", ", steps)}] and offset {offset}";
        if (shape.Length != steps.Length || offset < 0) throw new InvalidDataException($"{described} cannot be");
        try
        {
            var end = offset;
            if (!shape.Contains(0))
            {
                for (var i = 0; i < shape.Length; i++) end = checked(end + (shape[i] - 1) * steps[i]);
                end = checked(end + 1);
            }
            if (end > storage.Count) throw new InvalidDataException($"{described} reaches beyond its storage of {storage.Count} elements");
        }
        catch (OverflowException error)
        {
            throw new InvalidDataException($"{described} has more elements than can be counted", error);
        }
        return new(storage, offset, shape, steps);
    }
}
