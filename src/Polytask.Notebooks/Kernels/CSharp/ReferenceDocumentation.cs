using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Polytask.Notebooks.Kernels.CSharp;

/// <summary>Gives the compiler a referenced assembly's documentation when it is asked for.</summary>
/// <param name="find">Finds the XML of a member by its documentation comment id.</param>
internal sealed class ReferenceDocumentation(Func<string, string?> find) : DocumentationProvider
{
    /// <inheritdoc />
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    /// <inheritdoc />
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <inheritdoc />
    protected override string? GetDocumentationForSymbol(
        string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default) => find(documentationMemberID);
}
