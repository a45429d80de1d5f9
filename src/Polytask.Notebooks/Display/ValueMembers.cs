using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Polytask.Notebooks.Display;

/// <summary>What there is to show of a type: its public properties and fields, or its own text.</summary>
internal static class ValueMembers
{
    /// <summary>Of F#'s SourceConstructFlags.</summary>
    private const int KindMask = 31, UnionKind = 1;

    private static readonly ConcurrentDictionary<Type, IReadOnlyList<Member>> Known = new();
    private static readonly ConcurrentDictionary<Type, bool> Unions = new();

    /// <summary>A named value of an object. A getter that throws shows its exception instead of failing the cell.</summary>
    public sealed record Member(string Name, Func<object, object?> Read)
    {
        public object? Get(object owner)
        {
            try
            {
                return Read(owner);
            }
            catch (TargetInvocationException error)
            {
                return error.InnerException;
            }
        }
    }

    public static IReadOnlyList<Member> Of(Type type) => Known.GetOrAdd(type, static t =>
    [
        .. t.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0 && !p.PropertyType.IsByRefLike && !p.PropertyType.IsPointer)
            .Select(p => new Member(p.Name, p.GetValue)),
        .. t.GetFields(BindingFlags.Public | BindingFlags.Instance).Where(f => !f.FieldType.IsPointer).Select(f => new Member(f.Name, f.GetValue)),
    ]);

    /// <summary>
    /// Whether the type says itself how it looks: it overrides ToString and is not a record, whose text only lists its members. The
    /// members of an F# union are its machinery: its text names the case. F#'s collections are shown like any other.
    /// </summary>
    public static bool HasOwnText(Type type)
    {
        if (type.Namespace == "Microsoft.FSharp.Collections")
            return false;
        if (Unions.GetOrAdd(type, IsUnion))
            return true;
        var method = type.GetMethod(nameof(ToString), BindingFlags.Public | BindingFlags.Instance, []);
        var owner = method?.DeclaringType;
        return owner is not null && owner != typeof(object) && owner != typeof(ValueType) && !IsAnonymous(type)
               && !method!.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);
    }

    /// <summary>A short name for a type: List&lt;Int32&gt; rather than List`1, and nothing for anonymous ones.</summary>
    public static string Name(Type type)
    {
        if (IsAnonymous(type))
            return "";
        var tick = type.Name.IndexOf('`');
        return tick < 0 ? type.Name : $"{type.Name[..tick]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }

    /// <summary>By name: a notebook without F# does not load F#'s library for this.</summary>
    private static bool IsUnion(Type type)
    {
        for (var at = type; at is not null && at != typeof(object); at = at.BaseType)
            foreach (var attribute in at.GetCustomAttributesData())
                if (attribute.AttributeType.FullName == "Microsoft.FSharp.Core.CompilationMappingAttribute"
                    && attribute.ConstructorArguments is [{ Value: int kind }, ..] && (kind & KindMask) == UnionKind)
                    return true;
        return false;
    }

    private static bool IsAnonymous(Type type) => type.Name.Contains("AnonymousType", StringComparison.Ordinal);
}
