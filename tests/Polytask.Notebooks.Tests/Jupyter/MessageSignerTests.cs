using System.Text;
using Polytask.Notebooks.Jupyter.Protocol;

namespace Polytask.Notebooks.Tests.Jupyter;

public sealed class MessageSignerTests
{
    /// <summary>As Python's hmac.new(key, digestmod=sha256) with an update for each part gives them.</summary>
    [Theory]
    [InlineData("secret key", """{"msg_id":"1"}|{}|{}|{"code":"1 + 1"}""", "5c098136608c2bc096b024f1027748882f36ee555c84a2d94380c6479798b422")]
    [InlineData("schlüssel", """{"msg_id":"ä"}|{"a":1}|{"b":[1,2]}|{"code":"😀"}""",
        "84da88c4635b008bf0289d9d5c4a66c0384ec803425470f05cec3b97a02cffd0")]
    [InlineData("", "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")]
    public void Signatures_are_those_of_Python(string key, string parts, string signature)
    {
        var signer = new MessageSigner(Encoding.UTF8.GetBytes(key));
        byte[][] bytes = [.. parts.Split('|').Select(Encoding.UTF8.GetBytes)];
        Assert.Equal(signature, signer.Sign(bytes));
        Assert.Null(signer.Refuse(Encoding.ASCII.GetBytes(signature), bytes));
    }

    [Theory]
    [InlineData("", "it is not signed")]
    [InlineData("5c098136608c2bc096b024f1027748882f36ee555c84a2d94380c6479798b423", "its signature is wrong")]
    [InlineData("5c098136", "its signature is wrong")]
    public void Other_signatures_are_refused(string signature, string refusal)
    {
        var signer = new MessageSigner("secret key"u8.ToArray());
        byte[][] parts = ["""{"msg_id":"1"}"""u8.ToArray(), "{}"u8.ToArray(), "{}"u8.ToArray(), """{"code":"1 + 1"}"""u8.ToArray()];
        Assert.Equal(refusal, signer.Refuse(Encoding.ASCII.GetBytes(signature), parts));
    }

    [Fact]
    public void A_signature_is_taken_once()
    {
        var signer = new MessageSigner("k"u8.ToArray());
        byte[][] parts = ["a"u8.ToArray()];
        var signature = Encoding.ASCII.GetBytes(signer.Sign(parts));
        Assert.Null(signer.Refuse(signature, parts));
        Assert.Equal("it came before: its signature was used already", signer.Refuse(signature, parts));
    }
}
