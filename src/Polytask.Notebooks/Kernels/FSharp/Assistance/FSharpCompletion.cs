using FSharp.Compiler.CodeAnalysis;
using FSharp.Compiler.EditorServices;
using FSharp.Compiler.Tokenization;
using Microsoft.FSharp.Core;

namespace Polytask.Notebooks.Kernels.FSharp.Assistance;

/// <summary>The names and keywords that could stand at a position of a cell.</summary>
internal static class FSharpCompletion
{
    private static readonly HashSet<string> OfEveryObject =
        [nameof(Equals), nameof(GetHashCode), nameof(GetType), nameof(ToString), nameof(ReferenceEquals), nameof(MemberwiseClone), "Finalize"];

    private const string Placeholder = "x";

    /// <param name="check">Checks a source in the session's scope.</param>
    /// <param name="place">The position.</param>
    /// <returns>Completions, with columns of the line as positions.</returns>
    public static Completions At(Func<string, (FSharpParseFileResults Parsed, FSharpCheckFileResults Checked)> check, FSharpPlace place)
    {
        var word = FSharpWord.At(place.Text, place.Column);
        var candidates = new Candidates(word.Typed);
        if (word.Typed is [>= '0' and <= '9', ..] || !word.IsQuoted && place.IsText())
            return new Completions(word.Start, word.End, []);

        // Where nothing stands yet, no scope is known.
        var before = place.Text[..word.Start].TrimEnd();
        var (afterDot, isEmpty) = (before is [.., '.'], before.Length == 0 && word.End == word.Start);
        var line = isEmpty ? place.Text.Insert(word.Start, Placeholder) : word.Plain(place.Text);
        var (parsed, typed) = check(string.Join('\n', [.. place.Lines[..place.Line], line, .. place.Lines[(place.Line + 1)..]]));
        var name = QuickParse.GetPartialLongNameEx(line, place.Column + (isEmpty ? Placeholder.Length : 0) - 1);
        var declarations = typed.GetDeclarationListInfo(
            FSharpOption<FSharpParseFileResults>.Some(parsed), place.Line + 1, line, name,
            getAllEntities: null, completionContextAtPos: null, options: null);
        foreach (var item in declarations.Items)
            if (candidates.Fits(item.NameInList) || candidates.Fits(item.NameInCode))
                candidates.Add(item.NameInCode, Kind(item.Glyph), Nearness(item, afterDot), item.NameInList);
        if (!word.IsQuoted && !afterDot && !(declarations.Items.Length > 0 && declarations.Items.All(i => i.Glyph.IsField)))
            foreach (var (keyword, _) in FSharpKeywords.KeywordsWithDescription)
                candidates.Add(keyword, "keyword", Kernels.Nearness.Other);
        return new Completions(word.Start, word.End, candidates.Ranked());
    }

    private static Nearness Nearness(DeclarationListItem item, bool afterDot) =>
        item.Glyph.IsField || afterDot && item.Glyph.IsEnumMember ? Kernels.Nearness.Expected
        : item.Kind.IsArgument ? Kernels.Nearness.Parameter
        : OfEveryObject.Contains(item.NameInList) ? Kernels.Nearness.OfEveryObject
        : Kind(item.Glyph) is "class" or "module" ? Kernels.Nearness.Other
        : Kernels.Nearness.Near;

    private static string Kind(FSharpGlyph glyph) =>
        glyph.IsModule || glyph.IsNameSpace ? "module"
        : glyph.IsMethod || glyph.IsOverridenMethod || glyph.IsExtensionMethod ? "function"
        : glyph.IsProperty || glyph.IsField || glyph.IsEvent || glyph.IsEnumMember ? "property"
        : glyph.IsVariable || glyph.IsConstant || glyph.IsError ? "instance"
        : "class";
}
