using System.Collections.Immutable;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>A token for each column; see <see cref="Block.FeatureTokens"/>.</summary>
internal sealed record FeatureTokens : Block
{
    public FeatureTokens(ImmutableArray<long> cardinalities, long width)
    {
        if (width < 1) throw new DeclarationException($"a column's token has at least 1 number, but got {width}");
        (Cardinalities, Width) = (Categories.Checked(cardinalities), width);
    }

    public ImmutableArray<long> Cardinalities { get; }

    public long Width { get; }

    public override string Name => "feature tokens";

    public override string Describe() => $"{Cardinalities.Length} feature tokens in {Width}";

    public override Shape Output(Shape input, string place) => input.IsFlat && input[0] == Cardinalities.Length
        ? Shape.Of(input[0], Width)
        : throw new DeclarationException($"{place}: the feature tokens describe {Cardinalities.Length} columns, but get {input}");

    internal override void Check(string task, string split, Tensor inputs) =>
        Categories.Check(Cardinalities, task, split, inputs, "Block.FeatureTokens");

    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) => new FeatureTokensModule(this);
}

internal sealed class FeatureTokensModule : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Embedding table;
    private readonly Parameter? weight;
    private readonly Parameter? bias;
    private readonly TorchSharp.Modules.LayerNorm? norm;

    public FeatureTokensModule(FeatureTokens spec) : base("feature_tokens")
    {
        table = Categories.Table(this, spec.Cardinalities, spec.Width);
        long[] categorical = get_buffer("categorical")!.data<long>().ToArray(), numeric = get_buffer("numeric")!.data<long>().ToArray();
        if (numeric.Length > 0)
        {
            // As nn.Linear(1, width) draws them, a map for each column.
            weight = new Parameter(nn.init.uniform_(empty(numeric.Length, spec.Width), -1, 1));
            bias = new Parameter(nn.init.uniform_(empty(numeric.Length, spec.Width), -1, 1));
            norm = nn.LayerNorm(spec.Width);
        }
        // From "categories, then numbers" back to the columns' order.
        long[] laid = [.. categorical, .. numeric];
        register_buffer("order", tensor(Enumerable.Range(0, laid.Length).Select(column => (long)Array.IndexOf(laid, column)).ToArray()));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var levels = Categories.Vectors(this, table, x);
        if (weight is null) return levels;
        var numbers = norm!.call(Categories.Numbers(this, x).unsqueeze(2).mul(weight).add(bias!));
        return cat([levels, numbers], 1).index_select(1, get_buffer("order")!);
    }
}
