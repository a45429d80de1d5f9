using FSharp.Compiler.Tokenization;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace Polytask.Notebooks.Kernels.FSharp.Assistance;

/// <summary>A position of an F# source as line and column.</summary>
/// <param name="Lines">The source's lines.</param>
/// <param name="Line">The index of the position's line.</param>
/// <param name="Column">The column in it.</param>
internal sealed record FSharpPlace(string[] Lines, int Line, int Column)
{
    private static readonly string[] Opening = ["LBRACK", "LBRACK_BAR", "LBRACE", "LBRACE_BAR", "BEGIN", "INTERP_STRING_BEGIN_PART"];
    private static readonly string[] Closing = ["RPAREN", "RBRACK", "BAR_RBRACK", "RBRACE", "BAR_RBRACE", "END", "INTERP_STRING_END"];

    /// <summary>The line of the position.</summary>
    public string Text => Lines[Line];

    public static FSharpPlace At(string source, int position)
    {
        var start = position == 0 ? 0 : source.LastIndexOf('\n', position - 1) + 1;
        return new FSharpPlace(source.Split('\n'), source.AsSpan(0, start).Count('\n'), position - start);
    }

    /// <summary>Whether it lies in a text, a comment, a directive, code that is not compiled, or in or right behind a number.</summary>
    public bool IsText()
    {
        FSharpTokenInfo? before = null;
        var around = Scan((line, token) => before = line == Line ? token : null);
        if (around.Token is null && before is { ColorClass: FSharpTokenColorKind.Number } number && number.RightColumn == Column - 1)
            return true;
        if (around.Token is { } token)
            return token.ColorClass is FSharpTokenColorKind.String or FSharpTokenColorKind.Comment or FSharpTokenColorKind.InactiveCode
                or FSharpTokenColorKind.Number;
        return FSharpLineTokenizer.ColorStateOfLexState(around.State)
            is not (FSharpTokenizerColorState.Token or FSharpTokenizerColorState.InitialState);
    }

    /// <summary>The position of the bracket that opens the arguments around this one; null where none does.</summary>
    public (int Line, int Column)? OpenBracket()
    {
        var open = new Stack<(int, int)?>();
        Scan((line, token) =>
        {
            if (token.TokenName is "LPAREN")
                open.Push((line, token.LeftColumn));
            else if (Opening.Contains(token.TokenName))
                open.Push(null);
            else if (Closing.Contains(token.TokenName))
                open.TryPop(out var _);
        });
        return open.TryPeek(out var last) ? last : null;
    }

    /// <summary>Goes through the tokens that end at or before the position.</summary>
    /// <returns>The token that goes on past the position, if one does, and the state of the lexer before it.</returns>
    private (FSharpTokenInfo? Token, FSharpTokenizerLexState State) Scan(Action<int, FSharpTokenInfo> see)
    {
        var tokenizer = new FSharpSourceTokenizer(FSharpList<string>.Empty, FSharpOption<string>.Some("cell.fsx"), FSharpOption<string>.None);
        var state = FSharpTokenizerLexState.Initial;
        for (var i = 0; i <= Line; i++)
        {
            var line = tokenizer.CreateLineTokenizer(Lines[i]);
            while (line.ScanToken(state) is var (token, next) && token is not null)
            {
                if (i == Line && token.Value.RightColumn >= Column)
                    return (token.Value.LeftColumn < Column ? token.Value : null, state);
                see(i, token.Value);
                state = next;
            }
        }
        return (null, state);
    }
}
