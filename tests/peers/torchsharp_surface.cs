// How the stand-in's public surface differs from TorchSharp's own: what only one of them has, and members whose types, names of
// arguments or defaults differ.
//
//   dotnet run tests/peers/torchsharp_surface.cs -- <TorchSharp's TorchSharp.dll> [<the stand-in's TorchSharp.dll>]
//
// TorchSharp's managed assembly is enough (no libtorch is loaded); what it references must lie beside it.
#:property PublishAot=false

using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

if (args.Length is < 1 or > 2)
{
    Console.Error.WriteLine("usage: torchsharp_surface.cs <TorchSharp's TorchSharp.dll> [<the stand-in's TorchSharp.dll>]");
    return 2;
}
var standIn = args.Length == 2 ? args[1] : "src/compat/TorchSharp/bin/Debug/net10.0/TorchSharp.dll";
var (upstream, ours) = (Surface.Of(args[0]), Surface.Of(standIn));

Section("only in the stand-in", ours.Where(member => !upstream.ContainsKey(member.Key)).Select(member => $"{member.Key} -> {member.Value}"));
Section("different", ours.Where(member => upstream.TryGetValue(member.Key, out var other) && other != member.Value)
    .Select(member => $"{member.Key}\n    TorchSharp  {upstream[member.Key]}\n    stand-in    {member.Value}"));
Section("only in TorchSharp", upstream.Where(member => !ours.ContainsKey(member.Key)).Select(member => $"{member.Key} -> {member.Value}"));
return 0;

static void Section(string title, IEnumerable<string> lines)
{
    var all = lines.ToArray();
    Console.WriteLine($"## {title}: {all.Length}");
    foreach (var line in all) Console.WriteLine(line);
}

internal static class Surface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Every public or protected member: its name with its argument types, and the rest of its declaration.</summary>
    public static SortedDictionary<string, string> Of(string path)
    {
        var members = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var assembly = new Beside(Path.GetFullPath(path)).LoadFromAssemblyPath(Path.GetFullPath(path));
        foreach (var type in assembly.GetExportedTypes().Where(type => !Foreign(type)))
        {
            var name = Name(type);
            members[$"type {name}"] = $"{Kind(type)} : {(type.BaseType is null ? "" : Name(type.BaseType))}";
            foreach (var method in type.GetMethods(Declared).Where(Seen).Where(method => !Accessor(method) && method.Name != "Finalize"))
            {
                var generic = method.IsGenericMethod ? $"<{method.GetGenericArguments().Length}>" : "";
                members[$"{name}.{method.Name}{generic}({Types(method.GetParameters())})"] =
                    $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)}{Tuple(method.ReturnTypeCustomAttributes)} ({Full(method.GetParameters())})";
            }
            foreach (var constructor in type.GetConstructors(Declared).Where(Seen).Where(constructor => !constructor.IsStatic))
                members[$"{name}.new({Types(constructor.GetParameters())})"] = $"({Full(constructor.GetParameters())})";
            foreach (var property in type.GetProperties(Declared).Where(property => property.GetAccessors(true).Any(Seen)))
            {
                var index = property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{Types(parameters)}]" : "";
                var get = property.GetMethod is { } getter && Seen(getter) ? " get" : "";
                var set = property.SetMethod is { } setter && Seen(setter) ? " set" : "";
                members[$"{name}.{property.Name}{index}"] = $"{Name(property.PropertyType)}{get}{set}";
            }
            foreach (var field in type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily))
                members[$"{name}.{field.Name}"] = $"{Name(field.FieldType)}{(field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "")}";
        }
        return members;
    }

    // Classes that tools have written into TorchSharp, which nobody calls by name.
    private static bool Foreign(Type type) =>
        type.FullName!.Contains("Tensorboard") || type.FullName.Contains("tensorboard") || type.FullName.Contains("Protobuf");

    private static bool Seen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool Accessor(MethodInfo method) =>
        method.IsSpecialName && (method.Name.StartsWith("get_", StringComparison.Ordinal) || method.Name.StartsWith("set_", StringComparison.Ordinal));

    private static string Kind(Type type) =>
        type.IsEnum ? "enum" : type.IsValueType ? "struct" : type.IsInterface ? "interface" : type.IsAbstract ? "abstract class" : "class";

    private static string Types(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(Type));

    private static string Type(ParameterInfo parameter) =>
        (parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "") + Name(parameter.ParameterType);

    private static string Full(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(parameter =>
        $"{Type(parameter)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "null"}" : "")}"));

    private static string Tuple(ICustomAttributeProvider result) =>
        result.GetCustomAttributes(false).OfType<TupleElementNamesAttribute>().FirstOrDefault() is { } names
            ? $"({string.Join(", ", names.TransformNames)})" : "";

    private static string Name(Type type)
    {
        if (type.IsByRef) return $"ref {Name(type.GetElementType()!)}";
        if (type.IsArray) return $"{Name(type.GetElementType()!)}[]";
        if (type.IsGenericParameter) return type.Name;
        if (Nullable.GetUnderlyingType(type) is { } value) return $"{Name(value)}?";
        var plain = (type.FullName ?? $"{type.Namespace}.{type.Name}").Split('[')[0].Replace("TorchSharp.", "").Replace("torch+", "").Replace("System.", "");
        if (!type.IsGenericType) return plain;
        return $"{string.Concat(plain.Split('`').Select((part, k) => k == 0 ? part : part.TrimStart("0123456789".ToCharArray())))}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }

    /// <summary>A context of its own for each file: both assemblies have the same name.</summary>
    private sealed class Beside(string path) : AssemblyLoadContext
    {
        protected override Assembly? Load(AssemblyName name)
        {
            var file = Path.Combine(Path.GetDirectoryName(path)!, name.Name + ".dll");
            return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
        }
    }
}
