using System.Collections.Immutable;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Polytask;

/// <summary>
/// H' = act(D^(-1/2) (A + I) D^(-1/2) H W + b), D the degrees of A + I (Kipf and Welling, ICLR 2017, equation 2), made by
/// <see cref="Block.Gcn(Graph, long[])"/>. The last layer too has the non-linearity unless <see cref="WithLinearOutput"/> says otherwise.
/// </summary>
public sealed record Gcn : Block
{
    internal Gcn(Graph? graph, long[] units)
    {
        ArgumentNullException.ThrowIfNull(units);
        if (units.Length == 0 || units.Any(width => width < 1))
            throw new DeclarationException($"a gcn needs the width of at least one layer, each at least 1, but got [{string.Join(", ", units)}]");
        (Graph, Units) = (graph, [.. units]);
    }

    /// <summary>The graph of all examples; null where each brings its own.</summary>
    public Graph? Graph { get; }

    /// <summary>The width of each layer.</summary>
    public ImmutableArray<long> Units { get; }

    /// <summary>The non-linearity after each layer.</summary>
    public Activation Activation { get; private init; } = Activation.ReLU;

    /// <summary>The share of the layers' inputs set to zero while training.</summary>
    public double Dropout { get; private init; }

    /// <summary>Whether the last layer has no non-linearity.</summary>
    public bool IsOutputLinear { get; private init; }

    /// <summary>The same with another non-linearity.</summary>
    public Gcn WithActivation(Activation activation) => this with { Activation = activation };

    /// <summary>The same with dropout on each layer's input.</summary>
    /// <param name="probability">At least 0, below 1.</param>
    public Gcn WithDropout(double probability) => this with { Dropout = Probability.Checked(probability) };

    /// <summary>The same with a linear last layer.</summary>
    public Gcn WithLinearOutput() => this with { IsOutputLinear = true };

    /// <inheritdoc/>
    public override string Name => "gcn";

    /// <inheritdoc/>
    public override string Describe() => $"gcn {string.Join("-", Units)} {Activation.Label()}" + Probability.Described(Dropout)
        + (IsOutputLinear ? " linear output" : "") + (Graph is null ? ", graph in the input" : $" on {Graph}");

    /// <inheritdoc/>
    public override Shape Output(Shape input, string place) => Shape.Of(GraphInput.Sizes(input, Graph, "gcn", place).Nodes, Units[^1]);

    /// <inheritdoc/>
    protected internal override nn.Module<Tensor, Tensor> Make(Shape input) =>
        new GcnModule(GraphInput.Sizes(input, Graph, "gcn", Name).Features, this);
}

internal sealed class GcnModule : nn.Module<Tensor, Tensor>
{
    private readonly ModuleList<TorchSharp.Modules.Linear> layers;
    private readonly ParameterList biases;
    private readonly Gcn spec;

    public GcnModule(long features, Gcn spec) : base("gcn")
    {
        this.spec = spec;
        long[] widths = [features, .. spec.Units];
        layers = new([.. spec.Units.Select((units, layer) => nn.Linear(widths[layer], units, hasBias: false))]);
        biases = new([.. spec.Units.Select(units => new Parameter(zeros(units)))]);
        if (spec.Graph is { } graph)
        {
            var (receivers, senders) = GraphInput.Directed(graph);
            var degrees = new double[graph.Nodes];
            Array.Fill(degrees, 1);
            foreach (var node in receivers) degrees[node]++;
            register_buffer("receivers", tensor(receivers), persistent: false);
            register_buffer("senders", tensor(senders), persistent: false);
            register_buffer("weights", tensor([.. receivers.Zip(senders, (to, from) => (float)(1 / Math.Sqrt(degrees[to] * degrees[from])))]), persistent: false);
            register_buffer("own", tensor([.. degrees.Select(degree => (float)(1 / degree))]), persistent: false);
        }
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        Tensor? matrix = null;
        if (spec.Graph is null)
        {
            (var adjacency, x) = GraphInput.Parted(x);
            var linked = adjacency.add(eye(adjacency.shape[1], dtype: x.dtype, device: x.device));
            var scale = linked.sum(2).clamp(1e-12).rsqrt();
            matrix = linked.mul(scale.unsqueeze(2)).mul(scale.unsqueeze(1));
        }
        for (var layer = 0; layer < layers.Count; layer++)
        {
            if (spec.Dropout > 0) x = nn.functional.dropout(x, spec.Dropout, training);
            x = layers[layer].call(x);
            x = (matrix is null ? Spread(x) : matrix.bmm(x)).add(biases[layer]);
            if (layer < layers.Count - 1 || !spec.IsOutputLinear) x = spec.Activation.Apply(x);
        }
        return x;
    }

    // Edge by edge: a matrix would have nodes² entries.
    private Tensor Spread(Tensor x) => x.mul(get_buffer("own")!.unsqueeze(1)).index_add(
        1, get_buffer("receivers")!, x.index_select(1, get_buffer("senders")!).mul(get_buffer("weights")!.unsqueeze(1)), 1);
}
