using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Polytask.Notebooks.Running.Resuming;

/// <summary>
/// Plain data as JSON and back, exactly: numbers, texts, dates, enumerations, tuples, arrays, lists, dictionaries and sets of them, objects
/// that are no more than their fields, and what a host has savers for. What two variables share, they share afterwards too.
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

    /// <summary>Every field of a type, those that its base classes hide included.</summary>
    private static IEnumerable<FieldInfo> AllFields(Type type)
    {
        for (var at = type; at is not null; at = at.BaseType)
            foreach (var field in at.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                yield return field;
    }

    private static bool IsPlain(Type type) =>
        type == typeof(string) || Leaves.ContainsKey(type) || type.IsEnum || IsTuple(type) || type.IsArray
            && type.GetElementType() is { IsPointer: false }
        || IsCollection(type, typeof(List<>)) || IsCollection(type, typeof(Dictionary<,>)) || IsCollection(type, typeof(HashSet<>))
        || IsCollection(type, typeof(OrderedDictionary<,>));

    /// <summary>Collects the objects of a session.</summary>
    /// <param name="types">Which types can be saved, and how.</param>
    public sealed class Writer(SavableTypes types)
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
            if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
                throw new NotSavableException("is nested too deeply");
            var type = value.GetType();
            if (type == (Nullable.GetUnderlyingType(declared) ?? declared) && type.IsValueType)
                return Inline(value, type);
            if (_places.TryGetValue(value, out var place))
                return JsonValue.Create(place);
            place = Objects.Count;

            // A boxed value has no identity that a cell could rely on; everything else keeps it.
            if (!type.IsValueType)
                _places[value] = place;
            var body = new JsonObject { ["type"] = type.AssemblyQualifiedName };
            Objects.Add((JsonNode)body);
            if (types.SaverOf(type) is { } saver)
                body["saved"] = Counted(Convert.ToBase64String(saver.Write(value)));
            else if (value is Delegate function && types.HasName(type))
                body["function"] = Function(function);
            else if (IsPlain(type) && types.HasName(type))
                body["value"] = Body(value, type);
            else if (types.IsItsFields(type))
                body["fields"] = Fields(value, type);
            else
                throw NotPlain(type);
            return JsonValue.Create(place);
        }

        private static NotSavableException NotPlain(Type type) =>
            new(Display.ValueMembers.Name(type) is { Length: > 0 } name ? $"is a {name}, which is not plain data" : "is of an anonymous type");

        private JsonObject Function(Delegate function)
        {
            var method = function.Method;
            if (!function.HasSingleTarget || method.IsGenericMethod || method.DeclaringType is not { } owner || !types.HasCode(owner))
                throw new NotSavableException($"is or holds a function ({Display.ValueMembers.Name(function.GetType())}), which is not plain data");
            return new JsonObject
            {
                ["owner"] = owner.AssemblyQualifiedName,
                ["token"] = (long)method.MetadataToken,
                ["target"] = Write(function.Target, typeof(object)),
            };
        }

        private JsonArray Fields(object value, Type type)
        {
            var fields = new JsonArray();
            foreach (var field in AllFields(type))
            {
                try
                {
                    fields.Add(Write(field.GetValue(value), field.FieldType));
                }
                catch (NotSavableException refusal) when (!refusal.Message.StartsWith("holds ", StringComparison.Ordinal))
                {
                    // The innermost of several objects says why; the outermost is the variable's.
                    throw new NotSavableException($"holds {field.DeclaringType!.Name}.{Readable(field.Name)}, which {refusal.Message}");
                }
            }
            return fields;
        }

        private static string Readable(string field) => field.StartsWith('<') ? field[1..].Split('>')[0] : field;

        private JsonNode Inline(object value, Type type)
        {
            if (Leaves.TryGetValue(type, out var leaf))
                return Counted(leaf.Write(value));
            if (type.IsEnum)
                return Counted(Convert.ChangeType(value, Enum.GetUnderlyingType(type), CultureInfo.InvariantCulture).ToString()!);
            if (IsTuple(type))
                return Members(value, type);
            return types.IsItsFields(type) ? Fields(value, type) : throw NotPlain(type);
        }

        private JsonNode Body(object value, Type type)
        {
            switch (value)
            {
                case string text:
                    return Counted(text);
                case Array array:
                    return ArrayOf(array, type.GetElementType()!);
                case IList list when value is not IDictionary:
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
                throw new NotSavableException("is an array that does not start at 0");
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
            var leavesGaps = !IsCollection(type, typeof(OrderedDictionary<,>));
            if (!Equals(comparer, usual) || leavesGaps && type.GetField("_freeCount",
                BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(collection) is not 0)
                throw new NotSavableException("is a collection with a comparer of its own, or from which something was removed");
        }

        private JsonNode Counted(string text)
        {
            _bytes += text.Length + 8;
            return _bytes <= MostBytes ? JsonValue.Create(text)
                : throw new NotSavableException($"and the other variables are more than {MostBytes >> 20} MB");
        }
    }

    /// <summary>Rebuilds the objects of a session.</summary>
    /// <param name="objects">What a writer collected.</param>
    /// <param name="types">The types of this process.</param>
    public sealed class Reader(JsonArray objects, SavableTypes types)
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
            var type = types.Find((string)saved["type"]!);
            if (saved["saved"] is { } bytes)
                return _built[place] = (types.SaverOf(type) ?? throw new NotSavableException($"there is no saver of {type}"))
                    .Read(Convert.FromBase64String((string)bytes!));
            if (saved["function"] is JsonObject function)
                return _built[place] = Function(function, type);
            if (saved["fields"] is JsonArray fields && types.IsItsFields(type))
                return Filled(_built[place] = RuntimeHelpers.GetUninitializedObject(type), fields, type);
            return IsPlain(type) ? Body(place, saved["value"]!, type) : throw new NotSavableException($"{type} is not plain data");
        }

        private Delegate Function(JsonObject saved, Type type)
        {
            var owner = types.Find((string)saved["owner"]!);
            var method = owner.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                .FirstOrDefault(m => m.MetadataToken == (int)(long)saved["token"]!) ?? throw new NotSavableException($"{owner} has another form now");
            return Delegate.CreateDelegate(type, Read(saved["target"], typeof(object)), method);
        }

        private object Filled(object result, JsonArray saved, Type type)
        {
            foreach (var (field, value) in AllFields(type).Zip(saved))
                field.SetValue(result, Read(value, field.FieldType));
            return result;
        }

        private object Inline(JsonNode saved, Type type)
        {
            if (Leaves.TryGetValue(type, out var leaf))
                return leaf.Read((string)saved!);
            if (type.IsEnum)
                return Enum.ToObject(type, Convert.ChangeType((string)saved!, Enum.GetUnderlyingType(type), CultureInfo.InvariantCulture));
            return IsTuple(type) ? Members((JsonArray)saved, type) : Filled(RuntimeHelpers.GetUninitializedObject(type), (JsonArray)saved, type);
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
