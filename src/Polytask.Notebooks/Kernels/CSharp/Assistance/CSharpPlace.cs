using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Polytask.Notebooks.Kernels.CSharp.Assistance;

/// <summary>What the grammar lets stand at a place of a cell.</summary>
internal enum CSharpPlace
{
    /// <summary>Nothing that has a name yet: text, a comment, a number, the name of what is being declared.</summary>
    Nothing,

    /// <summary>The start of a statement or declaration.</summary>
    Statement,

    /// <summary>An expression.</summary>
    Expression,

    /// <summary>A type.</summary>
    Type,

    /// <summary>A namespace, as in a using directive.</summary>
    Namespace,

    /// <summary>The start of a type's member.</summary>
    Member,

    /// <summary>A property's accessors.</summary>
    Accessor,

    /// <summary>A switch's labels.</summary>
    Label,

    /// <summary>What follows an expression.</summary>
    AfterExpression,
}

/// <summary>Finds out what can stand at a position from the token before it.</summary>
internal static class CSharpPlaces
{
    /// <summary>The last token that ends at or before a position; a token of kind None where there is none.</summary>
    public static SyntaxToken TokenBefore(SyntaxNode root, int position)
    {
        var token = root.FindToken(position);
        while (token.RawKind != 0 && (token.Span.End > position || token.Span.IsEmpty))
            token = token.GetPreviousToken();
        return token;
    }

    /// <summary>Whether a position lies in a comment, a directive, a text or a character.</summary>
    public static bool IsText(SyntaxNode root, int position)
    {
        if (position > 0 && root.FindTrivia(position - 1) is { RawKind: not 0 } trivia && trivia.SpanStart < position)
        {
            var ends = trivia.Kind() is SyntaxKind.MultiLineCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia
                       && trivia.ToString().EndsWith("*/", StringComparison.Ordinal);
            if (trivia.Kind() is not (SyntaxKind.WhitespaceTrivia or SyntaxKind.EndOfLineTrivia or SyntaxKind.SkippedTokensTrivia)
                && (!ends || position < trivia.Span.End))
                return true;
        }
        var token = root.FindToken(Math.Max(0, position - 1));
        return token.Kind() switch
        {
            SyntaxKind.StringLiteralToken or SyntaxKind.Utf8StringLiteralToken or SyntaxKind.CharacterLiteralToken
                or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
                or SyntaxKind.Utf8SingleLineRawStringLiteralToken or SyntaxKind.Utf8MultiLineRawStringLiteralToken =>
                token.SpanStart < position && (position < token.Span.End || position == token.Span.End && token.ContainsDiagnostics),
            SyntaxKind.InterpolatedStringTextToken => token.SpanStart <= position && position <= token.Span.End,
            SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedVerbatimStringStartToken
                or SyntaxKind.InterpolatedSingleLineRawStringStartToken or SyntaxKind.InterpolatedMultiLineRawStringStartToken =>
                token.SpanStart < position && position <= token.Span.End,
            SyntaxKind.CloseBraceToken => token.Parent is InterpolationSyntax && position >= token.Span.End,
            _ => token.Parent is InterpolationFormatClauseSyntax,
        };
    }

    /// <summary>What can stand after a token.</summary>
    /// <param name="before">The token.</param>
    /// <param name="sameLine">Whether the position is in the line in which the token ends.</param>
    public static CSharpPlace After(SyntaxToken before, bool sameLine)
    {
        var parent = before.Parent;
        switch (before.Kind())
        {
            case SyntaxKind.None or SyntaxKind.ElseKeyword or SyntaxKind.DoKeyword or SyntaxKind.TryKeyword or SyntaxKind.FinallyKeyword:
                return CSharpPlace.Statement;
            case SyntaxKind.OpenBraceToken:
                return parent switch
                {
                    BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax or ExtensionBlockDeclarationSyntax => CSharpPlace.Member,
                    AccessorListSyntax => CSharpPlace.Accessor,
                    SwitchStatementSyntax => CSharpPlace.Label,
                    BlockSyntax => CSharpPlace.Statement,
                    _ => CSharpPlace.Expression,
                };
            case SyntaxKind.SemicolonToken when parent is ForStatementSyntax:
                return CSharpPlace.Expression;
            case SyntaxKind.CloseBraceToken when parent is ExpressionSyntax or PropertyPatternClauseSyntax:
                return sameLine ? CSharpPlace.AfterExpression : CSharpPlace.Statement;
            case SyntaxKind.SemicolonToken or SyntaxKind.CloseBraceToken:
                return AfterStatement(before);
            case SyntaxKind.ColonToken:
                return parent switch
                {
                    SwitchLabelSyntax or LabeledStatementSyntax => CSharpPlace.Statement,
                    BaseListSyntax or TypeParameterConstraintClauseSyntax => CSharpPlace.Type,
                    _ => CSharpPlace.Expression,
                };
            case SyntaxKind.CloseParenToken:
                return parent switch
                {
                    ParameterListSyntax { Parent: BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax } => CSharpPlace.Nothing,
                    StatementSyntax and not DoStatementSyntax => CSharpPlace.Statement,
                    CastExpressionSyntax => CSharpPlace.Expression,
                    _ => AfterWhole(),
                };
            case SyntaxKind.CloseBracketToken when parent is AttributeListSyntax:
                return parent.Ancestors().Any(a => a is TypeDeclarationSyntax) ? CSharpPlace.Member : CSharpPlace.Statement;
            case SyntaxKind.OpenBracketToken when parent is AttributeListSyntax:
                return CSharpPlace.Type;
            case SyntaxKind.OpenParenToken:
                return parent is ParameterListSyntax or TypeOfExpressionSyntax or DefaultExpressionSyntax or SizeOfExpressionSyntax
                    or CatchDeclarationSyntax ? CSharpPlace.Type : CSharpPlace.Expression;
            case SyntaxKind.CommaToken or SyntaxKind.LessThanToken:
                return parent is TypeArgumentListSyntax or BaseListSyntax or ParameterListSyntax or AttributeListSyntax ? CSharpPlace.Type
                    : parent is TypeParameterListSyntax or EnumDeclarationSyntax or VariableDeclarationSyntax ? CSharpPlace.Nothing
                    : CSharpPlace.Expression;
            case SyntaxKind.UsingKeyword or SyntaxKind.StaticKeyword when parent is UsingDirectiveSyntax directive:
                return directive.StaticKeyword.RawKind == 0 ? CSharpPlace.Namespace : CSharpPlace.Type;
            case SyntaxKind.UsingKeyword:
                return CSharpPlace.Namespace;
            case SyntaxKind.NewKeyword when parent is ExpressionSyntax:
                return CSharpPlace.Type;
            case SyntaxKind.AsKeyword or SyntaxKind.EventKeyword or SyntaxKind.DelegateKeyword or SyntaxKind.ImplicitKeyword
                or SyntaxKind.ExplicitKeyword:
                return CSharpPlace.Type;
            case SyntaxKind.ClassKeyword or SyntaxKind.StructKeyword or SyntaxKind.InterfaceKeyword or SyntaxKind.EnumKeyword
                or SyntaxKind.RecordKeyword or SyntaxKind.NamespaceKeyword or SyntaxKind.GotoKeyword or SyntaxKind.DefaultKeyword
                or SyntaxKind.VoidKeyword:
                return CSharpPlace.Nothing;
            case SyntaxKind.TrueKeyword or SyntaxKind.FalseKeyword or SyntaxKind.NullKeyword or SyntaxKind.ThisKeyword
                or SyntaxKind.NumericLiteralToken or SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken
                or SyntaxKind.InterpolatedStringEndToken or SyntaxKind.CloseBracketToken:
                return AfterWhole();
            case SyntaxKind.IdentifierToken when before.Text is "await" || JoinsPatterns(before):
                return CSharpPlace.Expression;
            case SyntaxKind.IdentifierToken or SyntaxKind.GreaterThanToken or SyntaxKind.QuestionToken when sameLine && IsTypeOfDeclaration(before):
                return CSharpPlace.Nothing;
            case SyntaxKind.IdentifierToken:
                return AfterWhole();
            case var kind when SyntaxFacts.IsPredefinedType(kind):
                return CSharpPlace.Nothing;
            case var kind when SyntaxFacts.IsAccessibilityModifier(kind) || kind is SyntaxKind.StaticKeyword or SyntaxKind.AbstractKeyword
                or SyntaxKind.SealedKeyword or SyntaxKind.VirtualKeyword or SyntaxKind.OverrideKeyword or SyntaxKind.ReadOnlyKeyword
                or SyntaxKind.ConstKeyword or SyntaxKind.PartialKeyword or SyntaxKind.AsyncKeyword or SyntaxKind.UnsafeKeyword
                or SyntaxKind.RequiredKeyword or SyntaxKind.ExternKeyword:
                return CSharpPlace.Member;
            default:
                return CSharpPlace.Expression;
        }

        // A line that follows a whole expression is the next statement: its semicolon is forgotten, or was never needed.
        CSharpPlace AfterWhole() => sameLine ? CSharpPlace.AfterExpression : CSharpPlace.Statement;
    }

    /// <summary>Whether a token that is taken for a variable of a pattern will join two patterns when the second is there.</summary>
    public static bool JoinsPatterns(SyntaxToken token) => token is { Text: "or" or "and", Parent: SingleVariableDesignationSyntax };

    private static CSharpPlace AfterStatement(SyntaxToken end)
    {
        for (var at = end.Parent; at is not null; at = at.Parent)
        {
            var inside = at.Span.End > end.Span.End || at.GetLastToken(includeZeroWidth: true).IsMissing;
            switch (at)
            {
                case BaseTypeDeclarationSyntax when inside:
                    return CSharpPlace.Member;
                case AccessorListSyntax when inside:
                    return CSharpPlace.Accessor;
                case BlockSyntax or CompilationUnitSyntax when inside:
                    return CSharpPlace.Statement;
            }
        }
        return CSharpPlace.Statement;
    }

    /// <summary>Whether a type was written whose variable, parameter or method has its name after it.</summary>
    private static bool IsTypeOfDeclaration(SyntaxToken token)
    {
        var type = token.Parent;
        while (type?.Parent is TypeSyntax outer && outer.GetLastToken() == token)
            type = outer;
        return type is TypeSyntax && type.Parent switch
        {
            VariableDeclarationSyntax declaration => declaration.Type == type,
            ParameterSyntax parameter => parameter.Type == type,
            MethodDeclarationSyntax method => method.ReturnType == type,
            LocalFunctionStatementSyntax function => function.ReturnType == type,
            PropertyDeclarationSyntax property => property.Type == type,
            DeclarationExpressionSyntax declaration => declaration.Type == type,
            ForEachStatementSyntax loop => loop.Type == type,
            CatchDeclarationSyntax caught => caught.Type == type,
            IncompleteMemberSyntax incomplete => incomplete.Type == type,
            _ => false,
        };
    }
}
