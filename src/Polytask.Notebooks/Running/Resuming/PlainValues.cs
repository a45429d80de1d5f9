using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Polytask.Notebooks.Running.Resuming;

/// <summary>A value is not plain data; the message says of what type it is.</summary>
internal sealed class NotPlainException(string message) : Exception(message);

/// <summary>
/// Plain data as JSON and back, exactly: numbers, texts, dates, enumerations, tuples, arrays, lists, dictionaries and sets of them. What
/// two variables share, they share afterwards too.
/// </summary>
internal static class PlainValues
{
    /// <summary>More than this is not worth to be written after a cell.</summary>
    private const long MostBytes = 64 << 20;

    private static readonly Dictionary<Type, (Func<object, string> Write, Func<string, object> Read)> Leaves = new()
    {
        [typeof(bool)] = (v => (bool)v ? "1" : "0", t => t == "1"),
        [typeof(char)] = (v => ((int)(char)v).ToString(CultureInfo.InvariantCulture), t => (char)int.Parse(t, CultureInfo.InvariantCulture)),
        [typeof(Half)] = Number<Half>(),
        [typeof(float)] = (v => BitConverter.SingleToInt32Bits((float)v).ToString(CultureInfo.InvariantCulture),
            t => BitConverter.Int32BitsToSingle(int.Parse(t, CultureInfo.InvariantCulture))),
        [typeof(double)] = (v => BitConverter.DoubleToInt64Bits((double)v).ToString(CultureInfo.InvariantCulture),
            t => BitConverter.Int64BitsToDouble(long.Parse(t, CultureInfo.InvariantCulture))),
        [typeof(decimal)] = Number<decimal>(),
        [typeof(sbyte)] = Number<sbyte>(),
        [typeof(byte)] = Number<byte>(),
        [typeof(short)] = Number<short>(),
        [typeof(ushort)] = Number<ushort>(),
        [typeof(int)] = Number<int>(),
        [typeof(uint)] = Number<uint>(),
        [typeof(long)] = Number<long>(),
        [typeof(ulong)] = Number<ulong>(),
        [typeof(Int128)] = Number<Int128>(),
        [typeof(System.Numerics.BigInteger)] = Number<System.Numerics.BigInteger>(),
        [typeof(DateTime)] = (v => ((DateTime)v).ToBinary().ToString(CultureInfo.InvariantCulture),
            t => DateTime.FromBinary(long.Parse(t, CultureInfo.InvariantCulture))),
        [typeof(DateTimeOffset)] = (v => ((DateTimeOffset)v).ToString("O", CultureInfo.InvariantCulture),
            t => DateTimeOffset.ParseExact(t, "O", CultureInfo.InvariantCulture)),
        [typeof(DateOnly)] = (v => ((DateOnly)v).DayNumber.ToString(CultureInfo.InvariantCulture),
            t => DateOnly.FromDayNumber(int.Parse(t, CultureInfo.InvariantCulture))),
        [typeof(TimeSpan)] = (v => ((TimeSpan)v).Ticks.ToString(CultureInfo.InvariantCulture),
            t => TimeSpan.FromTicks(long.Parse(t, CultureInfo.InvariantCulture))),
        [typeof(Guid)] = (v => ((Guid)v).ToString("N"), t => Guid.ParseExact(t, "N")),
    };

    private static (Func<object, string>, Func<string, object>) Number<T>() where T : struct, IFormattable, IParsable<T> =>
        (v => ((T)v).ToString(null, CultureInfo.InvariantCulture), t => T.Parse(t, CultureInfo.InvariantCulture));

    private static bool IsTuple(Type type) =>
        typeof(ITuple).IsAssignableFrom(type) || type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    private static bool IsCollection(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;

    private static FieldInfo[] FieldsOf(Type type) => type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

    /// <summary>A type that another process finds by its name: of a file, not of a cell.</summary>
    private static bool HasName(Type type) =>
        type.HasElementType ? HasName(type.GetElementType()!) : type.Assembly.Location.Length > 0 && type.GetGenericArguments().All(HasName);

    private static bool IsPlain(Type type) =>
        type == typeof(string) || Leaves.ContainsKey(type) || type.IsEnum || IsTuple(type) || type.IsArray
            && type.GetElementType() is { IsPointer: false }
        || IsCollection(type, typeof(List<>)) || IsCollection(type, typeof(Dictionary<,>)) || IsCollection(type, typeof(HashSet<>));

    /// <summary>Collects the objects of a session.</summary>
    public sealed class Writer
    {
        private readonly Dictionary<object, long> _places = new(ReferenceEqualityComparer.Instance);
        private long _bytes;

        /// <summary>The objects that values refer to by their place.</summary>
        public JsonArray Objects { get; } = [];

        /// <summary>A value: null, a text for a leaf of the declared type, a place for an object.</summary>
        public JsonNode? Write(object? value, Type declared)
        {
            if (value is null)
                return null;
            var type = value.GetType();
            if (type == (Nullable.GetUnderlyingType(declared) ?? declared) && type.IsValueType)
                return Inline(value, type);
            if (_places.TryGetValue(value, out var place))
                return JsonValue.Create(place);
            if (!IsPlain(type) || !HasName(type))
                throw new NotPlainException($"is a {Display.ValueMembers.Name(type)}, which is not plain data");
            place = Objects.Count;

            // A boxed value has no identity that a cell could rely on; everything else keeps it.
            if (!type.IsValueType)
                _places[value] = place;
            var body = new JsonObject { ["type"] = type.AssemblyQualifiedName };
            Objects.Add((JsonNode)body);
            body["value"] = Body(value, type);
            return JsonValue.Create(place);
        }

        private JsonNode Inline(object value, Type type)
        {
            if (Leaves.TryGetValue(type, out var leaf))
                return Counted(leaf.Write(value));
            if (type.IsEnum)
                return Counted(Convert.ChangeType(value, Enum.GetUnderlyingType(type), CultureInfo.InvariantCulture).ToString()!);
            if (IsTuple(type))
                return Members(value, type);
            throw new NotPlainException($"is a {Display.ValueMembers.Name(type)}, which is not plain data");
        }

        private JsonNode Body(object value, Type type)
        {
            switch (value)
            {
                case string text:
                    return Counted(text);
                case Array array:
                    return ArrayOf(array, type.GetElementType()!);
                case IList list:
                    return Items(list, type.GetGenericArguments()[0]);
                case IDictionary dictionary:
                    CheckOrder(value, type);
                    var (key, item) = (type.GetGenericArguments()[0], type.GetGenericArguments()[1]);
                    var pairs = new JsonArray();
                    foreach (DictionaryEntry entry in dictionary)
                        pairs.Add((JsonNode)new JsonArray(Write(entry.Key, key), Write(entry.Value, item)));
                    return pairs;
                case IEnumerable set when IsCollection(type, typeof(HashSet<>)):
                    CheckOrder(value, type);
                    return Items(set, type.GetGenericArguments()[0]);
                default:
                    return type.IsValueType ? Inline(value, type) : Members(value, type);
            }
        }

        private JsonNode ArrayOf(Array array, Type element)
        {
            var lengths = new JsonArray([.. Enumerable.Range(0, array.Rank).Select(d => (JsonNode)(long)array.GetLength(d))]);
            if (Enumerable.Range(0, array.Rank).Any(d => array.GetLowerBound(d) != 0))
                throw new NotPlainException("is an array that does not start at 0");
            if (!element.IsPrimitive || element == typeof(nint) || element == typeof(nuint))
                return new JsonObject { ["lengths"] = lengths, ["items"] = Items(array, element) };
            var bytes = new byte[Buffer.ByteLength(array)];
            Buffer.BlockCopy(array, 0, bytes, 0, bytes.Length);
            return new JsonObject { ["lengths"] = lengths, ["bytes"] = Counted(Convert.ToBase64String(bytes)) };
        }

        private JsonArray Items(IEnumerable values, Type declared)
        {
            var items = new JsonArray();
            foreach (var value in values)
                items.Add(Write(value, declared));
            return items;
        }

        private JsonArray Members(object value, Type type) => new([.. FieldsOf(type).Select(f => Write(f.GetValue(value), f.FieldType))]);

        /// <summary>What was removed from a dictionary leaves a gap that the next entry fills, and another comparer finds other keys: neither could
        /// be rebuilt.</summary>
        private static void CheckOrder(object collection, Type type)
        {
            var comparer = type.GetProperty("Comparer")!.GetValue(collection);
            var usual = typeof(EqualityComparer<>).MakeGenericType(type.GetGenericArguments()[0]).GetProperty("Default")!.GetValue(null);
            if (!Equals(comparer, usual) || type.GetField("_freeCount",
                BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(collection) is not 0)
                throw new NotPlainException("is a collection with a comparer of its own, or from which something was removed");
        }

        private JsonNode Counted(string text)
        {
            _bytes += text.Length + 8;
            return _bytes <= MostBytes ? JsonValue.Create(text)
                : throw new NotPlainException($"and the other variables are more than {MostBytes >> 20} MB");
        }
    }

    /// <summary>Rebuilds the objects of a session.</summary>
    public sealed class Reader(JsonArray objects)
    {
        private readonly object?[] _built = new object?[objects.Count];

        /// <summary>The value that was written for a variable of this type.</summary>
        public object? Read(JsonNode? saved, Type declared)
        {
            if (saved is null)
                return null;
            var plain = Nullable.GetUnderlyingType(declared) ?? declared;
            return saved is JsonValue value && value.TryGetValue<long>(out var place) ? Object((int)place) : Inline(saved, plain);
        }

        private object Object(int place)
        {
            if (_built[place] is { } built)
                return built;
            var saved = (JsonObject)objects[place]!;
            var type = Type.GetType((string)saved["type"]!) ?? throw new NotPlainException($"there is no type {saved["type"]}");
            if (!IsPlain(type))
                throw new NotPlainException($"{type} is not plain data");
            return Body(place, saved["value"]!, type);
        }

        private object Inline(JsonNode saved, Type type)
        {
            if (Leaves.TryGetValue(type, out var leaf))
                return leaf.Read((string)saved!);
            if (type.IsEnum)
                return Enum.ToObject(type, Convert.ChangeType((string)saved!, Enum.GetUnderlyingType(type), CultureInfo.InvariantCulture));
            return Members((JsonArray)saved, type);
        }

        private object Members(JsonArray saved, Type type)
        {
            var result = RuntimeHelpers.GetUninitializedObject(type);
            foreach (var (field, value) in FieldsOf(type).Zip(saved))
                field.SetValue(result, Read(value, field.FieldType));
            return result;
        }

        private object Body(int place, JsonNode saved, Type type)
        {
            if (type == typeof(string))
                return _built[place] = (string)saved!;
            if (type.IsArray)
                return ArrayOf(place, (JsonObject)saved, type.GetElementType()!);
            if (type.IsValueType)
                return _built[place] = Inline(saved, type);
            if (IsTuple(type))
                return _built[place] = Members((JsonArray)saved, type);

            // Before its items, which may hold it.
            var collection = _built[place] = Activator.CreateInstance(type)!;
            var arguments = type.GetGenericArguments();
            var add = collection is IList or IDictionary ? null : type.GetMethod("Add", arguments);
            foreach (var item in (JsonArray)saved)
            {
                if (collection is IDictionary dictionary)
                    dictionary.Add(Read(item![0], arguments[0])!, Read(item[1], arguments[1]));
                else if (collection is IList list)
                    list.Add(Read(item, arguments[0]));
                else
                    add!.Invoke(collection, [Read(item, arguments[0])]);
            }
            return collection;
        }

        private object ArrayOf(int place, JsonObject saved, Type element)
        {
            var lengths = ((JsonArray)saved["lengths"]!).Select(l => (int)(long)l!).ToArray();
            var array = Array.CreateInstance(element, lengths);
            _built[place] = array;
            if (saved["bytes"] is { } bytes)
            {
                var data = Convert.FromBase64String((string)bytes!);
                Buffer.BlockCopy(data, 0, array, 0, data.Length);
                return array;
            }
            var index = new int[lengths.Length];
            foreach (var item in (JsonArray)saved["items"]!)
            {
                array.SetValue(Read(item, element), index);
                for (var d = index.Length - 1; d >= 0 && ++index[d] == lengths[d]; d--)
                    index[d] = 0;
            }
            return array;
        }
    }
}
