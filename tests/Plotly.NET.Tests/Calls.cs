using System.Reflection;
using System.Reflection.Emit;

namespace PlotlyTests;

/// <summary>Which methods of some assemblies code reaches, read from its instructions.</summary>
internal static class Calls
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    private const BindingFlags Any =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>The methods of the assemblies that the type's own methods call, directly or through others of these assemblies; a method that
    /// makes an object (a closure) is taken to call all of the object's methods.</summary>
    public static HashSet<MethodBase> ReachedFrom(Type start, params Assembly[] assemblies)
    {
        var reached = new HashSet<MethodBase>();
        var waiting = new Queue<MethodBase>(MethodsOf(start).Concat(start.GetNestedTypes(Any).SelectMany(MethodsOf)));
        while (waiting.TryDequeue(out var method))
        {
            foreach (var called in CalledBy(method).Where(called => assemblies.Contains(called.DeclaringType?.Assembly)))
            {
                IEnumerable<MethodBase> follow = called is ConstructorInfo ? MethodsOf(called.DeclaringType!) : [called];
                foreach (var next in follow.Append(called))
                    if (reached.Add(next)) waiting.Enqueue(next);
            }
        }
        return reached;
    }

    private static IEnumerable<MethodBase> MethodsOf(Type type) => type.GetMethods(Any).Concat<MethodBase>(type.GetConstructors(Any));

    private static IEnumerable<MethodBase> CalledBy(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code) yield break;
        var typeArguments = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var methodArguments = method is MethodInfo { IsGenericMethod: true } ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            short value = code[at++];
            if (value == 0xFE) value = (short)(0xFE00 | code[at++]);
            var operation = Codes[value];
            if (operation.OperandType is OperandType.InlineMethod or OperandType.InlineTok
                && Resolve(method.Module, BitConverter.ToInt32(code, at), typeArguments, methodArguments) is { } called)
                yield return Definition(called);
            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
    }

    private static MethodBase? Resolve(Module module, int token, Type[]? typeArguments, Type[]? methodArguments) =>
        module.ResolveMember(token, typeArguments, methodArguments) as MethodBase;

    private static MethodBase Definition(MethodBase method)
    {
        var declaring = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericTypeDefinition() : method.DeclaringType;
        return declaring is null ? method : (MethodBase)declaring.Module.ResolveMethod(method.MetadataToken)!;
    }
}
