using System.Text;

namespace Polytask.Notebooks.Kernels;

/// <summary>Types as the source of a language names them.</summary>
internal abstract class TypeText
{
    /// <summary>What makes a name absolute.</summary>
    protected abstract string Root { get; }

    /// <summary>Whether source can refer to a type's assembly.</summary>
    protected abstract bool Knows(Type type);

    /// <summary>A name of metadata as an identifier of the language, which may have it as a keyword.</summary>
    protected abstract string Quote(string name);

    /// <summary>What source calls a type that metadata calls otherwise.</summary>
    protected virtual string SourceName(Type type) => type.Name.Split('`')[0];

    /// <summary>Whether names of an outermost type's members stand without it.</summary>
    protected virtual bool IsImplied(Type outermost) => false;

    /// <summary>Writes a type that has a syntax of its own.</summary>
    /// <returns>null where it has none, else whether source can name its parts.</returns>
    protected virtual bool? WriteSpecial(Type type, StringBuilder text) => null;

    /// <summary>The name, or null where source cannot name the type.</summary>
    public string? Of(Type type)
    {
        var text = new StringBuilder();
        return Write(type, text) ? text.ToString() : null;
    }

    protected bool Write(Type type, StringBuilder text)
    {
        if (WriteSpecial(type, text) is { } written)
            return written;
        if (type.IsArray)
        {
            // Arrays of arrays with ranks above one are read in opposite orders by the two languages.
            var element = type.GetElementType()!;
            if (element.IsArray && (type.GetArrayRank() > 1 || element.GetArrayRank() > 1) || !Write(element, text))
                return false;
            text.Append('[').Append(',', type.GetArrayRank() - 1).Append(']');
            return true;
        }
        if (type.IsPointer || type.IsByRef || type.IsByRefLike || type.IsGenericParameter || !type.IsVisible || !Knows(type))
            return false;

        // A nested type's arguments begin with those of the types around it.
        var chain = new List<Type>();
        for (var at = type; at is not null; at = at.DeclaringType)
            chain.Insert(0, at.IsGenericType ? at.GetGenericTypeDefinition() : at);
        var arguments = type.GetGenericArguments();
        var used = 0;
        if (chain.Count > 1 && IsImplied(chain[0]))
            chain.RemoveAt(0);
        else
            text.Append(Root);
        if (type.Namespace is { } space)
            text.Append(string.Join('.', space.Split('.').Select(Quote))).Append('.');
        for (var i = 0; i < chain.Count; i++)
        {
            var name = SourceName(chain[i]);
            if (name.Any(c => !char.IsLetterOrDigit(c) && c != '_'))
                return false;
            text.Append(i == 0 ? "" : ".").Append(Quote(name));
            var count = chain[i].GetGenericArguments().Length;
            if (count == used)
                continue;
            text.Append('<');
            for (var first = used; used < count; used++)
            {
                text.Append(used == first ? "" : ",");
                if (!Write(arguments[used], text))
                    return false;
            }
            text.Append('>');
        }
        return true;
    }
}
