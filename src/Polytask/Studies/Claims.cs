using System.Collections;

namespace Polytask;

/// <summary>The claims of a notebook, in order; displayed as a table and read by the ledger.</summary>
public sealed class Claims(params IEnumerable<Claim> claims) : IReadOnlyList<Claim>
{
    private readonly Claim[] claims = [.. claims];

    /// <inheritdoc/>
    public Claim this[int index] => claims[index];

    /// <inheritdoc/>
    public int Count => claims.Length;

    /// <inheritdoc/>
    public IEnumerator<Claim> GetEnumerator() => ((IEnumerable<Claim>)claims).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => string.Join("\n", claims.Select(claim => claim.ToString()));
}
