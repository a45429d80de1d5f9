using System.Buffers.Binary;
using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using TorchSharp;

namespace Polytask;

/// <summary>
/// A declaration or its data as bytes that depend on their content alone: the same in every process and on every machine. A value of this library is
/// its fields, by name; a tensor is its type, shape and numbers; a dictionary or a set has no order. What a program adds of its own (a delegate, a
/// type that this library does not know) has code that cannot be read: it is listed in <see cref="OwnCode"/>.
/// </summary>
internal sealed class CanonicalForm : IDisposable
{
    private static readonly Assembly Library = typeof(Model).Assembly;
    private static readonly Assembly Engine = typeof(torch).Assembly;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly HashSet<object> open = new(ReferenceEqualityComparer.Instance);
    private readonly OwnCodeIdentities? identities;
    private readonly Dictionary<torch.Tensor, byte[]> tensors;
    private readonly List<string> ownCode = [];

    /// <param name="identities">Tells own code apart inside this process; null where the bytes must mean the same in another one.</param>
    /// <param name="tensors">The hashes of tensors met before.</param>
    public CanonicalForm(OwnCodeIdentities? identities = null, Dictionary<torch.Tensor, byte[]>? tensors = null) =>
        (this.identities, this.tensors) = (identities, tensors ?? new(ReferenceEqualityComparer.Instance));

    /// <summary>The places that hold code which is not the library's, with what stands there.</summary>
    public IReadOnlyList<string> OwnCode => ownCode;

    /// <summary>Adds a value.</summary>
    /// <param name="place">What messages call the place of the value.</param>
    /// <param name="value">Any value.</param>
    public void Add(string place, object? value) => Write(value, place);

    /// <summary>Adds which object this is, whatever it holds; inside this process only.</summary>
    public void AddIdentity(object value) => Number(identities!.Of(value));

    /// <summary>SHA-256 of everything added.</summary>
    public byte[] Hash() => hash.GetCurrentHash();

    /// <summary>The builds of the library and the engine: another build may compute otherwise.</summary>
    public static string Builds { get; } =
        $"{Library.ManifestModule.ModuleVersionId} {Engine.ManifestModule.ModuleVersionId}";

    private void Write(object? value, string place)
    {
        switch (value)
        {
            case null:
                Text("null");
                break;
            case string text:
                Text("text");
                Text(text);
                break;
            case double number:
                Tagged("double", BitConverter.DoubleToInt64Bits(number));
                break;
            case float number:
                Tagged("float", BitConverter.SingleToInt32Bits(number));
                break;
            case Enum or bool or char or sbyte or byte or short or ushort or int or uint or long or ulong or decimal:
                Text(value.GetType().FullName!);
                Text(((IConvertible)value).ToString(CultureInfo.InvariantCulture));
                break;
            case DateTime or DateTimeOffset or TimeSpan or Guid or DateOnly or TimeOnly:
                Text(value.GetType().FullName!);
                Text(((IFormattable)value).ToString(value is TimeSpan or Guid ? null : "O", CultureInfo.InvariantCulture));
                break;
            case Type type:
                Text("type");
                Text(type.FullName ?? type.Name);
                break;
            case torch.Tensor tensor:
                Text("tensor");
                hash.AppendData(HashOf(tensor));
                break;
            case torch.Device device:
                Text("device");
                Text(device.ToString());
                break;
            default:
                WriteObject(value, place);
                break;
        }
    }

    private void WriteObject(object value, string place)
    {
        var type = value.GetType();
        // A value that holds itself would be written without end.
        if (!type.IsValueType && !open.Add(value))
        {
            Own(value, place);
            return;
        }
        if (value is Delegate function) Write(function, place);
        // An array of this library's values is of this library's assembly too: it is asked first.
        else if (value is Array array) Sequence("list" + string.Concat(Lengths(array).Select(length => $" {length}")), array.Cast<object?>(), place);
        else if (IsOfRuntime(type) && value is IDictionary dictionary) Unordered("dictionary", dictionary.Cast<object>().ToArray(), place);
        else if (IsOfRuntime(type) && IsSet(type)) Unordered("set", ((IEnumerable)value).Cast<object?>().ToArray(), place);
        else if (IsOfRuntime(type) && value is ITuple tuple) Sequence("tuple", Enumerable.Range(0, tuple.Length).Select(i => tuple[i]), place);
        else if (IsOfRuntime(type) && value is IEnumerable items) Sequence("list", Items(type, items), place);
        else if (IsOfLibrary(type) || IsPair(type)) Fields(value, type, place);
        else Own(value, place);
        if (!type.IsValueType) open.Remove(value);
    }

    private void Write(Delegate function, string place)
    {
        var calls = function.GetInvocationList();
        if (!calls.All(call => call.Method.DeclaringType is { } declaring && IsKnownCode(declaring)))
        {
            Own(function, place);
            return;
        }
        Tagged("function", calls.Length);
        foreach (var call in calls)
        {
            Text(call.Method.DeclaringType!.FullName!);
            Text(call.Method.ToString()!);
            // What the function closes over: its fields, where the compiler made the type for it.
            if (call.Target is { } target) Write(target, place);
        }
    }

    private void Fields(object value, Type type, string place)
    {
        Text(type.FullName ?? type.Name);
        foreach (var (name, field) in DeclaredFields.Of(type))
        {
            Text(name);
            Write(field.GetValue(value), $"{place}.{name}");
        }
    }

    private void Sequence(string kind, IEnumerable<object?> items, string place)
    {
        var listed = items.ToArray();
        Tagged(kind, listed.Length);
        for (var i = 0; i < listed.Length; i++) Write(listed[i], $"{place}[{i}]");
    }

    private void Unordered(string kind, object?[] items, string place)
    {
        Tagged(kind, items.Length);
        foreach (var item in items.Select(item =>
        {
            using var part = new CanonicalForm(identities, tensors);
            part.Write(item, place);
            ownCode.AddRange(part.ownCode);
            return part.Hash();
        }).OrderBy(Convert.ToHexString, StringComparer.Ordinal)) hash.AppendData(item);
    }

    private void Own(object value, string place)
    {
        var type = value.GetType();
        ownCode.Add($"{place}: {(value is Delegate ? "a function" : type.Name)}");
        Tagged("own code", identities?.Of(value) ?? 0);
    }

    private byte[] HashOf(torch.Tensor tensor)
    {
        if (tensors.TryGetValue(tensor, out var known)) return known;
        using var content = new ContentHash().Add(tensor);
        return tensors[tensor] = Encoding.UTF8.GetBytes(content.ToString());
    }

    private void Tagged(string tag, long number)
    {
        Text(tag);
        Number(number);
    }

    private void Text(string text)
    {
        // Length first: no two lists of texts give the same bytes.
        var bytes = Encoding.UTF8.GetBytes(text);
        Number(bytes.Length);
        hash.AppendData(bytes);
    }

    private void Number(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }

    // One length alone says no more than the number of items.
    private static IEnumerable<int> Lengths(Array array) => array.Rank == 1 ? [] : Enumerable.Range(0, array.Rank).Select(array.GetLength);

    // A default ImmutableArray throws when it is read.
    private static IEnumerable<object?> Items(Type type, IEnumerable items) =>
        type.GetProperty("IsDefault") is { } isDefault && type.IsValueType && (bool)isDefault.GetValue(items)! ? [] : items.Cast<object?>();

    private static bool IsSet(Type type) => type.GetInterfaces().Any(each => each.IsGenericType
        && (each.GetGenericTypeDefinition() == typeof(ISet<>) || each.GetGenericTypeDefinition() == typeof(IReadOnlySet<>)));

    private static bool IsPair(Type type) => type == typeof(DictionaryEntry)
        || type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    private static bool IsOfLibrary(Type type) => type.Assembly == Library || type.Assembly.GetName().Name == "Polytask.FSharp";

    private static bool IsOfRuntime(Type type) => type.Assembly.GetName().Name is { } name
        && (name.StartsWith("System.", StringComparison.Ordinal) || name == "FSharp.Core");

    private static bool IsKnownCode(Type type) => IsOfLibrary(type) || type.Assembly == Engine || IsOfRuntime(type);

    public void Dispose() => hash.Dispose();
}
