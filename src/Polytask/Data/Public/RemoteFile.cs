namespace Polytask;

/// <summary>A file that a data set is published as.</summary>
/// <param name="Name">The name under which it is kept.</param>
/// <param name="Url">Where it is fetched from; null where its publisher wants a person to fetch it (an account, terms to accept).</param>
/// <param name="Sha256">Its SHA-256 in hexadecimal digits; null where none is known for certain, and the first file seen is then taken for the right
/// one.</param>
/// <param name="Page">The page that describes it, for a person who fetches it by hand; <paramref name="Url"/> where none is given.</param>
public sealed record RemoteFile(string Name, Uri? Url, string? Sha256, string? Page = null);
