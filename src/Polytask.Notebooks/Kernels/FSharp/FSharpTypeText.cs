using System.Text;
using FSharp.Compiler.Syntax;
using Microsoft.FSharp.Core;
using Microsoft.FSharp.Reflection;

namespace Polytask.Notebooks.Kernels.FSharp;

/// <summary>Types as F# source names them.</summary>
internal sealed class FSharpTypeText(Func<Type, bool> knows) : TypeText
{
    private const string Prefix = "FSharp";

    /// <inheritdoc />
    protected override string Root => "global.";

    /// <inheritdoc />
    protected override bool Knows(Type type) => knows(type);

    /// <inheritdoc />
    protected override string Quote(string name) => PrettyNaming.NormalizeIdentifierBackticks(name);

    /// <summary>F#'s own types are FSharpList and the like in metadata, List in source.</summary>
    protected override string SourceName(Type type) =>
        type.Assembly == typeof(Unit).Assembly && type.Name.StartsWith(Prefix, StringComparison.Ordinal)
            ? base.SourceName(type)[Prefix.Length..]
            : base.SourceName(type);

    /// <summary>What F# Interactive puts a cell's declarations into.</summary>
    protected override bool IsImplied(Type outermost) => outermost.Name.StartsWith("FSI_", StringComparison.Ordinal);

    /// <inheritdoc />
    protected override bool? WriteSpecial(Type type, StringBuilder text)
    {
        if (!FSharpType.IsFunction(type))
            return null;
        var (argument, result) = FSharpType.GetFunctionElements(type);
        text.Append('(');
        if (!Write(argument, text))
            return false;
        text.Append(" -> ");
        if (!Write(result, text))
            return false;
        text.Append(')');
        return true;
    }
}
