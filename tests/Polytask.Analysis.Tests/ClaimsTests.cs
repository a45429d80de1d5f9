using System.Text.Json.Nodes;

namespace Polytask.Analysis.Tests;

public class ClaimsTests
{
    private static readonly Claims Two = new(new Claim("a ≤ b", true, "0.74", "at most 0.9", 3), new Claim("<i>exact</i>", false, "1", "0"));

    [Fact]
    public void The_json_form_is_what_the_ledger_and_other_tools_read()
    {
        var json = Two.ToMimeBundle()["application/vnd.polytask.claims+json"];
        Assert.Equal("""[{"statement":"a ≤ b","holds":true,"measured":"0.74","expected":"at most 0.9","seeds":3},{"statement":"<i>exact</i>","holds":false,"measured":"1","expected":"0","seeds":null}]""", json);
        Assert.Equal(2, JsonNode.Parse(json)!.AsArray().Count);
    }

    [Fact]
    public void A_claim_that_fails_stands_out_in_every_form()
    {
        var forms = Two.ToMimeBundle();
        Assert.StartsWith("1 of 2 claims hold", forms["text/plain"]);
        Assert.Contains("DOES NOT HOLD*", forms["text/plain"]);
        Assert.Contains("<b>DOES NOT HOLD</b>", forms["text/html"]);
        Assert.DoesNotContain("<i>", forms["text/html"]);
    }
}
