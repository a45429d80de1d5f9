using Microsoft.CodeAnalysis.CSharp;

namespace Polytask.Notebooks.Kernels.CSharp.Assistance;

/// <summary>The identifier around a cursor, which may be empty or only begun.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">The index after its last.</param>
/// <param name="Typed">Its part before the cursor.</param>
internal readonly record struct CSharpWord(int Start, int End, string Typed)
{
    public static CSharpWord At(string source, int position)
    {
        var (start, end) = (position, position);
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(source[start - 1]))
            start--;
        while (end < source.Length && SyntaxFacts.IsIdentifierPartCharacter(source[end]))
            end++;
        if (start > 0 && source[start - 1] == '@')
            start--;
        return new CSharpWord(start, end, source[start..position]);
    }
}
