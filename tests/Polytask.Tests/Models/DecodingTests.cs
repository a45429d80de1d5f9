using TorchSharp;
using static TorchSharp.torch;

namespace Polytask.Tests.Models;

public class DecodingTests
{
    private const int Length = 6;
    private const int Tags = 4;
    private const int Given = 2;

    private static readonly Model Writer = Model.Named("writer").Input(Length)
        .Backbone(Block.Tokens(Tags, 8).Then(Block.Transformer(1, 2).Causal()))
        .Task("next", Head.Tag(Tags)).Task("sum", Head.Regress());

    private static MultiTaskModule Module()
    {
        manual_seed(5);
        var module = Writer.Build();
        foreach (var parameter in module.parameters()) using (no_grad()) parameter.mul_(3); // so that tokens are not about equally likely
        module.eval();
        return module;
    }

    private static readonly float[,] Prompts = { { 1, 2, 0, 0, 0, 0 }, { 3, 3, 0, 0, 0, 0 }, { 0, 1, 0, 0, 0, 0 } };

    // All ways to go on from a prompt, with their log-probability by one pass over each.
    private static List<(float[] Tokens, double LogProbability)> All(MultiTaskModule module, int row, int? end = null)
    {
        var all = new List<(float[], double)>();
        for (var code = 0; code < Math.Pow(Tags, Length - Given); code++)
        {
            var tokens = new float[Length];
            for (var place = 0; place < Length; place++)
                tokens[place] = place < Given ? Prompts[row, place] : code / (int)Math.Pow(Tags, place - Given) % Tags;
            var first = Array.FindIndex(tokens, Given, token => token == end);
            if (first >= 0 && tokens.Skip(first).Any(token => token != end)) continue;
            using var scope = NewDisposeScope();
            var likely = module.Forward("next", tensor(tokens).unsqueeze(0))[0].log_softmax(0);
            all.Add((tokens, Enumerable.Range(Given, (first < 0 ? Length : first + 1) - Given).Sum(place => likely[(long)tokens[place], place - 1].item<float>())));
        }
        return all;
    }

    [Fact]
    public void A_beam_of_all_beginnings_finds_the_likeliest_sequence()
    {
        using var scope = NewDisposeScope();
        var module = Module();
        var (tokens, likely) = module.Beam("next", tensor(Prompts), Given, width: 1000);
        for (var row = 0; row < Prompts.GetLength(0); row++)
        {
            var best = All(module, row).MaxBy(way => way.LogProbability);
            Assert.Equal(best.Tokens, tokens[row].data<float>().ToArray());
            Assert.Equal(best.LogProbability, likely[row].item<float>(), 1e-4);
        }
    }

    [Fact]
    public void After_the_end_a_row_repeats_it_at_no_cost()
    {
        using var scope = NewDisposeScope();
        var module = Module();
        for (var end = 0; end < Tags; end++)
        {
            var (tokens, likely) = module.Beam("next", tensor(Prompts), Given, width: 1000, end);
            for (var row = 0; row < Prompts.GetLength(0); row++)
            {
                var best = All(module, row, end).MaxBy(way => way.LogProbability);
                Assert.Equal(best.Tokens, tokens[row].data<float>().ToArray());
                Assert.Equal(best.LogProbability, likely[row].item<float>(), 1e-4);
            }
        }
    }

    [Fact]
    public void Greedy_writes_the_likeliest_token_after_all_before_it_whatever_stood_there()
    {
        using var scope = NewDisposeScope();
        var module = Module();
        var written = module.Greedy("next", tensor(Prompts), Given);
        var noise = tensor(Prompts).clone();
        noise[TensorIndex.Ellipsis, TensorIndex.Slice(Given)] = 3;
        Assert.Equal(written.data<float>().ToArray(), module.Greedy("next", noise, Given).data<float>().ToArray());
        var next = module.Forward("next", written).argmax(1);
        Assert.Equal(next[TensorIndex.Ellipsis, TensorIndex.Slice(Given - 1, -1)].to(ScalarType.Float32).contiguous().data<float>().ToArray(),
            written[TensorIndex.Ellipsis, TensorIndex.Slice(Given)].contiguous().data<float>().ToArray());
        Assert.Equal(Prompts[1, 0], written[1, 0].item<float>());
    }

    [Fact]
    public void What_cannot_be_decoded_is_named()
    {
        var module = Module();
        using var prompts = tensor(Prompts);
        Assert.Contains("task 'sum': a head that tags tokens is decoded", Assert.Throws<DeclarationException>(() => module.Greedy("sum", prompts, 2)).Message);
        Assert.Contains("of 6 tokens 1 to 5 can be given, but got 6", Assert.Throws<DataException>(() => module.Greedy("next", prompts, 6)).Message);
        Assert.Contains("at least 1 beam", Assert.Throws<DataException>(() => module.Beam("next", prompts, 2, 0)).Message);
        Assert.Contains("one of 0 to 3, but got 4", Assert.Throws<DataException>(() => module.Greedy("next", prompts, 2, end: 4)).Message);
        Assert.Contains("[rows, tokens]", Assert.Throws<DataException>(() => module.Greedy("next", prompts[0], 2)).Message);
    }
}
