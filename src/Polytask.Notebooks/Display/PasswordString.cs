namespace Microsoft.DotNet.Interactive;

/// <summary>A text that outputs do not show.</summary>
public sealed class PasswordString(string password)
{
    /// <summary>The text.</summary>
    public string GetClearTextPassword() => password;

    /// <summary>Stars, the same number for every text.</summary>
    public override string ToString() => "******";
}
